//! French, with Swiss usage, vous and tu, and the short forms of text messages.

use super::super::tag::*;
use super::{EMAIL, IN_PERSON, PHONE, POST, Row, SMS};

/// Channels.
pub(in crate::wish) const CHANNELS: &[Row] = &[
    (CALL | SHALL | IMPERATIVE, PHONE, "à rappeler"),
    (NOUN | THING, PHONE, "téléphone, tél, tel, phone, fixe, natel, portable"),
    (NOUN | THING, POST, "poste, papier, boîte aux lettres"),
    (
        NOUN,
        PHONE,
        "appel, appels, coup de fil, coups de fil, coup de téléphone, coup de tel, rappel téléphonique, appel téléphonique, appels téléphoniques, rappel, bigophone, ligne fixe, coup de bigo, vocal, entretien téléphonique, coup de tél",
    ),
    (
        MANNER,
        PHONE,
        "par téléphone, au téléphone, téléphoniquement, par tél, au tél, par tel, au tel, de vive voix au téléphone, au bout du fil, sur mon fixe, sur le fixe, téléphonique, téléphoniques, sur mon téléphone fixe, via téléphone, sur mon portable par appel",
    ),
    (NOUN, SMS, "texto, textos, sms, minimessage"),
    (
        NOUN,
        EMAIL,
        "mail, mails, courriel, courriels, email, emails, e mail, e mails, mèl, adresse électronique, message électronique, mél, courrier électronique, boîte mail",
    ),
    (
        MANNER,
        EMAIL,
        "par mail, par courriel, par email, par e mail, par courrier électronique, par retour de mail, par voie électronique, par retour de courriel, en réponse à ce mail, électroniquement, en réponse à ce courriel, en pdf à, répondre à ce mail, répondez à ce mail",
    ),
    (NOUN, POST, "courrier, lettre, lettres, courriers, courrier papier, courrier postal, lettre papier"),
    (
        MANNER,
        POST,
        "par courrier, par courrier postal, par la poste, par poste, par lettre, par voie postale, postalement, sur papier, sous pli, par pli, par écrit à mon adresse, à mon adresse postale, à mon domicile par courrier, au format papier, en recommandé",
    ),
    (MANNER, IN_PERSON, "de vive voix, en personne, face à face, en face, oralement"),
    (
        PLACE,
        IN_PERSON,
        "sur place, en magasin, à la boutique, au comptoir, au magasin, en boutique, au guichet, à l atelier, quand je passe, quand je viens, quand je passerai, à la caisse, lors de mon passage, à mon passage, au salon, à mon arrivée, quand je viendrai, en venant chercher, quand je récupère, dans votre magasin, dans la boutique, à la pharmacie, en passant",
    ),
    (
        CALL | IMPERATIVE | INFINITIVE,
        PHONE,
        "appeler, appelez, appelle, appelles, appellez, apeler, apelez, apelle, rappeler, rappelez, rappelle, rappellez, rapeler, rapelez, téléphoner, téléphonez, téléphone, téléphones, retéléphoner, passer un coup de fil, passez un coup de fil, rapeller, tel moi, passe un coup de fil, bigophoner, passez moi un coup de fil, passe moi un coup de fil, sonner, appeller, rappeller, appelé vous, appeliez, rappeliez, rapelle, \
        passer un coup de téléphone, téléphoniez, rappelerez, rappellerez, appellerez, téléphonerez, un appel au, rappel au, rappelles, donner un coup de fil, donnez moi un coup de fil, passez moi un appel, passez moi un coup de téléphone, passez nous un coup de fil, passer un appel",
    ),
    (CALL | PARTICIPLE, PHONE, "appelé, appelée, appelés, rappelé, rappelée, téléphoné"),
    (CALL | IMPERATIVE | INFINITIVE, SMS, "texter, textez, texte moi, smser, smsez"),
    (CALL | IMPERATIVE | INFINITIVE, EMAIL, "mailer, mailez, emailer, maile moi"),
    (
        HERE,
        None,
        "ici, ici même, dans ce chat, sur ce chat, par ici, dans cette conversation, sur ce fil, par ce biais, par ce canal, dans le chat, à ce numéro, sur ce numéro, dans ce fil, à ce message, par le même biais, par la même voie",
    ),
];

