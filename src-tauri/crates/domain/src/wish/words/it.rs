//! Italian, with Lei, tu and voi.

use super::super::tag::*;
use super::{EMAIL, IN_PERSON, PHONE, POST, Row, SMS};

/// Channels.
pub(in crate::wish) const CHANNELS: &[Row] = &[
    (CALL | SHALL | IMPERATIVE, PHONE, "da richiamare, va richiamato, va richiamata"),
    (NOUN | THING, PHONE, "telefono, tel, fisso, natel, telefonino, cellulare"),
    (NOUN | THING, POST, "posta, carta, busta, buca delle lettere, cartaceo"),
    (
        NOUN,
        PHONE,
        "telefonata, telefonate, chiamata, chiamate, colpo di telefono, colpo di fila, squillo, squilli, richiamata, telefonatina, colpo di fil, colpo di tel, telefonica, telefoniche, chiamatina",
    ),
    (
        MANNER,
        PHONE,
        "al telefono, per telefono, telefonicamente, per via telefonica, via telefono, a voce al telefono, sul fisso, tramite telefono, con una telefonata, con una chiamata, al tel",
    ),
    (NOUN, SMS, "sms, messaggino, messaggini, smsino"),
    (
        NOUN,
        EMAIL,
        "mail, mails, email, e mail, posta elettronica, indirizzo mail, casella di posta, mails, casella mail",
    ),
    (
        MANNER,
        EMAIL,
        "per mail, via mail, per email, via email, per e mail, via e mail, per posta elettronica, tramite mail, tramite email, in risposta a questa mail, a mezzo mail, a mezzo email, tramite posta elettronica, tramite e mail, elettronicamente, rispondendo a questa mail, con una mail",
    ),
    (NOUN, POST, "lettera, lettere, posta cartacea, lettere cartacee, posta ordinaria, raccomandata"),
    (
        MANNER,
        POST,
        "per posta, per lettera, via posta, tramite posta, a mezzo posta, per posta ordinaria, su carta, in formato cartaceo, per raccomandata, per iscritto a casa, in cartaceo, tramite lettera",
    ),
    (
        MANNER,
        IN_PERSON,
        "di persona, a voce, faccia a faccia, a quattrocchi, personalmente, verbalmente, a tu per tu",
    ),
    (
        PLACE,
        IN_PERSON,
        "in negozio, al banco, sul posto, allo sportello, alla cassa, in bottega, quando passo, quando vengo, in laboratorio, in officina, al negozio, al bancone, quando passerò, quando ritiro, in salone, da voi, quando arrivo, al ritiro, in sede, in farmacia, quando verrò",
    ),
    (
        CALL | IMPERATIVE | INFINITIVE,
        PHONE,
        "chiamare, chiamate, chiama, chiami, chiamar, richiamare, richiamate, richiama, richiami, telefonare, telefonate, telefona, telefoni, chiamiate, richiamiate, fare uno squillo, fate uno squillo, fammi uno squillo, fatemi uno squillo, mi faccia uno squillo, mi dia un colpo di telefono, datemi un colpo di telefono, dammi un colpo di telefono, mi dia uno squillo, \
        ritelefonare, ritelefonate, squillate, datemi uno squillo, dammi uno squillo, richiamerete, chiamerete, chiamino, chiamasse, richiamasse, chiamaste, richiamaste, telefonaste, fatemi una telefonata, fammi una telefonata, mi faccia una telefonata, fatemi una chiamata, chiamino, fare una telefonata, un colpo di telefono, dare un colpo di telefono, fare una chiamata, essere richiamato, essere richiamata, essere chiamato, essere chiamata, farmi uno squillo, darmi un colpo di telefono",
    ),
    (CALL | FIRST, PHONE, "chiamo, richiamo, telefono io, chiamerò, richiamerò, telefonerò, ritelefono"),
    (CALL | PARTICIPLE, PHONE, "chiamato, chiamata, chiamati, richiamato, richiamata, telefonato"),
    (CALL | IMPERATIVE | INFINITIVE, SMS, "smessaggiare, messaggiare"),
    (
        HERE,
        None,
        "qui, qua, in questa chat, in chat, su questa chat, in questo chat, su questo numero, a questo numero, per questa via, con questo mezzo, a questo messaggio, nella chat, per lo stesso canale",
    ),
];

