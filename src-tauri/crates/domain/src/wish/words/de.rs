//! German: the standard language with Sie, du and ihr, Swiss and Austrian usage, and dialect as it is typed.

use super::super::tag::*;
use super::{EMAIL, IN_PERSON, PHONE, POST, Row, SMS, WHATSAPP};

/// Channels.
pub(in crate::wish) const CHANNELS: &[Row] = &[
    (NOUN | THING, PHONE, "telefon, fon, natel, klingelton, tel, festnetz"),
    (NOUN | THING, POST, "post, briefkasten, papier"),
    (NOUN, PHONE, "telefonat*, telefonanruf*, anruf, anrufe, anrufs, anrufen lassen, rückruf*, telefongespräch*, \
        telefonate, tel rückmeldung, handyanruf*, aaruef, aruf, aarüef, telefonkontakt, telefönli, call"),
    (MANNER, PHONE, "telefonisch*, am telefon, per telefon, übers telefon, am hörer, fernmündlich, am apparat, zum hörer, zum telefon, an die strippe, per anruf, mit einem anruf, durchs telefon, per rückruf, zum telefonhörer, auf dem festnetz, aufs festnetz, übers handy, tel auskunft, am handy, per tel, \
        am telefonat, per fon, am tel, via telefon, aufs handy anrufen, am telefönli"),
    (NOUN, SMS, "kurznachricht*, textnachricht*, kurzmitteilung*, simse, textnachrichten, smsli, smsle, handynachricht*"),
    (NOUN, EMAIL, "mail, mails, mailantwort, mailverkehr, mailkontakt, mailchen, mäil, mäiler"),
    (MANNER, EMAIL, "elektronisch, auf elektronischem wege, auf elektronischem weg, als antwort auf diese mail, als antwort auf diese e mail, \
        schwarz auf weiss per mail, per mail, per email, per e mail, als pdf an, in mein postfach, in den posteingang, elektronische post, antwort auf diese mail, auf diese mail antworten, auf diese e mail antworten"),
    (NOUN, POST, "brief, briefe, briefen, briefpost, postweg, briefweg, postadresse, postanschrift, briefform, papierpost, \
        papierbrief*, einschreiben, schneckenpost, brieflein, briefli, briefchen"),
    (MANNER, POST, "postalisch, brieflich, auf dem postweg, auf dem briefweg, per post, per brief, auf papier, mit der gelben post, mit der post, per a post, per b post, per einschreiben, in den briefkasten, in meinen briefkasten, im kuvert, per briefpost, in briefform, auf postalischem weg*"),
    (MANNER, IN_PERSON, "persönlich, mündlich, von angesicht zu angesicht, unter vier augen, im direkten gespräch, von mensch zu mensch, in natura"),
    (PLACE, IN_PERSON, "im laden, vor ort, am schalter, im geschäft, an der theke, am tresen, bei der abholung, beim abholen, am stand, in der filiale, \
        im salon, in der werkstatt, an der kasse, am ladentisch, an meinen*, bei mir vorbei, im lade, vor ort sagen, ins geschäft, in der apotheke, \
        am empfang, im studio, in der praxis, wenn ich den, wenn ich die, wenn ich das, wenn ich komme, wenn ich vorbeikomme, wenn ich es hole, \
        wenn ich da bin, bei der anprobe"),
    (STEM, PHONE, "ruf, rufe, rufen, ruft, rufts, rufet, rüef, rüefed, rufst, läutest, klingelst, lüüt, lüüte, lüüted, lüütet, läut, läute, läuten, läutet, lüt, lüted, lütet, klingel, klingle, klingeln, klingelt, \
        bimmel, bimmelt, bimmeln, schell, schellen, schellt, telefonier durch"),
    (PARTICLE, None, "an, zurück, durch, aa, a, ah, retour, zrugg, zrug, zruck"),
    (CALL | INFINITIVE, PHONE, "anrufen, zurückrufen, durchrufen, durchläuten, anläuten, durchklingeln, anklingeln, telefonieren, anzurufen, \
        zurückzurufen, zu telefonieren, aalüte, aalüüte, alüte, aalüten, zu telefonieren, funken, klingeln lassen, klingeln lasst, bei mir klingeln, durchklingeln lassen, aarüefe, arüefe, zruggrüefe, zrugglüte, telefoniere, antelefonieren, \
        durchbimmeln, rückrufen, anbimmeln, zurück rufen, an rufen, retour rufen, durchtelefonieren, aalüüten"),
    (CALL | IMPERATIVE, PHONE, "telefonier, telefoniert, telefoniered, anruft, zurückruft, anrufst, zurückrufst, durchläutet, anläutet, durchklingelt, anläutest, \
        aalütet, aalüted"),
    (CALL | PARTICIPLE, PHONE, "angerufen, zurückgerufen, telefoniert, durchgerufen, angeläutet, durchgeklingelt, aaglüte, aagrüeft"),
    (CALL | IMPERATIVE | INFINITIVE, SMS, "simsen, simst, sims, smsen, smst, texten, textet"),
    (CALL | IMPERATIVE | INFINITIVE, EMAIL, "mailen, mailt, maile, mail mir, mailet, zumailen, anmailen, mailed, mailst, zurückmailen, zu mailen"),
    (CALL | PARTICIPLE, EMAIL, "gemailt, angemailt, zugemailt"),
    (CALL | IMPERATIVE | INFINITIVE, WHATSAPP, "whatsappen, whatsappt, whatsappe, whatsapp mir"),
    (CALL | TALK, PHONE, "telefonieren wir"),
    (HERE, None, "hier, hierher, hierhin, hierüber, hier drüber, in diesem chat, im chat, da im, eifach do, hierauf, do uf, im gleichen chat, auf diesem weg, auf diesem wege, \
        auf dem gleichen weg, über diesen chat, auf gleichem weg, auf gleichem wege, auf diese nachricht, an diese nummer, auf diese nummer, \
        auf dieser nummer, do im chat, auf demselben weg, über diesen kanal, da drin, do drin"),
];