/// Answering.
pub(in crate::wish) const ANSWERS: &[Row] = &[
    (REPLY, None, "rappels, relances"),
    (
        ANSWER | IMPERATIVE | INFINITIVE,
        None,
        "répondre, répondez, réponds, écrire, écrivez, écris, écrit moi, écriver, répondez moi, recontacter, recontactez, recontacte, répondrez, écrirez, répondiez, écriviez, repondé, écrives, répondes, ecrire, revenir vers moi, revenez vers moi",
    ),
    (
        ANSWER | TELL | IMPERATIVE | INFINITIVE,
        None,
        "dire, dites, dis, faites moi, fais moi, donnez moi, donne moi, donner, informer, informez, informe, prévenir, prévenez, préviens, avertir, avertissez, avertis, expliquer, expliquez, explique, expliquerez, direz, diras, tenir au courant, tenez moi au courant, tenez moi informé*, faire savoir, faites moi savoir, faites le moi savoir, fais moi signe, faites moi signe, faites signe, donner des nouvelles, donnez moi des nouvelles, communiquer, communiquez, \
        indiquer, indiquez, confirmer, confirmez, confirme, résumer, résumez, signaler, signalez, aviser, avisez, renseigner, renseignez, préviendrez, informerez, prévenu, prévenue, informé, informée, averti, avertie, tenu au courant, tenue au courant, tenez nous au courant, rappeler le rendez vous, faites nous savoir, dise, disiez, préveniez, avertissiez, avisé, avisée, redire, redites, tiens moi au courant, fais moi savoir, faire signe, contacté, contactée, joint, jointe, dites le moi",
    ),
    (
        ANSWER | SEND | IMPERATIVE | INFINITIVE,
        None,
        "envoyer, envoyez, envoie, envoi, envoyé moi, adresser, adressez, transmettre, transmettez, faire parvenir, faites moi parvenir, passer, passez, passe, faites parvenir, laisser, laissez, laisse, expédier, expédiez, envoies, mettre, faire suivre, enverrez, envoyiez, balance, balancez, balance moi, poster, transmets, adresse moi, faites suivre",
    ),
    (
        ANSWER | REACH | IMPERATIVE | INFINITIVE,
        None,
        "contacter, contactez, contacte, joindre, joignez, joins, atteindre, me trouver, prendre contact, prenez contact, contactiez, joigniez, contacterez",
    ),
    (
        REPLY,
        None,
        "réponse, réponses, rép, nouvelle, nouvelles, confirmation, info, infos, message, messages, communication, communications, correspondance, notification, notifications, avis, retour, renseignement, renseignements, information, informations, mot, petit mot, contact, détails, prix, échange, échanges, explication, explications, rendez vous, horaire, relance",
    ),
    (
        DOCUMENT,
        None,
        "devis, offre, facture, factures, reçu, quittance, confirmation, copie, copies, récapitulatif, photo, photos, image, images, pdf, liste, tarif, tarifs, document, documents, attestation, contrat, justificatif, duplicata, ticket, bon, certificat, résumé, estimation, plan, croquis, formulaire, bulletin, rapport, visuels, avoir",
    ),
    (
        TALK | WE | MODAL,
        None,
        "parlons en, parlons, discutons en, discutons, on se parle, on en parle, on en discute, on en reparle",
    ),
    (
        CALL | WE | MODAL,
        PHONE,
        "appelons nous, téléphonons nous, on s appelle, on se téléphone, on se rappelle, s appeler, se téléphoner",
    ),
    (
        TALK | INFINITIVE,
        None,
        "parler, parle, parlions, discuter, discute, en parler, en discuter, échanger, s entretenir, voir ensemble, régler, continuer, passer sur, poursuivre, convenir, s appeler, se parler, voir ça, en reparler, reparler, expliquer tout, basculer, se téléphoner, téléphoner ensemble",
    ),
    (
        PLEASE,
        None,
        "s il vous plaît, s il te plaît, svp, stp, merci de, veuillez, prière de, je vous prie, je te prie, vous prie, ayez l amabilité, ayez la gentillesse, auriez vous l amabilité, auriez vous la gentillesse, je vous saurais gré, vous serait il possible, merci d, merci par avance de, sil vous plait, sil te plait, s v p, vous serais reconnaissant*, vous remercie de, vous demande de, vous demander de, merci bien de, vous saurai gré, s il vs plait, vous remercierais de, n hésitez pas, n hésite pas, n oubliez pas, n oublie pas, hésitez pas, oubliez pas",
    ),
    (
        FILLER,
        None,
        "si vite, si rapidement, si bien, si gentiment, si tard, il y a, il est, il faut, il n y, il me, il serait, il va",
    ),
    (
        PREFER,
        None,
        "il vaut mieux, il vaudrait mieux, il serait plus, il est plus simple, il serait préférable, il serait mieux, il serait plus simple, préfère, préférerais, préférerai, préférais, préférable, de préférence, plutôt, mieux, le plus simple, plus simple, plus pratique, plus facile, idéalement, privilégier, privilégiez, préféré, idéal, vaut mieux, plus commode, plus rapide, le plus pratique, le plus rapide, le mieux, le plus facile, privilégie, préférons, préférence, aime mieux, aimerais mieux, préférez, préférerions, moyen le plus sûr, plus sûr, plus agréable",
    ),
    (
        WANT,
        None,
        "voudrais, il me faut, me faut, il me faudrait, me faudrait, veux, veut, souhaite, souhaiterais, aimerais, désire, désirerais, demande, demanderais, j aimerais, voudrait, souhaiterait, aimerait, besoin d un, besoin d une, attends votre, attend, serait il possible, est il possible, possible de, possible d, possibilité de, serait possible, qu on en, faut qu on, il faut, faudrait, dispo pour, disponible pour un, disponible pour une, est ce qu on peut, on peut, peut on, pourrait on, pourrions nous, souhaitons, aimerions, voudrions, \
        un moment pour, minutes pour, une minute pour, le temps pour un, veut un, veut une, veut être, demande à être, temps pour un, pouvons nous, demande un, demande une, j attends, j attends votre, dans l attente de votre appel, insiste pour, besoin qu on, besoin que vous, compte sur",
    ),
    (
        SUFFICES,
        None,
        "suffit, suffira, suffirait, ira, ira très bien, irait, me va, conviendra, convient, convient mieux, m arrange, m arrangerait, serait parfait, serait bien, serait super, serait top, serait idéal, serait l idéal, serait gentil, serait sympa, est parfait, sont parfaits, sont ok, c est parfait, est mieux, serait mieux, sera parfait, sera mieux, me suffit, suffisent, sera très bien, fera l affaire, ferait l affaire, serait apprécié, me conviendrait, \
        marche mieux, est l idéal, est idéal, c est bien, c est mieux, me convient, m irait, passe mieux, va très bien, est bien, est plus simple, est le plus simple, seront parfaits, serait le mieux, sera l idéal, ferait plaisir, me ferait plaisir, m aiderait, m arrangerait bien, fonctionne mieux, serait aimable, très bien",
    ),
    (
        ASKED,
        None,
        "souhaité, souhaitée, bienvenu, bienvenue, volontiers, apprécié, demandé, demandée, serais ravi, serais ravie, avec plaisir, serais reconnaissant, serais reconnaissante",
    ),
    (
        REACH,
        None,
        "joignable, disponible, atteignable, joignables, contactable, me joindre, me contacter, joint au",
    ),
    (
        CHANNEL,
        None,
        "moyen de contact, canal, mode de contact, moyen de communication, voie, canal de contact, moyen",
    ),
];

