//! German: the standard language with Sie, du and ihr, Swiss and Austrian usage, and dialect as it is typed.

use super::super::tag::*;
use super::{EMAIL, IN_PERSON, PHONE, POST, Row, SMS, WHATSAPP};

/// Channels.
pub(in crate::wish) const CHANNELS: &[Row] = &[
    (NOUN, PHONE, "kurzes klingeln, ein klingeln, klingelzeichen"),
    (NOUN | THING, PHONE, "telefon, fon, natel, klingelton, tel, festnetz"),
    (NOUN | THING, POST, "post, briefkasten, papier"),
    (
        NOUN,
        PHONE,
        "telefonat*, telefonanruf*, anruf, anrufe, anrufs, anrufen lassen, rückruf*, telefongespräch*, \
        telefonate, tel rückmeldung, handyanruf*, sprachanruf*, videoanruf*, videotelefonat*, aaruef, aruf, aarüef, telefonkontakt, telefönli, call",
    ),
    (
        MANNER,
        PHONE,
        "telefonisch*, am telefon, per telefon, übers telefon, am hörer, fernmündlich, am apparat, zum hörer, zum telefon, an die strippe, per anruf, mit einem anruf, durchs telefon, per rückruf, zum telefonhörer, auf dem festnetz, aufs festnetz, übers handy, tel auskunft, am handy, per tel, \
        am telefonat, per fon, am tel, via telefon, aufs handy anrufen, am telefönli",
    ),
    (
        NOUN,
        SMS,
        "kurznachricht*, textnachricht*, kurzmitteilung*, simse, textnachrichten, smsli, smsle, handynachricht*",
    ),
    (NOUN, EMAIL, "mail, mails, mailantwort, mailverkehr, mailkontakt, mailchen, mäil, mäiler"),
    (
        MANNER,
        EMAIL,
        "elektronisch, auf elektronischem wege, auf elektronischem weg, als antwort auf diese mail, als antwort auf diese e mail, \
        schwarz auf weiss per mail, per mail, per email, per e mail, als pdf an, in mein postfach, in den posteingang, elektronische post, antwort auf diese mail, auf diese mail antworten, auf diese e mail antworten",
    ),
    (
        NOUN,
        POST,
        "brief, briefe, briefen, briefpost, postweg, briefweg, postadresse, postanschrift, briefform, papierpost, \
        papierbrief*, einschreiben, schneckenpost, brieflein, briefli, briefchen",
    ),
    (
        MANNER,
        POST,
        "postalisch, brieflich, auf dem postweg, auf dem briefweg, per post, per brief, auf papier, mit der gelben post, mit der post, per a post, per b post, per einschreiben, in den briefkasten, im umschlag, in einem umschlag, im verschlossenen umschlag, in einem verschlossenen umschlag, in verschlossenem umschlag, in meinen briefkasten, im kuvert, per briefpost, in briefform, auf postalischem weg*",
    ),
    (
        MANNER,
        IN_PERSON,
        "persönlich, mündlich, von angesicht zu angesicht, unter vier augen, im direkten gespräch, von mensch zu mensch, in natura",
    ),
    (
        PLACE,
        IN_PERSON,
        "im laden, vor ort, am schalter, im geschäft, an der theke, am tresen, bei der abholung, beim abholen, am stand, in der filiale, \
        im salon, in der werkstatt, an der kasse, am ladentisch, an meinen*, bei mir vorbei, im lade, vor ort sagen, ins geschäft, in der apotheke, \
        am empfang, im studio, in der praxis, wenn ich den, wenn ich die, wenn ich das, wenn ich komme, wenn ich vorbeikomme, wenn ich es hole, \
        wenn ich da bin, bei der anprobe",
    ),
    (
        STEM,
        PHONE,
        "ruf, rufe, rufen, ruft, rufts, ruaf, ruafn, ruafts, rufet, rüef, rüefed, rufst, läutest, klingelst, lüüt, lüüte, lüüted, lüütet, läut, läute, läuten, läutet, lüt, lüted, lütet, klingel, klingle, klingeln, klingelt, \
        bimmel, bimmelt, bimmeln, schell, schellen, schellt, telefonier durch",
    ),
    (PARTICLE, None, "an, zurück, durch, aa, a, ah, retour, zrugg, zrug, zruck"),
    (
        CALL | INFINITIVE,
        PHONE,
        "anrufen, zurückrufen, durchrufen, durchläuten, anläuten, durchklingeln, anklingeln, telefonieren, anzurufen, \
        zurückzurufen, zu telefonieren, aalüte, aalüüte, alüte, aalüten, zu telefonieren, funken, klingeln lassen, klingeln lasst, bei mir klingeln, durchklingeln lassen, aarüefe, arüefe, zruggrüefe, zrugglüte, telefoniere, antelefonieren, \
        durchbimmeln, rückrufen, anbimmeln, zurück rufen, an rufen, retour rufen, durchtelefonieren, aalüüten",
    ),
    (
        CALL | IMPERATIVE,
        PHONE,
        "telefonier, telefoniert, telefoniered, anruft, zurückruft, anrufst, zurückrufst, durchläutet, anläutet, durchklingelt, anläutest, \
        aalütet, aalüted",
    ),
    (
        CALL | PARTICIPLE,
        PHONE,
        "angerufen, zurückgerufen, telefoniert, durchgerufen, angeläutet, durchgeklingelt, aaglüte, aagrüeft",
    ),
    (CALL | IMPERATIVE | INFINITIVE, SMS, "simsen, simst, sims, smsen, smst, texten, textet"),
    (
        CALL | IMPERATIVE | INFINITIVE,
        EMAIL,
        "mailen, mailt, maile, mail mir, mailet, zumailen, anmailen, mailed, mailst, zurückmailen, zu mailen",
    ),
    (CALL | PARTICIPLE, EMAIL, "gemailt, angemailt, zugemailt"),
    (CALL | IMPERATIVE | INFINITIVE, WHATSAPP, "whatsappen, whatsappt, whatsappe, whatsapp mir"),
    (CALL | TALK, PHONE, "telefonieren wir"),
    (
        HERE,
        None,
        "hier, hierher, hierhin, hierüber, hier drüber, in diesem chat, im chat, da im, eifach do, hierauf, do uf, im gleichen chat, auf diesem weg, auf diesem wege, \
        auf dem gleichen weg, über diesen chat, auf gleichem weg, auf gleichem wege, auf diese nachricht, an diese nummer, auf diese nummer, \
        auf dieser nummer, do im chat, auf demselben weg, über diesen kanal, da drin, do drin",
    ),
];