/// Answering.
pub(in crate::wish) const ANSWERS: &[Row] = &[
    (ANSWER | IMPERATIVE | INFINITIVE, None, "antworten, antwortet, antworte, antwortets, beantworten, beantwortet, beantworte, zurückschreiben, zurückschreibt, schreiben, schreib, \
        schreibt, schreibe, schreibst, schreibts, schriib, schriibe, schribe, schriibed, schrib, schriebe, schriebed, schriebt mir, zruggschriibe, zrugschriibe, melden, meldet, \
        meld, melde, meldest, meldets, mälde, mäld, mälded, anschreiben, anschreibt, zu antworten, zu schreiben, zurückmelden, rückmelden, schreim, schriiben, zu melden"),
    (ANSWER | TELL | IMPERATIVE | INFINITIVE, None, "sagen, sagt, sag, sagts, säg, sägä, säge, säget, säged, mitteilen, teilen, teilt, teil, teile, mitteilt, informieren, informiert, informier, \
        informiere, benachrichtigen, benachrichtigt, benachrichtige, verständigen, erklären, erklärt, erklär, erkläre, durchgeben, durchgebt, wissen lassen, \
        lassen sie es mich, lasst es mich, bescheiden, geben, gebt, gib, gebts, gäh, gäbe, gäbet, gäbed, gib mir, weitergeben, zusammenfassen, bestätigen, bestätigt, \
        bestätige, erläutern, avisieren, orientieren, unterrichten, wissen lasst, lasst mich, lassen sie mich, lass mich, ausrichten, bescheid sagen, zurückmelden, ein zeichen geben, laut geben, verklickern, nennen, nennt, nenn, \
        erinnern, erinnert, erinnere, bescheid geben, bscheid gäh, auskunft geben, mitzuteilen, zu sagen, zu informieren"),
    (ANSWER | SEND | IMPERATIVE | INFINITIVE, None, "schicken, schickt, schick, schicke, schickst, schickts, schicked, schicket, senden, sendet, sende, sänd, sänded, zusenden, zuschicken, zukommen, übermitteln, \
        übersenden, zustellen, stellen, hinschicken, sendest, zuzusenden, zuzuschicken, zu senden, zu schicken, zurücksenden, weiterleiten, leiten, schickeds, rüberschicken, \
        schicke mir, hinterlassen, sprechen sie mir"),
    (ANSWER | REACH, None, "kontaktieren, kontaktiert, kontaktier, kontaktiere, kontakt aufnehmen, in verbindung setzen, kontaktaufnahme, kontaktierst"),
    (REPLY, None, "antwort, antworten bitte, antworterl, bescheid, bscheid, bescheed, rückmeldung*, auskunft, info, infos, nachricht, nachrichten, benachrichtigung*, mitteilung*, rückantwort, beratung, \
        feedback, meldung, kontaktaufnahme, kontakt, korrespondenz, rücksprache, kommunikation, informationen, information, angaben, reaktion, stellungnahme, terminbestätigung*, \
        erinnerung*, rückinfo, terminvorschlag, terminvorschläge, zusage, absage, preisangabe, preisauskunft, terminerinnerung*, avis, avisierung, erledigung, \
        benachrichtigen lassen, abholtermin, abholbescheid, details, ergebnis, einschätzung"),
    (DOCUMENT, None, "angebot*, offerte*, kostenvoranschlag*, kostenvoranschläge, rechnung, rechnungen, rechnungskopie, quittung*, beleg, belege, bestätigung*, auftragsbestätigung*, bestellbestätigung*, \
        kopie, kopien, zusammenfassung, unterlagen, foto, fotos, bild, bilder, liste, preisliste, pdf, garantieschein, kaufbeleg, reparaturbericht, mahnung*, vertrag, preise, \
        dokumente, dokument, formular, formulare, zertifikat, lieferschein, kva, bericht, massblatt, skizze, skizzen, entwurf, entwürfe, katalog, prospekt, anleitung, attest, \
        gutschrift, abrechnung*, rezeptkopie, messwerte, werte"),
    (TALK | WE | MODAL, None, "reden wir, sprechen wir, telefonieren wir, besprechen wir, klären wir, lasst uns, lass uns, lassen sie uns"),
    (CALL | WE | MODAL, PHONE, "telefonieren wir"),
    (TALK | INFINITIVE, None, "sprechen, reden, besprechen, klären, abklären, bereden, quatschen, plaudern, austauschen, abmachen, weiterführen, wechseln, weiterschreiben, unterhalten, \
        durchsprechen, absprechen, abstimmen, diskutieren, schwätze, rede, weitermachen, regeln, erörtern, zu besprechen, durchgehen"),
    (PLEASE, None, "bitte, bittschön, bitteschön, bitt, bidde, büdde, bitti, biite, sgs, wäret sie so, seien sie so, sind sie so, bitte ich um, bitte um, ersuche, ersuchen, \
        wäre froh, dankbar, dürfte ich sie bitten, darf ich sie bitten, ich bitte, wir bitten, wär froh, wäre dankbar, sei so, seid so, wären sie so, würd ich bitten, bittet um, bittet, bäte"),
    (PREFER, None, "lieber, am liebsten, liebsten, am besten, besten, bevorzuge, bevorzugen, bevorzugt, vorzugsweise, präferiere, wäre mir lieb, ziehe vor, angenehmer, einfacher, \
        besser, bequemer, idealerweise, sinnvoller, am einfachsten, einfachsten, praktischer, am schnellsten, schnellsten, lieber wäre, bevorzugter, bevorzugte, liebschte, am liebschte, \
        lieber wär, mir lieber, zieh vor, am praktischsten, am bequemsten, geschickter, gescheiter, liaba, liawa, liebr, vorziehen, wunschkanal, am sichersten, eher, am angenehmsten"),
    (WANT, None, "möchte, möchten, möcht, wünsche, wünscht, wünschen, will, hätte gern, hätte gerne, hätt gern, hätt gerne, würde gern, würde gerne, würde mich freuen, \
        freue mich über, freu mich über, wünschte, wolle, würden uns freuen, freuen, freute mich, freut mich, würd gern, würd gerne, freuen uns über, freue mich auf ihren, freue mich auf einen, freu mich auf, warte auf ihren, warte auf einen, warte auf deinen, erwarte ihren, wett gern, wetti, wett, möcht gern, hett gern, hätti gern, \
        zeit für, minuten für, minute für, moment für, minütchen für, bevorzugt, wünscht sich, würde ich gern, würde ich gerne, bestehe auf, besteht auf, brauche, bräuchte, bräucht, benötige, brauch, erwarte, hätte ich gern, hätte ich gerne, \
        hätt ich gern, verlangt, um einen, um eine, um ein, wäre es möglich, wär es möglich, ist es möglich, wäre möglich, wollen wir, wollen, hätten gern, hätten gerne, hätte lieber, mag, freut sich über, hofft auf"),
    (SUFFICES, None, "reicht, genügt, langt, längt, reichts, reichen, genügen, wäre nett, wäre super, wäre toll, wäre lieb, wäre prima, wäre schön, wäre ideal, wäre perfekt, wär nett, wär super, \
        wär toll, wär lieb, wär schön, tuts, tut es, passt gut, passt am besten, ist ok, ist okay, ist in ordnung, ist mir recht, wäre gut, wär gut, wäre hilfreich, wäre fein, wär fein, \
        wär cool, wäre cool, wäre mir recht, wäre mir lieb, langt völlig, langt mir, wäre eine wohltat, würde genügen, würde reichen, würde mir reichen, würde mir genügen, würde mir helfen, würde helfen, schon helfen, mir hilft, wäre mir wichtig, ist mir wichtig, wäre wichtig, sehr helfen, hilft mir, täte es, tät es, tuts auch, geht auch, ist gut, ist am einfachsten, ist einfacher, ist mir lieber, ist praktischer, ist super, ist prima, wäre am besten, ist besser, geht besser, geht gut, geht am besten, passt besser, geht am schnellsten, funktioniert am besten, \
        wär super, wäre wunderbar, wäre grossartig, ist ideal, ist super, wäre das beste, wäre mir am liebsten, klappt am besten, wäre freundlich, wäre praktisch"),
    (SUFFICES, None, "schon geholfen, geholfen, wäre geholfen, gedient"),
    (ASKED, None, "erbeten, gebeten, erwünscht, gewünscht, gern, gerne, willkommen, verlangt, gewünscht ist, ausdrücklich erlaubt, gärn"),
    (REACH, None, "erreichbar, erreichen, erreichst, erreicht, erreiche, zu erreichen, zu sprechen, ansprechbar"),
    (CHANNEL, None, "kontaktweg, kanal, kontaktart, kommunikationsweg, kontaktkanal, wunschkanal, kommunikationskanal, kontaktmöglichkeit, weg"),
];