/// Answering.
pub(in crate::wish) const ANSWERS: &[Row] = &[
    (
        ANSWER | IMPERATIVE,
        None,
        "scrive, risponde, dice, comunica, fa sapere, avverte, fa avere, spedisce, trasmette, fate sapere, \
        fate avere, fatemi, fammi, mi faccia, mi fate, fa pervenire, mi fa",
    ),
    (
        ANSWER | IMPERATIVE | INFINITIVE,
        None,
        "rispondere, rispondete, rispondi, risponda, scrivere, scrivete, scrivi, scriva, rispondiate, scriviate, riscrivete, scriverete, risponderete, rispondeste, scriveste, fatevi vivi, farsi vivi, si faccia vivo, si faccia sentire, fatevi sentire, scrivesse, rispondesse, messaggia",
    ),
    (
        ANSWER | TELL | IMPERATIVE | INFINITIVE,
        None,
        "dire, dite, dica, informare, informate, informi, informa, avvisare, avvisate, avvisi, avvisa, avvertire, avvertite, avverta, spiegare, spiegate, spieghi, spiega, far sapere, fatemi sapere, fammi sapere, mi faccia sapere, fateci sapere, farmi sapere, faccia sapere, ci faccia sapere, comunicare, comunicate, comunichi, confermare, confermate, confermi, conferma, dirmi, ditemi, dimmi, \
        riassumere, riassumete, tenere informato, tenetemi informato, tenetemi informata, tenetemi aggiornato, tenetemi aggiornata, notificare, segnalare, segnalate, segnali, mi dica, ditemelo, farci sapere, avvisato, avvisata, informato, informata, direte, spiegherete, spiegarmi, ricordare, dirmelo, me lo dite, dateci notizie, datemi notizie, mi dia notizie, sapere, avvertito, avvertita, tenermi aggiornato, tenermi aggiornata, contattato, contattata, fammelo sapere, fatemelo sapere, date notizie, aggiornare, aggiornate, aggiorni, aggiornato, aggiornata, avviserete, diciate, avvisiate, dicesse, avvisasse",
    ),
    (
        ANSWER | SEND | IMPERATIVE | INFINITIVE,
        None,
        "mandare, mandate, manda, mandi, inviare, inviate, invii, invia, spedire, spedite, spedisca, spedisci, inoltrare, inoltrate, inoltri, trasmettere, trasmettete, recapitare, far avere, fatemi avere, mi faccia avere, farmi avere, fammi avere, lasciare, lasciate, lasci, girare, girate, giri, gira, mandiate, inviiate, dare, date, dia, dai, far pervenire, fatemi pervenire, mandereste, invierete, mandaste, inviaste, mandasse, inviasse, faccia pervenire, fare avere",
    ),
    (
        ANSWER | REACH | IMPERATIVE | INFINITIVE,
        None,
        "contattare, contattate, contatti, contatta, raggiungere, rintracciare, mettersi in contatto, mettetevi in contatto, contattiate, trovare al, si metta in contatto, trovarmi al, contattaste, contattasse",
    ),
    (
        ANSWER | FIRST,
        None,
        "scrivo, mando, invio, spedisco, confermo, rispondo, contatto, faccio sapere, invierò, manderò, scriverò, porto, porterò",
    ),
    (
        REPLY,
        None,
        "msg, risposta, risposte, notizia, notizie, conferma, info, messaggio, messaggi, comunicazione, comunicazioni, corrispondenza, notifica, notifiche, avviso, avvisi, riscontro, informazione, informazioni, dettagli, prezzo, contatto, contatti, chiarimento, spiegazione, orario, cenno, promemoria, appuntamento",
    ),
    (
        DOCUMENT,
        None,
        "preventivo, preventivi, offerta, fattura, fatture, ricevuta, scontrino, conferma, copia, copie, riassunto, riepilogo, foto, immagini, immagine, pdf, lista, listino, documento, documenti, certificato, contratto, attestato, quietanza, duplicato, bozza, bozze, modulo, stima, disegno, rapporto, dichiarazione, garanzia, bolla",
    ),
    (
        TALK | WE | MODAL,
        None,
        "sentiamoci, parliamone, parliamo, ci sentiamo, risentiamoci, ci parliamo, ne parliamo, ci risentiamo, discutiamone",
    ),
    (
        TALK | INFINITIVE,
        None,
        "parlare, parlarne, discutere, discuterne, sentirci, sentire, accordarci, risolvere, continuare, proseguire, passare, spostarci, confrontarci, chiarire, parlassimo, risentirci, parlar, parlarci, metterci d accordo, sentirsi",
    ),
    (
        PLEASE,
        None,
        "per favore, per piacere, per cortesia, prego, si prega di, vi prego di, la prego di, cortesemente, gentilmente, vi prego, la prego, ti prego, perfavore, xfavore, x favore, pf, pls, siate gentili, sia gentile, vi pregherei, la pregherei, gradirei che, sarei grato, sarei grata, vi sarei grato, vi sarei grata, le sarei grato, le sarei grata, vi chiedo di, le chiedo di, ti chiedo di, pregasi, si prega, pf, per cortesia mi, favorite, abbiate la cortesia, le chiederei di, vi chiederei di, posso chiedervi di, posso chiederle di, non esitate, non esiti, non esitare, non dimenticate, non dimentichi, non dimenticare, sareste così gentili, sarebbe così gentile, prega di, sono pregati di",
    ),
    (
        PREFER,
        None,
        "preferisco, preferirei, preferibile, preferibilmente, piuttosto, meglio, più comodo, più semplice, più facile, idealmente, preferito, preferisce, preferirebbe, di preferenza, comodo, comoda, l ideale, più pratico, più veloce, più rapido, preferiamo, preferita, modo migliore, preferireste, preferiremmo, più comoda, semmai",
    ),
    (
        WANT,
        None,
        "vorrei, voglio, vuole, desidero, desidererei, gradirei, chiede, chiedo, chiede di, vorrebbe, desidera, mi piacerebbe, avrei bisogno, ho bisogno, è possibile, sarebbe possibile, possibile avere, possiamo, potremmo, si può, si potrebbe, aspetto, attendo, attende, dobbiamo, bisogna che, vogliamo, vorremmo, avete tempo per, ha tempo per, hai tempo per, mi serve, mi servirebbe, bisogno di, mi occorre, richiede, richiedo, insisto, ci vuole, tempo per, minuti per, un minuto per, un momento per",
    ),
    (
        SUFFICES,
        None,
        "basta un, basta una, basta che, basta anche, basta solo, basta uno, basterebbe un, bastano, mi basta, va bene, va benissimo, andrà bene, andrebbe bene, è sufficiente, è perfetto, sarebbe perfetto, sarebbe bello, sarebbe ottimo, sarebbe ideale, sarebbe utile, sarebbe gradito, sarebbe gradita, sarebbe l ideale, è l ideale, è meglio, sarebbe meglio, sarà meglio, basterà, basterebbe, sarebbe comodo, funziona meglio, mi è più comodo, sarebbe gentile, sarebbe bene, vanno bene, andrebbe benissimo, sarebbe fantastico, sarebbe carino, mi andrebbe bene, è il massimo, mi farebbe piacere, mi fareste un favore, è più comodo, è più semplice, è il modo migliore, sarebbe comoda, andrà benissimo",
    ),
    (
        ASKED,
        None,
        "gradito, gradita, pure, volentieri, benvenuta, benvenuto, richiesta, richiesto, apprezzato, graditi, gradite",
    ),
    (
        REACH | I,
        None,
        "sono raggiungibile, sono reperibile, sono contattabile, sono rintracciabile, sono disponibile, mi si trova",
    ),
    (
        REACH,
        None,
        "reperibile, raggiungibile, contattabile, rintracciabile, disponibile, mi trovate, mi trova, mi trovi, sono al",
    ),
    (
        CHANNEL,
        None,
        "canale, mezzo di contatto, canale di contatto, mezzo di comunicazione, modalità di contatto, modo",
    ),
];