/// Answering.
pub(in crate::wish) const ANSWERS: &[Row] = &[
    (ANSWER, None, "auf diese mail antworten, auf diese e mail antworten"),
    (
        ANSWER | IMPERATIVE | INFINITIVE,
        None,
        "antworten, antwortet, antworte, antwortets, beantworten, beantwortet, beantworte, zurückschreiben, zurückschreibt, schreiben, schreib, \
        schreibt, schreibe, schreibst, schreibts, schriib, schriibe, schribe, schriibed, schrib, schriebe, schriebed, schriebt mir, zruggschriibe, zrugschriibe, melden, meldet, \
        meld, melde, meldest, meldets, mälde, mäld, mälded, anschreiben, anschreibt, zu antworten, zu schreiben, zurückmelden, rückmelden, schreim, schriiben, zu melden",
    ),
    (
        ANSWER | TELL | IMPERATIVE | INFINITIVE,
        None,
        "sagen, sagt, sag, sagts, säg, sägä, säge, säget, säged, mitteilen, teilen, teilt, teil, teile, mitteilt, informieren, informiert, informier, \
        informiere, benachrichtigen, benachrichtigt, benachrichtige, verständigen, erklären, erklärt, erklär, erkläre, durchgeben, durchgebt, wissen lassen, \
        lassen sie es mich, lasst es mich, bescheiden, geben, gebt, gib, gebts, gäh, gäbe, gäbet, gäbed, gib mir, weitergeben, zusammenfassen, bestätigen, bestätigt, \
        bestätige, erläutern, avisieren, orientieren, unterrichten, auf mich zu, auf uns zu, auf dem laufenden, halten sie mich, haltet mich, halt mich, von sich hören, von euch hören, mach mir, macht mir, machen sie mir, wissen lasst, lasst mich, lassen sie mich, lass mich, ausrichten, bescheid sagen, zurückmelden, ein zeichen geben, laut geben, verklickern, nennen, nennt, nenn, \
        erinnern, erinnert, erinnere, bescheid geben, bscheid gäh, auskunft geben, mitzuteilen, zu sagen, zu informieren",
    ),
    (
        ANSWER | SEND | IMPERATIVE | INFINITIVE,
        None,
        "schicken, schickt, schick, schicke, schickst, schickts, schicked, schicket, senden, sendet, sende, sänd, sänded, zusenden, zuschicken, zukommen, übermitteln, \
        übersenden, zustellen, stellen, hinschicken, sendest, zuzusenden, zuzuschicken, zu senden, zu schicken, zurücksenden, weiterleiten, leiten, schickeds, rüberschicken, \
        schicke mir, hinterlassen, sprechen sie mir",
    ),
    (
        ANSWER | REACH,
        None,
        "kontaktieren, kontaktiert, kontaktier, kontaktiere, kontakt aufnehmen, in verbindung, setzen, setzt, kontakt auf, kontaktaufnahme, kontaktierst",
    ),
    (
        REPLY,
        None,
        "antwort, antworten bitte, antworterl, bescheid, bscheid, bescheed, rückmeldung*, auskunft, info, infos, nachricht, nachrichten, benachrichtigung*, mitteilung*, rückantwort, beratung, \
        feedback, meldung, kontaktaufnahme, kontakt, korrespondenz, rücksprache, kommunikation, informationen, information, angaben, reaktion, stellungnahme, terminbestätigung*, \
        erinnerung*, rückinfo, terminvorschlag, terminvorschläge, zusage, absage, preisangabe, preisauskunft, terminerinnerung*, avis, avisierung, erledigung, \
        benachrichtigen lassen, abholtermin, abholbescheid, details, ergebnis, einschätzung",
    ),
    (
        DOCUMENT,
        None,
        "angebot*, offerte*, kostenvoranschlag*, kostenvoranschläge, rechnung, rechnungen, rechnungskopie, quittung*, beleg, belege, bestätigung*, auftragsbestätigung*, bestellbestätigung*, \
        kopie, kopien, zusammenfassung, unterlagen, foto, fotos, bild, bilder, liste, preisliste, pdf, garantieschein, kaufbeleg, reparaturbericht, mahnung*, vertrag, preise, \
        dokumente, dokument, formular, formulare, zertifikat, lieferschein, kva, bericht, massblatt, skizze, skizzen, entwurf, entwürfe, anleitung, attest, \
        gutschrift, abrechnung*, rezeptkopie, messwerte, werte",
    ),
    (
        TALK | WE | MODAL,
        None,
        "reden wir, sprechen wir, telefonieren wir, besprechen wir, klären wir, lasst uns, lass uns, lassen sie uns",
    ),
    (CALL | WE | MODAL, PHONE, "telefonieren wir"),
    (
        TALK | INFINITIVE,
        None,
        "sprechen, reden, besprechen, klären, abklären, bereden, quatschen, plaudern, austauschen, abmachen, weiterführen, wechseln, weiterschreiben, unterhalten, \
        durchsprechen, absprechen, abstimmen, diskutieren, schwätze, rede, weitermachen, regeln, erörtern, zu besprechen, durchgehen",
    ),
    (
        PLEASE,
        None,
        "bitte, bittschön, bitteschön, bitt, bidde, büdde, bitti, biite, sgs, wäret sie so, seien sie so, sind sie so, bitte ich um, bitte um, ersuche, ersuchen, \
        wäre froh, dankbar, dürfte ich sie bitten, darf ich sie bitten, ich bitte, wir bitten, wär froh, wäre dankbar, sei so, seid so, wären sie so, würd ich bitten, bittet um, bittet, bäte, zögern sie nicht, nicht zögern, nicht vergessen, vergessen sie nicht, vergesst nicht, vergiss nicht, scheuen sie sich nicht, nicht scheuen, zögert nicht",
    ),
    (
        PREFER,
        None,
        "sind mir lieber, ist mir lieber, wäre mir lieber, wären mir lieber, lieber, am liebsten, liebsten, am besten, besten, bevorzuge, bevorzugen, bevorzugt, vorzugsweise, präferiere, wäre mir lieb, ziehe vor, angenehmer, einfacher, \
        besser, bequemer, idealerweise, sinnvoller, am einfachsten, einfachsten, praktischer, am schnellsten, schnellsten, lieber wäre, bevorzugter, bevorzugte, liebschte, am liebschte, \
        lieber wär, mir lieber, zieh vor, am praktischsten, am bequemsten, geschickter, gescheiter, liaba, liawa, liebr, vorziehen, wunschkanal, am sichersten, eher, am angenehmsten",
    ),
    (
        WANT,
        None,
        "möchte, möchten, möcht, wünsche, wünscht, wünschen, will, hätte gern, hätte gerne, hätt gern, hätt gerne, würde gern, würde gerne, würde mich freuen, \
        freue mich über, freu mich über, wünschte, wolle, würden uns freuen, freuen, freute mich, freut mich, würd gern, würd gerne, freuen uns über, freue mich auf ihren, freue mich auf einen, freu mich auf, höre gern, höre gerne, warte auf ihren, warte auf einen, warte auf deinen, erwarte ihren, wett gern, wetti, wett, möcht gern, hett gern, hätti gern, \
        zeit für, minuten für, minute für, moment für, minütchen für, bevorzugt, wünscht sich, würde ich gern, würde ich gerne, bestehe auf, besteht auf, brauche, bräuchte, bräucht, benötige, brauch, erwarte, hätte ich gern, hätte ich gerne, \
        hätt ich gern, verlangt, um einen, um eine, um ein, wäre es möglich, wär es möglich, ist es möglich, wäre möglich, wollen wir, wollen, hätten gern, hätten gerne, hätte lieber, mag, freut sich über, hofft auf",
    ),
    (
        SUFFICES,
        None,
        "reicht, genügt, langt, längt, reichts, reichen, genügen, wäre nett, wäre super, wäre toll, wäre lieb, wäre prima, wäre schön, wäre ideal, wäre perfekt, wär nett, wär super, \
        wär toll, wär lieb, wär schön, tuts, tut es, passt gut, passt am besten, ist ok, ist okay, ist in ordnung, ist mir recht, wäre gut, wär gut, wäre hilfreich, wäre fein, wär fein, \
        wär cool, wäre cool, wäre mir recht, sind ok, sind okay, sind gut, sind in ordnung, sind mir recht, sind mir lieber, ist erlaubt, wäre mir lieb, langt völlig, langt mir, wäre eine wohltat, würde genügen, würde reichen, würde mir reichen, würde mir genügen, würde mir helfen, würde helfen, schon helfen, mir hilft, wäre mir wichtig, ist mir wichtig, wäre wichtig, sehr helfen, hilft mir, täte es, tät es, tuts auch, geht auch, ist gut, ist am einfachsten, ist einfacher, ist mir lieber, ist praktischer, ist super, ist prima, wäre am besten, ist besser, geht besser, geht gut, geht am besten, passt besser, geht am schnellsten, funktioniert am besten, \
        wär super, wäre wunderbar, wäre grossartig, ist ideal, ist super, wäre das beste, wäre mir am liebsten, klappt am besten, wäre freundlich, wäre praktisch",
    ),
    (SUFFICES, None, "schon geholfen, geholfen, wäre geholfen, gedient"),
    (
        ASKED,
        None,
        "erbeten, gebeten, erwünscht, gewünscht, gern, gerne, willkommen, verlangt, gewünscht ist, ausdrücklich erlaubt, gärn",
    ),
    (
        REACH,
        None,
        "erreichbar, erreichen, erreichst, erreicht, erreiche, erwischen, zu erwischen, erwischt ihr mich, erwischen sie mich, anzutreffen, treffen sie mich, zu erreichen, zu sprechen, ansprechbar",
    ),
    (
        CHANNEL,
        None,
        "kontaktweg, kanal, kontaktart, kommunikationsweg, kontaktkanal, wunschkanal, kommunikationskanal, kontaktmöglichkeit, weg",
    ),
];