/// The frame around it.
pub(in crate::wish) const FRAMES: &[Row] = &[
    (
        SUFFICES,
        None,
        "suffisant, suffisante, suffisants, rassurerait, aiderait, arrangerait, plairait, soulagerait, me faciliterait",
    ),
    (
        GOOD,
        None,
        "bien, parfait, idéal, super, top, gentil, sympa, pratique, utile, apprécié, plaisir, génial",
    ),
    (WOULD_BE, None, "serait, serais, seraient, ferait"),
    (PAST, None, "auriez pu, aurait pu, auriez dû, aurait dû, aurais pu"),
    (SAYS, None, "attend, exige, réclame"),
    (ME, None, "me, m, moi, nous"),
    (YOU, None, "vous, tu, te, toi, quelqu un, on, t, quelqun, vs, qqn, qqun"),
    (I, None, "je, j, chui, jsuis, jpeux, jpe, jsui"),
    (WE, None, "nous, on, qu on"),
    (
        THIRD,
        None,
        "mère, père, parents, mari, femme, fille, fils, frère, soeur, voisin, voisine, collègue, patron, fabricant, fournisseur, tante, oncle, amie, ami, grand mère, grand père, mamie, papi, papy, livreur, secrétaire, concierge, belle mère, beau père, destinataire, compagne, compagnon, copain, copine, neveu, nièce, cousin, cousine, gardien, maman, papa, assurance, propriétaire",
    ),
    (HE, None, "il, elle, ils, elles, leur, lui"),
    (MODAL | I, None, "puis je, pourrais je, peux je"),
    (NEEDS, None, "besoin, attends, exige, demande, réclame, ai besoin, exiger, attend"),
    (
        SAYS,
        None,
        "dit, dis, pense, veut, voudrait, demande, raconte, trouve, préfère, aimerait, souhaite, disait, croit, écrit, conseillé, recommandé, conseille",
    ),
    (
        MODAL,
        None,
        "pouvez, pourriez, peux, pourrais, peut, pourrait, puis, auriez, aurais, voulez, voudriez, veux tu, seriez, pouvez vous, pouriez, pourriez vous, peux tu, pouvons, devriez, devez, pourrons, pourrez, pourras, puissiez, pourrez vous, pourai",
    ),
    (NEED, None, "devez, avez besoin, as besoin, faut pas, n avez pas à, n avez pas besoin"),
    (SHALL, None, "doit être, à rappeler, à recontacter, à joindre"),
    (HAVE | INFINITIVE, None, "avoir, recevoir, obtenir, reçoive, récupérer en pdf"),
    (PASSIVE, None, "être, qu on me, que l on me, qu on m, se faire, soit, sois"),
    (
        ONLY,
        None,
        "seulement, uniquement, que par, que sur, exclusivement, juste, simplement, rien que, seul, seule",
    ),
    (NOT, None, "pas, ne, n, non, nullement, aucunement, surtout pas, point"),
    (NO | NEVER, None, "jamais de, jamais d, jamais par, jamais sur"),
    (
        NO | LASTING,
        None,
        "plus de, plus d, plus aucun, plus aucune, plus par, plus via, plus jamais de, plus jamais d",
    ),
    (
        NO,
        None,
        "pas de, pas d, aucun, aucune, non aux, non au, zéro, ni de, marre des, pas un, pas par, pas via, pas sur",
    ),
    (NEITHER, None, "ni"),
    (OR, None, "ou, ni, ou bien"),
    (
        VERSUS,
        None,
        "plutôt que, plutôt qu, au lieu de, au lieu d, que de, que par, à la place de, à la place d, que d, au lieu des, au lieu du, qu un, qu une, que le, que les, que sur, plutôt que de",
    ),
    (
        WAIVE,
        None,
        "inutile de, inutile d, pas besoin, pas la peine, pas nécessaire, pas obligé, n est pas utile, dérange pas, ne me dérange, ça ne me dérange, rien contre, ce n est pas que, c est pas que, non pas que, pas parce que, pas seulement, non seulement, ne vous dérangez pas, rien à faire, pas nécessaires, nul besoin, pas utile, ne prenez pas la peine, superflu",
    ),
    (
        REFUSE,
        None,
        "arrêtez, arrête, arrêter, cessez, cesser, évitez, évite, éviter, stop, fini les, finis les, refuse, bannir, abstenir, abstenez, supprimez, oubliez, oublie, bannissez, non merci, sûrement pas, interdis, m oppose, proscrire, assez des",
    ),
    (REFUSE | LASTING, None, "plus recevoir, ne plus recevoir"),
    (SELDOM, None, "rarement, presque jamais, à peine, guère"),
    (
        USELESS,
        None,
        "n est pas pour moi, ne sont pas pour moi, n est pas une option, je déteste, pas fan de, ne me convient pas, ne me conviennent pas, à proscrire, pas mon truc",
    ),
    (WORKS, None, "marche, marchent, fonctionne, fonctionnent, passe, passent, sert, servent, aide"),
    (ANSWER | IMPERATIVE | USE, None, "utilisez, utilise, prenez, restez sur"),
    (
        USELESS,
        None,
        "ne sert à rien, sert à rien, ne servent à rien, servent à rien, ne marche pas, ne marchent pas, marche pas, marchent pas, ne fonctionne pas, ne fonctionnent pas, fonctionne pas, fonctionnent pas, impossible, impossibles, ne passe pas, ne passent pas, passe pas, passent pas, n arrivent pas, n arrivent jamais, n arrive jamais, exclu, hors de question, pas possible, pas une option, ne m arrivent pas, ne m arrive jamais, m arrive jamais, m arrivent jamais, m arrive pas, m arrivent pas, interdit, interdits, c est non",
    ),
    (
        SENSE,
        None,
        "lis, lire, vois, voir, reçois, recevoir, consulte, consulter, décroche, décrocher, réponds, répondre, entends, entendre, prendre, regarde, ouvre, relève, accès, lit, écoute, ouvrir, prends, regarder, utilise, utilise pas, utiliser",
    ),
    (
        LASTING,
        None,
        "désormais, dorénavant, toujours, à l avenir, systématiquement, à partir de maintenant, dès maintenant, dès aujourd hui, définitivement, une fois pour toutes, chaque fois, à chaque fois, en permanence, par défaut, pour toujours, à compter d aujourd hui, de façon générale, en règle générale, ne plus, plus jamais, généralement, à partir d aujourd hui, pour la suite, jusqu à nouvel ordre, toute communication, à compter de ce jour, dès à présent, en toutes circonstances, tous mes, toutes mes, toutes les communications, pour toutes les prochaines, durablement, dans le futur, à tous les coups, sans exception, plus aucun, plus aucune",
    ),
    (
        STILL,
        None,
        "toujours pas, pas toujours, est toujours, toujours en, toujours aussi, suis toujours, toujours été, ai toujours, avez toujours, ont toujours, sont toujours, depuis toujours, comme toujours, toujours à",
    ),
    (NEVER, None, "jamais"),
    (MORE, None, "plus, davantage"),
    (
        CONDITION,
        None,
        "en cas de, en cas d, au cas où, si jamais, s il y a, s il n y en a plus, s il, s ils, si vous avez, si besoin, si nécessaire, sauf si, seulement si, uniquement si, en cas, sinon, à condition, pour toute question, si problème, si souci, si question, si questions, si ce n est pas, si c est pas, s il n y a plus, en urgence, en cas d urgence, si elle, si elles, si vous ne, dans le cas où, au besoin, pourvu que, le cas échéant, si un, si une, si l, si la, si le, si les, si y a, si ya, si ça, si cela, si quelque chose, si c, si problèmes, éventuellement, si pb, à moins que, en l absence de, si il, si j, si je, si vous n, si retard, en cas",
    ),
    (IF, None, "si"),
    (
        TIME,
        None,
        "le soir, le matin, avant, après, le dimanche, entre, pendant, trop tôt, trop tard, le week end, la nuit, le samedi, à midi, en soirée",
    ),
    (
        WHEN,
        None,
        "quand, dès que, lorsque, dès qu, une fois que, combien, aussitôt que, avant que, avant de, quel, quelle, après que",
    ),
    (
        POLITE_IF,
        None,
        "si possible, si c est possible, si vous pouvez, si tu peux, si vous pouviez, si tu pouvais, si vous le voulez bien, si ça vous va, si cela vous convient, si ça ne vous dérange pas, si vous voulez bien, si vous voulez, si vous préférez, si ça te va, si cela ne vous ennuie pas, si cela vous va, si cela ne vous dérange pas, si vous aviez, si quelqu un pouvait, si quelqu un peut, s il vous plaît, s il te plaît",
    ),
    (UNCERTAIN, None, "problème, retard, question, questions, souci, plus, pas, urgence, doute"),
    (READY, None, "prêt, prête, prêts, arrivé, arrivée, là, fini, disponible, réparé, réparée"),
    (
        PAST_AUX,
        None,
        "avez, ai, as, a, ont, avait, aviez, avais, avons, auriez dû, était, étaient, a été, avez déjà",
    ),
    (
        PAST,
        None,
        "hier, devait, devais, merci pour, merci d avoir, la semaine dernière, dernière fois, suite à, comme convenu, comme demandé, comme souhaité, faisant suite, comme discuté, étais, étiez, reçu hier",
    ),
    (
        PARTICIPLE,
        None,
        "envoyé, écrit, dit, reçu, répondu, laissé, essayé, contacté, eu, promis, parlé, informé, prévenu, demandé, joint, envoyée, envoyés, perdu, prévenue, informée, répondue, convenu, lu, transmis, donné, reçue, reçus",
    ),
    (
        ADVERT,
        None,
        "newsletter*, publicité*, pub, pubs, promo*, promotion*, désabonner, désinscrire, infolettre*, lettre d information, publicitaire*, désinscription, marketing, prospectus, inscrire, abonner, démarchage, désabonnez, désinscrivez, soldes, offres commerciales",
    ),
    (
        GOODS,
        None,
        "colis, livraison, livrer, livrez, lampe, livre, livres, paquet, retour, renvoyer, expédier, expédiez, article, articles, commande, port, chaussures, montre, clé, clés, pièce, pièces, échantillon, échantillons, cadeau, bon cadeau, lunettes, lentilles, gâteau, fleurs, retourner, produit, sac, robe, tissu, bague, bougies, renvoi, carte, disque, chargeur, batterie, bijou, colissimo, veste, poster, vase",
    ),
    (
        DEVICE,
        None,
        "téléphones simples, mise à jour, écran, appli, application, smartphone, iphone, android, réparation du téléphone, téléphone cassé, batterie, coque, chargeur, répondeur cassé, sim, forfait, sonnerie, vendez, casque, coques, micro, tablette, installer, haut parleur, clavier",
    ),
    (
        MATTER,
        None,
        "code, lien, pièce jointe, supprimez, supprimer, corriger, corrigez, site, mettre la fiche à jour, mettre à jour, effacer, efface, effacez, erreur dans, mot de passe, nouveau portable, nouveau numéro, renvoyer le, renvoyez le, faute de frappe",
    ),
    (
        INDIFFERENT,
        None,
        "peu importe, comme vous voulez, comme tu veux, ça m est égal, m est égal, indifférent, égal, n importe, au choix, comme vous préférez, à votre convenance, c est égal, pareil pour moi, peu m importe, c est pareil, comme ça vous arrange, m importe peu, aucune préférence, pas de préférence",
    ),
    (
        WITHDRAWN,
        None,
        "laissez tomber, laisse tomber, plus besoin, n est plus nécessaire, oubliez ma, annulez, c est réglé, c est bon finalement, tant pis, plus la peine, finalement c est, n est plus la peine, plus nécessaire, ne tenez pas compte",
    ),
    (
        DEFINITE,
        None,
        "le, la, les, l, votre, vos, ton, ta, tes, mon, ma, mes, ce, cet, cette, dernier, dernière, notre, son, sa",
    ),
    (BY, None, "par, via, sur, à, au, en, avec, de"),
    (
        BREAK,
        None,
        "mais, car, parce que, parce qu, puisque, puisqu, donc je, comme je, alors que, afin que, pour que, c est pour, alors, comme ça, donc, ainsi, vu que, étant donné",
    ),
    (AND, None, "et, puis"),
    (LABEL, None, "numéro, numéros, adresse, adresses, no, num"),
    (
        BOOK,
        None,
        "commander, réserver, prendre rendez vous, acheter, payer, prendre rdv, résilier, annuler, commande, commandes, renvoyer, retourner, rendez vous en ligne, réservation, m inscrire, passer commande",
    ),
    (WRITTEN, None, "par écrit, écrite, écrits"),
    (POINTER, None, "ci dessous, plus bas, en bas, signature, ci après, en dessous"),
    (
        SELF,
        None,
        "voici, suivra, suit, ci joint, par la présente, dois je, voulez vous que je, veux tu que je, faut il que je, moi même, elle même, lui même, c était à moi, l inverse",
    ),
    (
        ERRAND,
        None,
        "avant de livrer, avant la livraison, fabricant, fournisseur, avant livraison, avant de passer, livreur, transporteur, avant de venir, chez le fabricant, avec le fabricant",
    ),
    (TITLE, None, "roman, livre, film, album, disque, chanson, titre, bd, polar, jeu"),
    (THAT, None, "que, qu"),
    (
        FILLER,
        None,
        "bonjour, bonsoir, salut, merci, le, la, les, un, une, des, du, de, d, et, est, c, ce, ça, pour, dans, avec, quand, dès que, combien, y, en, suis, cordialement, votre, vos, mon, ma, mes, qui, quel, quelle, demain, matin, soir, coucou, madame, monsieur, simple, petit, bien, très, si, sont, ai, êtes, yo, cb, hello, aujourd hui, déjà, prête, prêt, au, aux, à, il, elle",
    ),
];