/// The frame around it.
pub(in crate::wish) const FRAMES: &[Row] = &[
    (SUFFICES, None, "sufficiente, sufficienti, tranquillizzerebbe, aiuterebbe, faciliterebbe, solleverebbe"),
    (
        GOOD,
        None,
        "bene, perfetto, ideale, utile, comodo, comoda, bello, bella, ottimo, ottima, gradito, gradita, piacere, fantastico, gentile",
    ),
    (WOULD_BE, None, "sarebbe, sarebbero, farebbe"),
    (PAST, None, "avreste potuto, avrebbe potuto, potevate, poteva, avreste dovuto"),
    (SAYS, None, "aspetta, attende, esige"),
    (ME, None, "mi, me, ci, noi"),
    (YOU, None, "lei, tu, voi, vi, ti, qualcuno, qualcuna, uno di voi"),
    (I, None, "io"),
    (WE, None, "noi, insieme"),
    (
        THIRD,
        None,
        "madre, padre, mamma, papà, genitori, marito, moglie, figlia, figlio, fratello, sorella, vicino, vicina, collega, capo, fabbricante, fornitore, zia, zio, amico, amica, nonna, nonno, produttore, corriere, segretaria, suocera, suocero, destinatario, compagna, compagno, portinaio, portinaia, nipote, cugino, cugina, assicurazione, fidanzato, fidanzata, padrone di casa",
    ),
    (HE, None, "lui, essa, loro, richiamarlo, chiamarlo, richiamarla, chiamarla, contattarlo, contattarla"),
    (MODAL | I, None, "posso, potrei, potessi"),
    (NEEDS, None, "bisogno, aspetto, attendo, pretendo, mi serve, esigo, chiedo, mi occorre"),
    (
        SAYS,
        None,
        "dice, detto, vuole, vorrebbe, pensa, chiede, preferisce, ritiene, diceva, crede, racconta, scritto, consigliato, consiglia",
    ),
    (
        MODAL | YOU,
        None,
        "può, puo, potete, puoi, potrebbe, potreste, potresti, potrete, dovreste, riuscite a, riesce a",
    ),
    (
        MODAL,
        None,
        " dovete, dovreste, può mica, potrete, riuscite a, riesce a, potreste per favore, possa, possiate",
    ),
    (NEED, None, "dovete, deve, devi, serve, occorre"),
    (SHALL, None, "da richiamare, va richiamato, va richiamata, deve essere, da ricontattare"),
    (HAVE | INFINITIVE, None, "avere, ricevere, ottenere, averla, averlo, riceverla, riceverlo, ricevo"),
    (PASSIVE, None, "essere, venire, esser, che mi"),
    (ONLY, None, "solo, soltanto, esclusivamente, unicamente, solamente"),
    (NOT, None, "non, mica"),
    (NO | LASTING, None, "non più, niente più, mai più"),
    (NO, None, "niente, nessuna, nessun, nessuno, basta con, mai, no, stop alle, stop agli, basta"),
    (NEITHER, None, "né, ne"),
    (OR, None, "o, oppure, né, né per, ne, od"),
    (
        VERSUS,
        None,
        "piuttosto che, invece di, invece che, anziché, al posto di, al posto della, al posto del, che per, più che, che via, al posto delle, che al, che una, che un, invece della, invece del, che tramite, invece delle, che con",
    ),
    (
        WAIVE,
        None,
        "non serve, non occorre, non c è bisogno, inutile che, non è necessario, non è necessaria, non disturbatevi, non solo, non soltanto, non c è fretta, niente di urgente, non mi dà fastidio, non mi disturba, niente contro, non è che, mica che, non perché, non avete bisogno, non necessario, non dovete, non vi preoccupate, non deve, non è il caso, non ho bisogno",
    ),
    (
        REFUSE,
        None,
        "smettete, smetta, smettetela, smettere, smetti, evitate, eviti, evitare, evita, stop, basta, rinuncio, no grazie, cessate, vietato, astenetevi, lasciate perdere, cessare, cancellate, finitela, mi oppongo",
    ),
    (SELDOM, None, "raramente, quasi mai, di rado, a malapena"),
    (
        USELESS,
        None,
        "non fa per me, non fanno per me, non è un opzione, odio, non mi piacciono, non mi piace, da evitare, non va bene, non vanno bene",
    ),
    (WORKS, None, "funziona, funzionano, serve, servono, aiuta"),
    (
        ANSWER | IMPERATIVE | USE,
        None,
        "usate, usi, usa, utilizzate, utilizzi, utilizza, passate per, passi per, passiamo a, passiamo alla, passate a",
    ),
    (
        USELESS,
        None,
        "non funziona, non funzionano, è inutile, sono inutili, non serve a niente, non servono a niente, non serve a nulla, non servono a nulla, non va, non vanno, impossibile, non è possibile, non arrivano, non mi arrivano, non prende, non mi arriva, non arriva, inutile, inutili, non mi serve, da escludere, impossibili, fuori discussione",
    ),
    (
        SENSE,
        None,
        "leggo, leggere, vedo, vedere, ricevo, ricevere, controllo, controllare, guardo, guardare, rispondo, rispondere, sento, sentire, apro, aprire, rispondere al, ascolto, riesco, posso prendere, prendo, prendere, faccio, consulto, accesso, uso, utilizzo, usare",
    ),
    (
        LASTING,
        None,
        "d ora in poi, da ora in poi, in futuro, sempre, per sempre, d ora in avanti, da oggi in poi, ogni volta, da adesso in poi, sistematicamente, da oggi, definitivamente, una volta per tutte, in generale, mai più, non più, per principio, regolarmente, da qui in avanti, tutte le volte, di regola, stabilmente, in maniera definitiva, fino a nuovo avviso, tutte le comunicazioni, ogni comunicazione, per il futuro, a partire da oggi, senza eccezioni, permanentemente, di norma, da ora, dora in poi, in avvenire, in via definitiva, niente più, le prossime volte",
    ),
    (
        STILL,
        None,
        "sempre stato, come sempre, ho sempre, avete sempre, è sempre, sono sempre, siete sempre, sempre gentili, da sempre, sempre lì, sempre in, quasi sempre, sempre occupato",
    ),
    (NEVER, None, "mai"),
    (MORE, None, "più, oltre, ulteriori"),
    (
        CONDITION,
        None,
        "in caso di, in caso d, qualora, nel caso, caso mai, casomai, se ci sono, se non, se fosse, se fossero, se avete, se ha, se ci fossero, se ci fosse, altrimenti, solo se, in caso, se dovesse, se dovessero, se serve, se necessario, se qualcosa, per eventuali, per qualsiasi, per ogni, se c è, eventuali, a meno che, se no, purché, se manca, se è, se il, se la, se i, se le, se per caso, se hai, se trovate, se sorgono, all occorrenza, in emergenza, se ritardate, se tarda, per domande, se lo, se cambia, se mancano",
    ),
    (IF, None, "se"),
    (
        TIME,
        None,
        "la sera, la mattina, prima, dopo, la domenica, tra, durante, troppo presto, troppo tardi, nel weekend, di notte, il sabato, a mezzogiorno, di sera, di mattina",
    ),
    (WHEN, None, "quando, appena, non appena, quanto, quale, prima che, finché, dopo che"),
    (
        POLITE_IF,
        None,
        "se possibile, se è possibile, se potete, se può, se puoi, se potesse, se poteste, se potessi, se non vi dispiace, se non le dispiace, se va bene, se riuscite, se riesce, se non è un problema, se non ti dispiace, se le va, se vi va, se per voi va bene, se per lei va bene, se qualcuno potesse, se mi, se non disturbo",
    ),
    (UNCERTAIN, None, "problema, problemi, ritardo, ritardi, domande, dubbi, non, finiti, urgenza"),
    (READY, None, "pronto, pronta, pronti, arrivato, arrivata, finito, disponibile, riparato"),
    (
        PAST_AUX,
        None,
        "avete, ho, hai, ha, hanno, avevo, avevate, aveva, abbiamo, sono stato, sono stata, è stato, era, erano",
    ),
    (
        PAST,
        None,
        "ieri, grazie per, grazie di aver, toccava, dovevo, doveva, la settimana scorsa, scorsa, scorso, avevo chiesto, dovevate, l altro giorno, grazie della, grazie delle, grazie dell, come da, come concordato, come richiesto, in riferimento, in seguito a, a seguito, come d accordo",
    ),
    (
        PARTICIPLE,
        None,
        "mandato, inviato, scritto, detto, ricevuto, risposto, lasciato, provato, promesso, parlato, contattato, avvisato, spedito, mandata, mandato, inviata, trovato, sentito, avvertito, richiesto, letto, concordato, ricevuta, ricevuti, fatto, perso",
    ),
    (
        ADVERT,
        None,
        "newsletter*, pubblicità, pubblicitari*, promozion*, promo, marketing, disiscriver*, cancellarmi, iscrivermi, volantini, disiscrizione, iscrivere, iscrizione, volantino, spot, campagne",
    ),
    (
        GOODS,
        None,
        "pacco, pacchi, consegna, consegnare, consegnate, lampada, libro, libri, spedizione, rendere, restituire, ordine, merce, articolo, scarpe, orologio, chiave, chiavi, pezzo, pezzi, campione, campioni, regalo, occhiali, torta, fiori, reso, prodotto, borsa, vestito, tessuto, buono, anello, batteria, lenti, rispedire, ricambio, caricatore, gioiello, giacca, disco, vaso, poster, fermoposta",
    ),
    (
        DEVICE,
        None,
        "dei telefoni, i telefoni, telefoni cellulari, vostri telefoni, vecchi telefoni, aggiornamento, schermo, app, applicazione, smartphone, iphone, android, telefono rotto, batteria, cover, caricatore, sim, riparazione, suoneria, vendete, cuffie, microfono, tablet, installare, altoparlante, tastiera",
    ),
    (
        MATTER,
        None,
        "codice, link, allegato, cancellare, cancella, correggere, correggete, sito, aggiornate la scheda, aggiornare la scheda, errore, password, nuovo cellulare, nuovo numero, refuso, rimandate il, rimandare il",
    ),
    (
        INDIFFERENT,
        None,
        "fa lo stesso, è lo stesso, è uguale, indifferente, come volete, come preferite, come vuole, come preferisce, come vuoi, non importa, a vostra scelta, uguale, non fa differenza, è indifferente, come vi pare, come vi viene comodo, come le è più comodo, come vi è più comodo, a piacere",
    ),
    (
        WITHDRAWN,
        None,
        "non serve più, non occorre più, lasciate stare, lascia stare, lasci stare, come non detto, non è più necessario, annullate, tutto risolto, ho risolto, non importa più, non ne ho più bisogno, risolto",
    ),
    (
        DEFINITE,
        None,
        "il, lo, i, gli, l, la, le, vostro, vostra, suo, sua, tuo, tua, mio, mia, questo, questa, ultima, ultimo, nostro, nostra, quel, quella, dell, della, vostri, vostre, del",
    ),
    (BY, None, "per, via, su, tramite, a, al, con, sul, sulla, alla, allo, all, in, mediante, x"),
    (
        BREAK,
        None,
        "ma, perché, poiché, siccome, così, dato che, però, bensì, affinché, quindi, in quanto, visto che, tanto, che sono, invece",
    ),
    (AND, None, "e, ed"),
    (LABEL, None, "numero, numeri, indirizzo, indirizzi"),
    (
        BOOK,
        None,
        "prenotare, ordinare, comprare, pagare, disdire, prendere appuntamento, fissare, restituire, ordini, prenotazioni, annullare, acquistare, iscrivermi, rendere, fissare un appuntamento, ordine",
    ),
    (WRITTEN, None, "per iscritto, scritta, scritto"),
    (POINTER, None, "qui sotto, in calce, sotto, firma, in fondo, di seguito, seguente"),
    (
        SELF,
        None,
        "ecco, segue, seguirà, in allegato trovate, con la presente, devo, volete che vi, vuole che le, vuoi che ti, io stesso, io stessa, lei stessa, lui stesso, non il contrario, da solo",
    ),
    (
        ERRAND,
        None,
        "prima di consegnare, prima della consegna, produttore, fornitore, prima di passare, corriere, spedizioniere, prima di venire",
    ),
    (TITLE, None, "romanzo, libro, film, disco, canzone, titolo, album, giallo, gioco"),
    (THAT, None, "che"),
    (
        FILLER,
        None,
        "buongiorno, buonasera, ciao, salve, grazie, il, la, lo, un, una, uno, di, del, della, e, è, per, con, quando, quanto, costa, dopo, entro, domani, oggi, mattina, sera, saluti, cordiali, sono, ho, avete, si, che, breve, distinti, gentile, gentili, egregi, ho bisogno, ancora, quanto, appena, pure, poi, anche, dei, delle, nel, nella, al",
    ),
];
