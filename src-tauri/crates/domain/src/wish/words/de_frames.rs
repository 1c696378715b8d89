//! German: the frame around channels and answers, in all its usages.

use super::super::tag::*;
use super::Row;

/// The frame around it.
pub(in crate::wish) const FRAMES: &[Row] = &[
    (SUFFICES, None, "ausreichend, völlig ausreichend, genügend"),
    (GOOD, None, "beruhigen, helfen, erleichtern, entlasten, freuen, genügen, reichen"),
    (PLEASE, None, "die güte, so gut, so lieb, so nett, so freundlich, so liebenswürdig, die freundlichkeit"),
    (GOODS, None, "strauss, blumenstrauss, bouquet, kranz, gesteck, abo, abonnement"),
    (
        GOOD,
        None,
        "gut, super, toll, nett, ideal, perfekt, prima, schön, lieb, hilfreich, klasse, fein, praktisch, recht, genial, spitze, top, optimal, angenehm, willkommen",
    ),
    (WOULD_BE, None, "wäre, wär, wären, wärs, würde"),
    (HE, None, "wer"),
    (SAYS, None, "wartet, wartet auf, braucht, verlangt, erwartet, hofft"),
    (
        USELESS,
        None,
        "ist nichts für mich, sind nichts für mich, halte ich nichts, halt ich nichts, nichts anfangen, nicht in frage, ist keine option, \
        sind keine option, passt nicht, passen nicht, passt mir nicht, hasse ich, kein freund von, kein fan von, keine freundin von, \
        nicht mein ding, wäre schlecht, ist schlecht, ist tabu, fällt aus, fallen aus, fällt weg, fallen weg, scheidet aus, scheiden \
        aus, mag ich nicht, mag ich gar nicht, sind mir ein graus, ist mir ein graus",
    ),
    (ME, None, "mir, mich, uns, mer, mi, mia, üs, öis, mirs"),
    (YOU, None, "sie, ihr, du, euch, ihnen, dich, dir, ihrs, se, üch, jemand, ihne, ös, mrs, sies, dus"),
    (I, None, "bin, ich, i, ig, ick, isch, ichs"),
    (WE, None, "wir, wirs"),
    (
        THIRD,
        None,
        "eltern, mutter, vater, mama, papa, mann, frau meines, tochter, sohn, tante, onkel, oma, opa, grossmutter, grossvater, hersteller, nachbar, nachbarin, bruder, schwester, \
        kollege, kollegin, kollegen, chef, chefin, lieferant, freundin, freund, meine frau, mein mann, sekretärin, schwiegermutter, schwiegervater, empfänger, empfängerin, \
        enkel, enkelin, kunde, kundin, hausmeister, abwart, hauswart, verwaltung, versicherung, spedition, kurier, lara, mitarbeiter, mitarbeiterin, lehrling, verkäufer, verkäuferin, \
        kolleg, sekretariat, mami, papi, neffe, nichte, cousin, cousine, mitbewohner, mitbewohnerin, schwager, partner, partnerin, vermieter, vermieterin, krankenkasse, steuerberater, steuerberaterin, anwalt, anwältin, arbeitgeber, lehrer, lehrerin, behörde, gemeinde, arzt, ärztin, spitex",
    ),
    (HE, None, "er, ihm, ihn, bei ihr, ihre schwester, ihre mutter, seine, ihre kollegin, deren, dessen"),
    (
        MODAL,
        None,
        "können, könnten, könnt, könntet, kannst, könntest, kann, könnte, würden, würdet, würdest, würde, dürfen, dürfte, darf, chasch, chönd, chönnt, chönntet, chönntisch, chönted, chan, \
        mögen, lassen, lass, lasst, kannste, wärst, dörf, dörfed, kennts, könnts, chöit, chasches, chönnet, cha, kinnts, dürft, müssen wir, sollten wir, lassen sie uns, wollen wir",
    ),
    (SHALL, None, "soll, sollen, solle, sollt, sollst, söll, söu, sölled, sollte bitte"),
    (
        NEED,
        None,
        "muss, müsste, müssen, müsst, musst, brauchen, braucht, brauchst, brauchts, bruuchsch, bruuched, müend, müesst, muesch",
    ),
    (
        HAVE | INFINITIVE,
        None,
        "haben, bekommen, erhalten, kriegen, empfangen, entgegennehmen, ha, übercho, haa",
    ),
    (PASSIVE, None, "werden, werde, wird"),
    (ONLY, None, "nur, ausschliesslich, bloss, einzig, nume, nur noch, nur mehr, lediglich"),
    (
        NOT,
        None,
        "nicht, ned, nöd, nid, net, ned mehr, nit, nie anrufen, nich, niemals, auf keinen fall, keinesfalls, keineswegs, nöt, nüd",
    ),
    (
        NOT | LASTING,
        None,
        "nicht mehr, nöd meh, nid meh, ned mehr, net mehr, nümme, nümm, nicht länger, nid mehr, nimmer, nicht weiter, nie mehr, nie wieder",
    ),
    (
        NO,
        None,
        "kein, keine, keinen, keinem, keiner, keines, kei, keni, keis, ka, koa, keen, keene, keinerlei, nichts per, nicht mal",
    ),
    (NEITHER, None, "weder"),
    (OR, None, "oder, noch, bzw, und auch, respektive, resp, od"),
    (VERSUS, None, "statt, anstatt, anstelle, als, wie, an stelle, mehr als"),
    (
        WAIVE,
        None,
        "nicht nötig, nicht notwendig, nicht erforderlich, nötig, unnötig, brauchts nicht, braucht es nicht, braucht es keinen, braucht es keine, \
        nichts zu tun, nicht nur, stört mich nicht, stört nicht, stört es nicht, stört es mich nicht, nichts gegen, macht mir nichts aus, nicht dass, nicht etwa, nicht weil, nöd nötig, ned nötig, nid nötig, nicht extra, net nötig, erübrigt sich",
    ),
    (
        REFUSE,
        None,
        "verzichten, unterlassen, unterlasst, hört auf, hören sie auf, hör auf, aufhören, absehen, sehen sie von, seht von, sehen sie bitte von, seht bitte von, verschonen, einstellen, sparen, spart, lassen sie das, sehen sie ab, abzusehen, verschonen sie, \
        verzichtet, verzichte, vermeiden, vermeidet, untersage, verbiete, unerwünscht, tabu, widerspreche, stopp, unterbinden, sein lassen, bleiben lassen, stop, \
        verbitte, verboten, nein danke, lehnt, lehne, abstand zu nehmen, abstand nehmen, lieber nicht, nicht erwünscht, nicht erlaubt, nicht gewünscht, streichen, streicht",
    ),
    (
        WORKS,
        None,
        "klappt, klappen, geht, gehen, funktioniert, funktionieren, bringt, bringen, nützt, nützen, hilft, helfen, nutzt, taugt, taugen",
    ),
    (
        ANSWER | IMPERATIVE | USE,
        None,
        "nehmen sie, nehmt, nutzen sie, verwenden sie, benutzen sie, nimm, verwendet bitte, nutzt bitte",
    ),
    (
        USELESS,
        None,
        "geht nicht, geht nöd, geht net, geht ned, gehen nicht, nützt nichts, nützt nix, nützen nichts, nützen nix, nützt mir nichts, bringt nichts, bringt nix, bringen nichts, bringen nix, bringt mir nichts, \
        bringen also nichts, bringen mir nichts, sinnlos, zwecklos, funktioniert nicht, funktionieren nicht, klappt nicht, klappen nicht, hat keinen sinn, hat keinen zweck, geht im moment nicht, \
        geht gerade nicht, geht leider nicht, geht grad nicht, geht gar nicht, unmöglich, nicht möglich, kommen nicht an, kommt nicht an, kommen nie an, kommen bei mir nie an, kommen bei mir nicht an, \
        geht bei mir nicht, gehen bei mir nicht, nicht brauchbar, sind zwecklos, helfen nicht, hilft nicht, hilft mir nicht, helfen mir nicht, hilft nichts, geht momentan nicht, \
        geht derzeit nicht, geht zurzeit nicht, geht zur zeit nicht, geht aktuell nicht, geht auf der arbeit nicht, geht bei der arbeit nicht, gaht nöd, goht nöd, bringt mir nix, nutzt nichts, nutzt nix, bringt also nichts",
    ),
    (
        SELDOM,
        None,
        "selten, kaum, höchstens, fast nie, so gut wie nie, praktisch nie, nichts, nix, kein wort",
    ),
    (
        NEEDS,
        None,
        "brauche, bräuchte, benötige, erwarte, verlange, fordere, brauch, bräucht, verlangt, bitte um, erwarten, verlangen",
    ),
    (YOU_OBJECT, None, "ihnen, euch, dir, dich, üch, ös"),
    (
        SAYS,
        None,
        "sagt, meint, meinte, sagte, findet, schreibt, behauptet, glaubt, bittet, bittet um, lässt ausrichten, mag, liest, empfohlen, geraten, erzählt, steht, stand, hiess, heisst, empfiehlt, rät, lässt, fragt, gesagt, will, wollte, möchte, wünscht, hätte gern, besteht, meinten, sagten",
    ),
    (
        SENSE,
        None,
        "lese, les, lesen, liest, sehe, seh, sehen, sieht, empfange, empfangen, höre, hören, hör, bekomme, bekomm, kriege, krieg, abhören, abnehmen, rangehen, rane gehen, schaue, schau, \
        checke, check, prüfe, öffne, öffnen, verstehe, entgegennehmen, annehmen, gelesen, liis, gseh, krieg ich, schaue ich, beantworten, hebe ab, gehe ran, geh ran, abheben, hör ich, kontrolliere, abrufen, rufe ab, nutze, nutz, benutze, benutz, verwende, gehe, geh, nehme, gehe ich, reagiere, antworte, brauche ich nicht, mag ich nicht, funktioniert bei mir",
    ),
    (
        LASTING,
        None,
        "immer, künftig, zukünftig, in zukunft, grundsätzlich, generell, ab jetzt, ab sofort, ab heute, ab heuer, von nun an, fortan, stets, jedes mal, jedesmal, dauerhaft, in aller zukunft, prinzipiell, \
        ab nun, von jetzt an, für immer, ein für alle mal, komplett, immer nur, ab dato, ab morgen, fortwährend, bis auf weiteres immer, weiterhin, \
        immer wenn, in zuekunft, immer per, immer via, ab hüt, auf dauer, standardmässig, durchwegs, jeweils immer, bis auf weiteres, bis auf widerruf, allgemein, künftighin, für die zukunft, ab sofort immer, \
        sämtliche, jedes einzelne mal, ab diesem jahr, ab nächster woche, ab nächstem monat, ab nächstem jahr, ab nächsten monat, ab kommendem, ab kommender, ab januar, ab diesem monat, ab dem, ab montag, ausnahmslos, vo jetzt aa, immer am, ab ez, zuekünftig, zuekünftigi, für alle künftigen, alle künftigen",
    ),
    (
        STILL,
        None,
        "immer noch, noch immer, immer wieder, schon immer, wie immer, bin immer, ist immer, immer da, immer unter, immer gut, immer so, immer zu, war immer, immer freundlich, kommt immer, kommen immer, klappt immer, geht immer, funktioniert immer, immer bei",
    ),
    (NEVER, None, "nie, niemals"),
    (MORE, None, "mehr, meh, länger, weiter"),
    (
        CONDITION,
        None,
        "falls, sofern, sollte, sollten, bei rückfragen, bei fragen, bei unklarheiten, bei problemen, bei verspätung, bei verspätungen, im notfall, bei bedarf, andernfalls, ansonsten, bei verzögerung*, \
        bei schwierigkeiten, bei abweichungen, bei änderungen, bei änderung, notfalls, für den fall, für rückfragen, bei einer rückfrage, im fall, bei lieferverzug, bei mehrkosten, bei zweifeln, im zweifel, im zweifelsfall, \
        nur wenn, nur wenns, nur bei, nur falls, wenn nicht, wenns nicht, bei dringenden, bei einer verspätung, allfällige, allfälligen, nur im, bei komplikationen, bei einer absage, bei ausfall, bei verhinderung, \
        nur für den, bei überschreitung, bei unstimmigkeiten, vorausgesetzt, ausser wenn, es sei denn, eventuelle, etwaige, etwaigen, fürn fall, bei verzug, bei rückfrage",
    ),
    (IF, None, "wenn, wenns, wänn, wänns, wens, wen"),
    (
        TIME,
        None,
        "vor, nach, zwischen, vormittags, morgens, abends, nachmittags, mittags, nachts, sonntags, samstags, wochenends, am wochenende, am abend, am morgen, am vormittag, am nachmittag, während, zu früh, zu spät, so früh, so spät, über mittag, montags, dienstags, mittwochs, donnerstags, freitags, vorm, in der nacht, erst, gleich, sofort",
    ),
    (
        WHEN,
        None,
        "sobald, ob, bevor, nachdem, öb, sobal, sowie es, solange, wann, wie viel, wieviel, wo, warum",
    ),
    (
        POLITE_IF,
        None,
        "wenn möglich, falls möglich, wenn es geht, wenns geht, wenn s geht, falls es geht, wenn sie mich, wenn ihr mich, wenn du mich, wenn sie mir, wenn ihr mir, wenn du mir, wenn ihr mal, wenn sie uns, wenn ihr uns, \
        sofern möglich, wenn es ihnen nichts ausmacht, wenn ihr so, wenn sie so, wenn s recht, wenn es recht, wenn das ok, wenn das geht, wenn irgend möglich, wenn überhaupt möglich, wenn man mich, wenn mich jemand, \
        wenn sie zeit, wenn ihr zeit, wenn du zeit, wenn jemand zeit, wenn sie dazukommen, wenn es passt, wenns passt, wenn klappt oder nicht, wenn s klappt oder nicht, wenns klappt oder nicht, falls das geht, wenn es keine umstände",
    ),
    (
        UNCERTAIN,
        None,
        "nicht, kein, keine, keinen, später, teurer, doch, problem, probleme, frage, fragen, rückfragen, ausgegangen, schief, klappt, verspätet, verzögert, fehlt, unklar, anders, länger, zu, dazwischen, dazwischenkommt, \
        etwas ist, was ist, ausverkauft, mehr als, höher, überschritten, überschreitet, knapp, notfall, unklarheiten, gibt, nötig, nöd, ned, nid, net, nix, verschiebt, ändert, wider erwarten, über, früher, unsicher, \
        weg, aus, brennt, dringend, stimmt, unterwegs steckt",
    ),
    (
        READY,
        None,
        "fertig, parat, bereit, da, angekommen, eingetroffen, soweit, so weit, neues, neuigkeiten, bereitliegt, abholbereit, repariert, abholen, geflickt, gflickt, bereitsteht, klar, lieferbar, ankommt, eintrifft, weisst, wissen, wisst, weiss, gemacht, erledigt",
    ),
    (
        PAST_AUX,
        None,
        "habe, hab, hat, haben, hatte, hatten, habt, hast, hattest, hattet, wurde, wurden, worden, bin, ist, sei, sind, häsch, händ, het, hend, hät, hed, hätte, hätten, hättest, hättet",
    ),
    (
        PAST,
        None,
        "schrieb, schrieben, rief, riefen, sagte, sagten, meldete, schickte, schickten, mailte, telefonierte, telefonierten, antwortete, bat, sprach, wurde, wurden, kam, versprach, versprachen, wollte, wollten, \
        erhielt, bekam, stand, hiess, war, waren, sollte ich, habe ich, gestern, letzte woche, letzten, letzte, neulich, vorhin, kürzlich, konnten, konnte, damals, mussten, wie im, wie am telefon, wie besprochen, wie telefonisch, wie vereinbart, wie gewünscht, wie verlangt, wie erbeten, wie gebeten, gewünschte, gewünschten, wunschgemäss, bezug nehmend, gemäss, laut, bezugnehmend, wie per, wie abgemacht, musste, meinte, meinten, kamen",
    ),
    (
        PARTICIPLE,
        None,
        "gesagt, geschrieben, geschickt, gesendet, gemeldet, geantwortet, bekommen, erhalten, versprochen, versucht, gesprochen, gelesen, vereinbart, besprochen, hinterlassen, gekriegt, gehört, \
        gegeben, informiert, benachrichtigt, bestätigt, verschickt, zugeschickt, gefunden, erreicht, probiert, beantwortet, gwunne, gschribe, gseit, gschickt, bestellt, abgesprochen, mitgeteilt, ausgemacht",
    ),
    (
        ADVERT,
        None,
        "newsletter*, werbung*, werbe*, reklame*, aktionen, abmelden, austragen, abbestellen, promo*, marketing*, mailing*, rundmail*, gutscheincode*, prospektwerbung, verteiler, tragen sie mich aus, tragt mich aus, abonnieren, gewinnspiel*, kampagne*",
    ),
    (
        GOODS,
        None,
        "paket*, päckli, päckchen, lieferung*, liefern, liefert, versand*, versenden, porto, buch, bücher, lampe, ware, waren, bestellung, geliefert, kurier, einlagen, zurücksenden, rücksendung*, retoure*, \
        zurückschicken, schuhe, gerät, brille, ersatzteil*, blumen, karte, gutschein*, poststelle, postfiliale, linsen, schlüssel, kette, batterien, kleid, hose, jacke, tasche, teil, teile, \
        kissen, stoff, muster, stoffmuster, medikamente, brot, torte, ring, filter, sendung, samen, original, velo, akku, ladekabel, sie einschicken, einsenden, einschicken, artikel, geschenk, poster, katalog, kataloge, prospekt, prospekte, zeitschrift, heft, magazin, kalender",
    ),
    (
        DEVICE,
        None,
        "suche ein handy, ein handy, neues handy, handys, handyhülle*, tastenhandy*, handyvertrag*, seniorentelefon*, seniorenhandy*, update, display, bildschirm, stürzt, app, android, iphone, akku, simkarte, fehlersuche, reparatur kostet, kaputt, verschicken, smartphone, router, vertrag kündigen, telefonbuch, klingelton, headset, freisprechanlage, mikrofon, tablet, laptop, lautsprecher, installieren, einrichten, installiert, eingerichtet, ladegerät, ladekabel, touchscreen, drucker spinnt, computer geht, tastatur, simlock",
    ),
    (
        MATTER,
        None,
        "im briefkasten, aus dem briefkasten, code, link, lösch, löschen, löscht, anhang, zettel, website, webseite, homepage, korrigieren, ändern, geändert, hinterlegt, hinterlegen, nochmal senden, verpennt, trackingnummer, sendungsnummer, angehängt, beiliegend, \
        rückrufaktion, betroffen, betrifft, produktrückruf, band, aufgefallen, falsche, tippfehler, vertippt, steht, ans telefon gehen, gehen sie ans telefon, geht ans telefon, mal ans telefon, bitte ans telefon, endlich ans telefon",
    ),
    (
        INDIFFERENT,
        None,
        "egal, ist mir gleich, mir gleich, gleichgültig, einerlei, spielt keine rolle, wurst, wurscht, schnuppe, ganz gleich, wie sie wollen, wie ihr wollt, wie du willst, wie sie möchten, glich, isch glich, ist gleich",
    ),
    (
        WITHDRAWN,
        None,
        "erledigt, hat sich erledigt, vergessen sie, vergesst, nicht mehr nötig, hinfällig, passt jetzt so, doch nicht mehr, schon geklärt, hat sich geklärt, gegenstandslos, zurückziehen, ziehe zurück, überflüssig, brauche ich nicht mehr, nicht mehr gebraucht",
    ),
    (
        DEFINITE,
        None,
        "der, die, das, dem, den, ihre, ihrer, ihren, ihrem, eure, eurer, euren, deine, deiner, unser, unsere, unserem, meine, meiner, meinen, meinem, mein, letzte, letzten, letzter, diese, dieser, dieses, diesen, bestätigungs, euer, dein, vom, zur, beim",
    ),
    (
        BY,
        None,
        "per, via, über, mit, mittels, auf, übers, aufs, am, an, im, in, uf, als, mittel, ans, über die",
    ),
    (
        BREAK,
        None,
        "sondern, aber, weil, denn, damit, da ich, da wir, obwohl, deshalb, drum, darum, deswegen, jedoch, während, wil, sonst, dafür",
    ),
    (AND, None, "und, u, sowie, un"),
    (
        LABEL,
        None,
        "nummer, nummern, adresse, adressen, numero, vorwahl, telefonnummer, handynummer, telnr, telefonnr, nr, rufnummer",
    ),
    (
        BOOK,
        None,
        "bestellen, buchen, reservieren, terminbuchung, vereinbaren, anmelden, kündigen, terminvereinbarung, reservierung, kaufen, bezahlen, abholen, vorbeibringen, anfragen, umbuchen, absagen, verschieben, stornieren, terminanfragen, bestellt man, bestellungen, zurücksenden",
    ),
    (WRITTEN, None, "schriftlich, schriftliche, schriftlicher, in schriftform, in textform"),
    (
        POINTER,
        None,
        "unten, untenstehend*, siehe signatur, signatur, nachstehend*, siehe unten, weiter unten, unterhalb, s u, unten stehend*, folgende nummer, folgender nummer, unten angegebene, unten aufgeführt*, in der signatur, in der fusszeile",
    ),
    (
        SELF,
        None,
        "folgt, folgen, anbei, hiermit, im anhang, beiliegend, hier die, hier meine, soll ich, sollen wir, muss ich, darf ich ihnen, darf ich euch, darf ich dir, selber, selbst, selbers, von mir aus, meinerseits",
    ),
    (
        ERRAND,
        None,
        "vor der lieferung, vor lieferung, vor der zustellung, hersteller, bevor sie liefern, bevor ihr liefert, beim hersteller, lieferanten, spediteur, vor dem liefern, damit sie zu hause, bevor der, ausliefern, bringen, montieren, nebenan, beim zoll, bei der versicherung, beim lieferanten, bei der bank, fragen sie, fragt sie",
    ),
    (
        TITLE,
        None,
        "roman, buch, film, hörbuch, album, cd, titel, lied, krimi, brettspiel, spiel, schallplatte",
    ),
    (THAT, None, "dass, daß, dass sie, dass ihr"),
    (
        FILLER,
        None,
        "also, auch, doch, einfach, mal, kurz, noch, schon, so, ganz, sehr, eine, einen, einer, ein, ne, nen, es, danke, hallo, guten, tag, grüezi, hoi, salü, sali, moin, servus, grüss, gott, gruss, grüsse, \
        liebe, lieber herr, heute, morgen, vormittag, nachmittag, abend, zum, zur, von, vom, bei, nach, um, wegen, was, wie, wann, welche, welcher, frage, gibt, geht, bis, für, wo, warum, wieso, isch, d, s, zäme, merci, kostet, habt, ab, eh, halt, eben, dazu, freundlichen, grüßen, mfg, lg, vg, hei, hey, hi",
    ),
];