/// The frame around it.
pub(in crate::wish) const FRAMES: &[Row] = &[
    (ME, None, "mir, mich, uns, mer, mi, mia, üs, öis, mirs"),
    (YOU, None, "sie, ihr, du, euch, ihnen, dich, dir, ihrs, se, üch, jemand, wer, ihne, ös, mrs, sies, dus"),
    (I, None, "bin, ich, i, ig, ick, isch, ichs"),
    (WE, None, "wir, wirs"),
    (THIRD, None, "eltern, mutter, vater, mama, papa, mann, frau meines, tochter, sohn, tante, onkel, oma, opa, grossmutter, grossvater, hersteller, nachbar, nachbarin, bruder, schwester, \
        kollege, kollegin, kollegen, chef, chefin, lieferant, freundin, freund, meine frau, mein mann, sekretärin, schwiegermutter, schwiegervater, empfänger, empfängerin, \
        enkel, enkelin, kunde, kundin, hausmeister, abwart, hauswart, verwaltung, versicherung, spedition, kurier, lara, mitarbeiter, mitarbeiterin, lehrling, verkäufer, verkäuferin, \
        kolleg, sekretariat, mami, papi, neffe, nichte, cousin, cousine, mitbewohner, mitbewohnerin, schwager, partner, partnerin, arzt, ärztin, spitex"),
    (HE, None, "er, ihm, ihn, bei ihr, ihre schwester, ihre mutter, seine, ihre kollegin, deren, dessen"),
    (MODAL, None, "können, könnten, könnt, könntet, kannst, könntest, kann, könnte, würden, würdet, würdest, würde, dürfen, dürfte, darf, chasch, chönd, chönnt, chönntet, chönntisch, chönted, chan, \
        mögen, lassen, lass, lasst, kannste, wärst, dörf, dörfed, kennts, könnts, chöit, chasches, chönnet, cha, kinnts, dürft, müssen wir, sollten wir, lassen sie uns, wollen wir"),
    (SHALL, None, "soll, sollen, solle, sollt, sollst, söll, söu, sölled, sollte bitte"),
    (NEED, None, "muss, müsste, müssen, müsst, musst, brauchen, braucht, brauchst, brauchts, bruuchsch, bruuched, müend, müesst, muesch"),
    (HAVE | INFINITIVE, None, "haben, bekommen, erhalten, kriegen, empfangen, entgegennehmen, ha, übercho, haa"),
    (PASSIVE, None, "werden, werde, wird"),
    (ONLY, None, "nur, ausschliesslich, bloss, einzig, nume, nur noch, lediglich"),
    (NOT, None, "nicht, ned, nöd, nid, net, ned mehr, nit, nie anrufen, nich, niemals, auf keinen fall, keinesfalls, keineswegs, nöt, nüd"),
    (NOT | LASTING, None, "nicht mehr, nöd meh, nid meh, ned mehr, net mehr, nümme, nümm, nicht länger, nid mehr, nimmer, nicht weiter, nie mehr, nie wieder"),
    (NO, None, "kein, keine, keinen, keinem, keiner, keines, kei, keni, keis, ka, koa, keen, keene, keinerlei, nichts per, nicht mal"),
    (NEITHER, None, "weder"),
    (OR, None, "oder, noch, bzw, und auch, respektive, resp, od"),
    (VERSUS, None, "statt, anstatt, anstelle, als, wie, an stelle"),
    (WAIVE, None, "nicht nötig, nicht notwendig, nicht erforderlich, nötig, unnötig, brauchts nicht, braucht es nicht, braucht es keinen, braucht es keine, \
        nichts zu tun, nicht nur, stört mich nicht, stört nicht, stört es nicht, stört es mich nicht, nichts gegen, macht mir nichts aus, nicht dass, nicht etwa, nicht weil, nöd nötig, ned nötig, nid nötig, nicht extra, net nötig, erübrigt sich"),
    (REFUSE, None, "verzichten, unterlassen, unterlasst, hört auf, hören sie auf, hör auf, aufhören, absehen, verschonen, einstellen, sparen, spart, lassen sie das, sehen sie ab, abzusehen, verschonen sie, \
        verzichtet, verzichte, vermeiden, vermeidet, untersage, verbiete, unerwünscht, tabu, widerspreche, stopp, unterbinden, sein lassen, bleiben lassen, stop, \
        verbitte, verboten, nein danke, lehnt, lehne, abstand zu nehmen, abstand nehmen, lieber nicht, nicht erwünscht, nicht erlaubt, nicht gewünscht, streichen, streicht"),
    (USELESS, None, "geht nicht, geht nöd, geht net, geht ned, gehen nicht, nützt nichts, nützt nix, nützen nichts, nützen nix, nützt mir nichts, bringt nichts, bringt nix, bringen nichts, bringen nix, bringt mir nichts, \
        bringen also nichts, bringen mir nichts, sinnlos, zwecklos, funktioniert nicht, funktionieren nicht, klappt nicht, klappen nicht, hat keinen sinn, hat keinen zweck, geht im moment nicht, \
        geht gerade nicht, geht leider nicht, geht grad nicht, geht gar nicht, unmöglich, nicht möglich, kommen nicht an, kommt nicht an, kommen nie an, kommen bei mir nie an, kommen bei mir nicht an, \
        geht bei mir nicht, gehen bei mir nicht, nicht brauchbar, sind zwecklos, helfen nicht, hilft nicht, hilft mir nicht, helfen mir nicht, hilft nichts, geht momentan nicht, \
        geht derzeit nicht, geht zurzeit nicht, geht zur zeit nicht, geht aktuell nicht, geht auf der arbeit nicht, geht bei der arbeit nicht, gaht nöd, goht nöd, bringt mir nix, nutzt nichts, nutzt nix, bringt also nichts"),
    (SELDOM, None, "selten, kaum, höchstens, fast nie, so gut wie nie, praktisch nie, nichts, nix, kein wort"),
    (NEEDS, None, "brauche, bräuchte, benötige, erwarte, verlange, fordere, brauch, bräucht, verlangt, bitte um, erwarten, verlangen"),
    (YOU_OBJECT, None, "ihnen, euch, dir, dich, üch, ös"),
    (SAYS, None, "sagt, meint, meinte, sagte, findet, schreibt, behauptet, glaubt, bittet, bittet um, lässt ausrichten, mag, liest, empfohlen, geraten, erzählt, steht, stand, hiess, heisst, empfiehlt, rät, lässt, fragt, gesagt, will, wollte, möchte, wünscht, hätte gern, besteht, meinten, sagten"),
    (SENSE, None, "lese, les, lesen, liest, sehe, seh, sehen, sieht, empfange, empfangen, höre, hören, hör, bekomme, bekomm, kriege, krieg, abhören, abnehmen, rangehen, rane gehen, schaue, schau, \
        checke, check, prüfe, öffne, öffnen, verstehe, entgegennehmen, annehmen, gelesen, liis, gseh, krieg ich, schaue ich, beantworten, hebe ab, gehe ran, geh ran, abheben, hör ich, kontrolliere, abrufen, rufe ab, nutze, nutz, benutze, benutz, verwende, gehe, geh, nehme, gehe ich, brauche ich nicht, mag ich nicht, funktioniert bei mir"),
    (LASTING, None, "immer, künftig, zukünftig, in zukunft, grundsätzlich, generell, ab jetzt, ab sofort, ab heute, von nun an, fortan, stets, jedes mal, jedesmal, dauerhaft, in aller zukunft, prinzipiell, \
        ab nun, von jetzt an, für immer, ein für alle mal, komplett, immer nur, ab dato, ab morgen, fortwährend, bis auf weiteres immer, weiterhin, \
        immer wenn, in zuekunft, immer per, immer via, ab hüt, auf dauer, standardmässig, durchwegs, jeweils immer, bis auf weiteres, bis auf widerruf, allgemein, künftighin, für die zukunft, ab sofort immer, \
        sämtliche, jedes einzelne mal, ab diesem jahr, ab nächster woche, ausnahmslos, vo jetzt aa, immer am, ab ez, zuekünftig, zuekünftigi, für alle künftigen, alle künftigen"),
    (STILL, None, "immer noch, noch immer, immer wieder, schon immer, wie immer, bin immer, ist immer, immer da, immer unter, immer gut, immer so, immer zu, war immer, immer freundlich, kommt immer, kommen immer, klappt immer, geht immer, funktioniert immer, immer bei"),
    (NEVER, None, "nie, niemals"),
    (MORE, None, "mehr, meh, länger, weiter"),
    (CONDITION, None, "falls, sofern, sollte, sollten, bei rückfragen, bei fragen, bei unklarheiten, bei problemen, bei verspätung, bei verspätungen, im notfall, bei bedarf, andernfalls, ansonsten, bei verzögerung*, \
        bei schwierigkeiten, bei abweichungen, bei änderungen, bei änderung, notfalls, für den fall, für rückfragen, bei einer rückfrage, im fall, bei lieferverzug, bei mehrkosten, bei zweifeln, im zweifel, im zweifelsfall, \
        nur wenn, nur wenns, nur bei, nur falls, wenn nicht, wenns nicht, bei dringenden, bei einer verspätung, allfällige, allfälligen, nur im, bei komplikationen, bei einer absage, bei ausfall, bei verhinderung, \
        nur für den, bei überschreitung, bei unstimmigkeiten, vorausgesetzt, ausser wenn, es sei denn, eventuelle, etwaige, etwaigen, fürn fall, bei verzug, bei rückfrage"),
    (IF, None, "wenn, wenns, wänn, wänns, wens, wen"),
    (TIME, None, "vor, nach, zwischen, vormittags, morgens, abends, nachmittags, mittags, nachts, sonntags, samstags, wochenends, am wochenende, am abend, am morgen, am vormittag, am nachmittag, während, zu früh, zu spät, so früh, so spät, über mittag, montags, dienstags, mittwochs, donnerstags, freitags, vorm, in der nacht, erst, gleich, sofort"),
    (WHEN, None, "sobald, ob, bevor, nachdem, öb, sobal, sowie es, solange, wann, wie viel, wieviel, wo, warum"),
    (POLITE_IF, None, "wenn möglich, falls möglich, wenn es geht, wenns geht, wenn s geht, falls es geht, wenn sie mich, wenn ihr mich, wenn du mich, wenn sie mir, wenn ihr mir, wenn du mir, wenn ihr mal, wenn sie uns, wenn ihr uns, \
        sofern möglich, wenn es ihnen nichts ausmacht, wenn ihr so, wenn sie so, wenn s recht, wenn es recht, wenn das ok, wenn das geht, wenn irgend möglich, wenn überhaupt möglich, wenn man mich, wenn mich jemand, \
        wenn sie zeit, wenn ihr zeit, wenn du zeit, wenn jemand zeit, wenn sie dazukommen, wenn es passt, wenns passt, wenn klappt oder nicht, wenn s klappt oder nicht, wenns klappt oder nicht, falls das geht, wenn es keine umstände"),
    (UNCERTAIN, None, "nicht, kein, keine, keinen, später, teurer, doch, problem, probleme, frage, fragen, rückfragen, ausgegangen, schief, klappt, verspätet, verzögert, fehlt, unklar, anders, länger, zu, dazwischen, dazwischenkommt, \
        etwas ist, was ist, ausverkauft, mehr als, höher, überschritten, überschreitet, knapp, notfall, unklarheiten, gibt, nötig, nöd, ned, nid, net, nix, verschiebt, ändert, wider erwarten, über, früher, unsicher, \
        weg, aus, brennt, dringend, stimmt, unterwegs steckt"),
    (READY, None, "fertig, parat, bereit, da, angekommen, eingetroffen, soweit, so weit, neues, neuigkeiten, bereitliegt, abholbereit, repariert, abholen, geflickt, gflickt, bereitsteht, klar, lieferbar, ankommt, eintrifft, weisst, wissen, wisst, weiss, gemacht, erledigt"),
    (PAST_AUX, None, "habe, hab, hat, haben, hatte, hatten, habt, hast, hattest, hattet, wurde, wurden, worden, bin, ist, sei, sind, häsch, händ, het, hend, hät, hed, hätte, hätten, hättest, hättet"),
    (PAST, None, "schrieb, schrieben, rief, riefen, sagte, sagten, meldete, schickte, schickten, mailte, telefonierte, telefonierten, antwortete, bat, sprach, wurde, wurden, kam, versprach, versprachen, wollte, wollten, \
        erhielt, bekam, stand, hiess, war, waren, sollte ich, habe ich, gestern, letzte woche, letzten, letzte, neulich, vorhin, kürzlich, konnten, konnte, damals, mussten, wie im, wie am telefon, wie besprochen, wie telefonisch, wie vereinbart, bezug nehmend, gemäss, laut, bezugnehmend, wie per, wie abgemacht, musste, meinte, meinten, kamen"),
    (PARTICIPLE, None, "gesagt, geschrieben, geschickt, gesendet, gemeldet, geantwortet, bekommen, erhalten, versprochen, versucht, gesprochen, gelesen, vereinbart, besprochen, hinterlassen, gekriegt, gehört, \
        gegeben, informiert, benachrichtigt, bestätigt, verschickt, zugeschickt, gefunden, erreicht, probiert, beantwortet, gwunne, gschribe, gseit, gschickt, bestellt, abgesprochen, mitgeteilt, ausgemacht"),
    (ADVERT, None, "newsletter*, werbung*, werbe*, reklame*, aktionen, abmelden, austragen, abbestellen, promo*, marketing*, mailing*, rundmail*, gutscheincode*, prospektwerbung, verteiler, tragen sie, abonnieren, gewinnspiel*, kampagne*"),
    (GOODS, None, "paket*, päckli, päckchen, lieferung*, liefern, liefert, versand*, versenden, porto, buch, bücher, lampe, ware, waren, bestellung, geliefert, kurier, einlagen, zurücksenden, rücksendung*, retoure*, \
        zurückschicken, schuhe, gerät, brille, ersatzteil*, blumen, karte, gutschein*, poststelle, postfiliale, linsen, schlüssel, kette, batterien, kleid, hose, jacke, tasche, teil, teile, \
        kissen, stoff, muster, stoffmuster, medikamente, brot, torte, ring, filter, sendung, samen, original, velo, akku, ladekabel, sie einschicken, einsenden, einschicken, artikel, geschenk, poster"),
    (DEVICE, None, "suche ein handy, ein handy, neues handy, handys, handyhülle*, tastenhandy*, handyvertrag*, update, display, bildschirm, stürzt, app, android, iphone, akku, simkarte, fehlersuche, reparatur kostet, kaputt, verschicken, smartphone, router, vertrag kündigen, telefonbuch, handy kann, klingelton, headset, freisprechanlage, mikrofon, tablet, laptop, lautsprecher, installieren, einrichten, installiert, eingerichtet, ladegerät, ladekabel, touchscreen, drucker spinnt, computer geht, tastatur, simlock"),
    (MATTER, None, "code, link, lösch, löschen, löscht, anhang, zettel, website, webseite, homepage, korrigieren, ändern, geändert, hinterlegt, hinterlegen, nochmal senden, verpennt, trackingnummer, sendungsnummer, angehängt, beiliegend, \
        rückrufaktion, betroffen, betrifft, produktrückruf, band, aufgefallen, falsche, tippfehler, vertippt, steht, ans telefon gehen, gehen sie ans telefon, geht ans telefon, mal ans telefon, nicht ans telefon, bitte ans telefon, endlich ans telefon"),
    (INDIFFERENT, None, "egal, ist mir gleich, mir gleich, gleichgültig, einerlei, spielt keine rolle, wurst, wurscht, schnuppe, ganz gleich, wie sie wollen, wie ihr wollt, wie du willst, wie sie möchten, glich, isch glich, ist gleich"),
    (WITHDRAWN, None, "erledigt, hat sich erledigt, vergessen sie, vergesst, nicht mehr nötig, hinfällig, passt jetzt so, doch nicht mehr, schon geklärt, hat sich geklärt, gegenstandslos, zurückziehen, ziehe zurück, überflüssig, brauche ich nicht mehr, nicht mehr gebraucht"),
    (DEFINITE, None, "der, die, das, dem, den, ihre, ihrer, ihren, ihrem, eure, eurer, euren, deine, deiner, unser, unsere, unserem, meine, meiner, meinen, meinem, mein, letzte, letzten, letzter, diese, dieser, dieses, diesen, bestätigungs, euer, dein, vom, zur, beim"),
    (BY, None, "per, via, über, mit, mittels, auf, übers, aufs, am, an, im, in, uf, als, mittel, ans, über die"),
    (BREAK, None, "sondern, aber, weil, denn, damit, da ich, da wir, obwohl, deshalb, drum, darum, deswegen, jedoch, während, wil, sonst, dafür"),
    (AND, None, "und, u, sowie, un"),
    (LABEL, None, "nummer, nummern, adresse, adressen, numero, vorwahl, telefonnummer, handynummer, telnr, telefonnr, nr, rufnummer"),
    (BOOK, None, "bestellen, buchen, reservieren, terminbuchung, vereinbaren, anmelden, kündigen, terminvereinbarung, reservierung, kaufen, bezahlen, abholen, vorbeibringen, anfragen, umbuchen, absagen, verschieben, stornieren, terminanfragen, bestellt man, bestellungen, zurücksenden"),
    (WRITTEN, None, "schriftlich, schriftliche, schriftlicher, in schriftform, in textform"),
    (POINTER, None, "unten, untenstehend*, siehe signatur, signatur, nachstehend*, siehe unten, weiter unten, unterhalb, s u, unten stehend*, folgende nummer, folgender nummer, unten angegebene, unten aufgeführt*, in der signatur, in der fusszeile"),
    (SELF, None, "selber, selbst, selbers, von mir aus, meinerseits"),
    (ERRAND, None, "vor der lieferung, vor lieferung, vor der zustellung, hersteller, bevor sie liefern, bevor ihr liefert, beim hersteller, lieferanten, spediteur, vor dem liefern, damit sie zu hause, bevor der, ausliefern, bringen, montieren, nebenan, beim zoll, bei der versicherung, beim lieferanten, bei der bank, fragen sie, fragt sie"),
    (TITLE, None, "roman, buch, film, hörbuch, album, cd, titel, lied, krimi, brettspiel, spiel, schallplatte"),
    (THAT, None, "dass, daß, dass sie, dass ihr"),
    (FILLER, None, "also, auch, doch, einfach, mal, kurz, noch, schon, so, ganz, sehr, eine, einen, einer, ein, ne, nen, es, danke, hallo, guten, tag, grüezi, hoi, salü, sali, moin, servus, grüss, gott, gruss, grüsse, \
        liebe, lieber herr, heute, morgen, vormittag, nachmittag, abend, zum, zur, von, vom, bei, nach, um, wegen, was, wie, wann, welche, welcher, frage, gibt, geht, bis, für, wo, warum, wieso, isch, d, s, zäme, merci, kostet, habt, ab, eh, halt, eben, dazu, freundlichen, grüßen, mfg, lg, vg, hei, hey, hi"),
];
