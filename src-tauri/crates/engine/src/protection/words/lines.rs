//! Sentences and headings.

use super::Four;

/// A sentence or a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Title,
    TitleRecord,
    Intro,
    IntroRecord,
    MadeAt,
    For,
    By,
    Decisions,
    NoDecisions,
    Mentions,
    Why,
    Purpose,
    Basis,
    Whose,
    Which,
    Recipients,
    Kept,
    Processors,
    Measures,
    Rights,
    Rest,
    Shop,
    Customer,
    People,
    Contract,
    Interest,
    Duty,
    Talking,
    TalkingFor,
    TalkingWhat,
    Cards,
    CardsFor,
    CardsWhat,
    Automatic,
    AutomaticFor,
    AutomaticWhat,
    Backups,
    BackupsFor,
    BackupsWhat,
    Nobody,
    KeptForEver,
    KeptYears,
    KeptCards,
    KeptBackups,
    Encrypted,
    Local,
    LoggedWithoutNames,
    TlsOnly,
    PartyDoes,
    PartyContract,
    RightAccess,
    RightCorrect,
    RightErase,
    RightRestrict,
    RightObject,
    RightComplain,
}

pub(super) const LINES: &[(Line, Four)] = &[
    (
        Line::Title,
        [
            "Auskunft über Ihre Daten",
            "What we hold about you",
            "Les données que nous détenons sur vous",
            "I dati che abbiamo su di Lei",
        ],
    ),
    (
        Line::TitleRecord,
        [
            "Verzeichnis der Verarbeitungstätigkeiten",
            "Record of processing activities",
            "Registre des activités de traitement",
            "Registro delle attività di trattamento",
        ],
    ),
    (
        Line::Intro,
        [
            "Diese Auskunft nach Artikel 15 DSGVO enthält alles, was über Sie gespeichert ist. Namen und Adressen anderer Personen sind durch {mask} ersetzt.",
            "This report under Article 15 GDPR holds everything that is stored about you. Names and addresses of other persons are replaced by {mask}.",
            "Ce document, établi selon l’article 15 du RGPD, contient tout ce qui est enregistré à votre sujet. Les noms et adresses d’autres personnes sont remplacés par {mask}.",
            "Questo documento, ai sensi dell’articolo 15 del GDPR, contiene tutto ciò che è registrato su di Lei. Nomi e indirizzi di altre persone sono sostituiti da {mask}.",
        ],
    ),
    (
        Line::IntroRecord,
        [
            "Entwurf nach Artikel 30 DSGVO, aus den Einstellungen erstellt. Bitte prüfen und um alles ergänzen, was außerhalb dieses Programms geschieht.",
            "Draft under Article 30 GDPR, made from the settings. Please check it and add what is done outside this program.",
            "Projet selon l’article 30 du RGPD, établi à partir des réglages. Veuillez le vérifier et y ajouter ce qui se fait en dehors de ce programme.",
            "Bozza ai sensi dell’articolo 30 del GDPR, creata dalle impostazioni. La controlli e aggiunga ciò che avviene fuori da questo programma.",
        ],
    ),
    (Line::MadeAt, ["Erstellt am", "Made on", "Établi le", "Creato il"]),
    (Line::For, ["Für", "For", "Pour", "Per"]),
    (Line::By, ["Verantwortlich", "Responsible", "Responsable", "Responsabile"]),
    (
        Line::Decisions,
        [
            "Automatische Entscheidungen",
            "Automatic decisions",
            "Décisions automatiques",
            "Decisioni automatiche",
        ],
    ),
    (
        Line::NoDecisions,
        [
            "Es wurde nichts automatisch entschieden.",
            "Nothing was decided automatically.",
            "Rien n’a été décidé automatiquement.",
            "Nulla è stato deciso automaticamente.",
        ],
    ),
    (
        Line::Mentions,
        [
            "Nachrichten anderer, in denen Ihre Adresse steht",
            "Messages of others in which your address stands",
            "Messages d’autres personnes où figure votre adresse",
            "Messaggi di altri in cui compare il Suo indirizzo",
        ],
    ),
    (
        Line::Why,
        [
            "Wozu und wie lange",
            "What for and how long",
            "Dans quel but et combien de temps",
            "A che scopo e per quanto tempo",
        ],
    ),
    (Line::Purpose, ["Zweck", "Purpose", "Finalité", "Finalità"]),
    (Line::Basis, ["Rechtsgrundlage", "Legal basis", "Base juridique", "Base giuridica"]),
    (Line::Whose, ["Betroffene", "Persons concerned", "Personnes concernées", "Persone interessate"]),
    (Line::Which, ["Daten", "Details", "Données", "Dati"]),
    (Line::Recipients, ["Empfänger", "Recipients", "Destinataires", "Destinatari"]),
    (Line::Kept, ["Aufbewahrung", "Kept", "Conservation", "Conservazione"]),
    (
        Line::Processors,
        [
            "Auftragsverarbeiter und Anbieter",
            "Processors and providers",
            "Sous-traitants et fournisseurs",
            "Responsabili del trattamento e fornitori",
        ],
    ),
    (Line::Measures, ["Schutzmaßnahmen", "Safeguards", "Mesures de protection", "Misure di protezione"]),
    (Line::Rights, ["Ihre Rechte", "Your rights", "Vos droits", "I Suoi diritti"]),
    (
        Line::Rest,
        [
            "Weitere gespeicherte Angaben",
            "Other stored details",
            "Autres données enregistrées",
            "Altri dati registrati",
        ],
    ),
    (Line::Shop, ["Geschäft", "Shop", "Commerce", "Negozio"]),
    (Line::Customer, ["Sie", "You", "Vous", "Lei"]),
    (
        Line::People,
        [
            "Kundinnen und Kunden, Interessenten",
            "Customers and prospects",
            "Clients et personnes intéressées",
            "Clienti e persone interessate",
        ],
    ),
    (
        Line::Contract,
        [
            "Vertrag und Anfragen dazu (Art. 6 Abs. 1 b DSGVO)",
            "Contract and enquiries about it (Art. 6(1)(b) GDPR)",
            "Contrat et demandes préalables (art. 6, § 1, b RGPD)",
            "Contratto e richieste relative (art. 6, par. 1, lett. b GDPR)",
        ],
    ),
    (
        Line::Interest,
        [
            "Berechtigtes Interesse an guter Betreuung (Art. 6 Abs. 1 f DSGVO)",
            "Legitimate interest in serving customers well (Art. 6(1)(f) GDPR)",
            "Intérêt légitime à bien servir la clientèle (art. 6, § 1, f RGPD)",
            "Interesse legittimo a servire bene la clientela (art. 6, par. 1, lett. f GDPR)",
        ],
    ),
    (
        Line::Duty,
        [
            "Sicherheit der Verarbeitung (Art. 32 DSGVO)",
            "Security of processing (Art. 32 GDPR)",
            "Sécurité du traitement (art. 32 RGPD)",
            "Sicurezza del trattamento (art. 32 GDPR)",
        ],
    ),
    (
        Line::Talking,
        [
            "Nachrichten mit Kundinnen und Kunden",
            "Messages with customers",
            "Messages avec la clientèle",
            "Messaggi con i clienti",
        ],
    ),
    (
        Line::TalkingFor,
        [
            "Anfragen beantworten, Aufträge abwickeln",
            "Answering enquiries, handling orders",
            "Répondre aux demandes, traiter les commandes",
            "Rispondere alle richieste, gestire gli ordini",
        ],
    ),
    (
        Line::TalkingWhat,
        [
            "Name, Adressen, Nachrichten mit Anhängen, Zeitpunkte",
            "Name, addresses, messages with attachments, times",
            "Nom, adresses, messages avec pièces jointes, dates",
            "Nome, indirizzi, messaggi con allegati, date",
        ],
    ),
    (Line::Cards, ["Kundenkartei", "Customer cards", "Fichier clients", "Schede dei clienti"]),
    (
        Line::CardsFor,
        [
            "Wissen, mit wem gesprochen wird und was vereinbart ist",
            "Knowing whom one talks to and what was agreed",
            "Savoir à qui l’on parle et ce qui est convenu",
            "Sapere con chi si parla e che cosa è stato concordato",
        ],
    ),
    (
        Line::CardsWhat,
        [
            "Name, Firma, Geburtstag, Schlagwörter, Notizen, Einwilligungen, Kulanz, Aufgaben, Wunschkanal",
            "Name, company, birthday, tags, notes, consents, goodwill, tasks, preferred channel",
            "Nom, entreprise, anniversaire, étiquettes, notes, consentements, gestes commerciaux, tâches, canal préféré",
            "Nome, azienda, compleanno, etichette, note, consensi, cortesie, attività, canale preferito",
        ],
    ),
    (
        Line::Automatic,
        ["Automatische Antworten", "Automatic replies", "Réponses automatiques", "Risposte automatiche"],
    ),
    (
        Line::AutomaticFor,
        [
            "Einfache Anfragen sofort beantworten; jede Entscheidung wird mit Gründen festgehalten",
            "Answering simple enquiries at once; each decision is kept with its reasons",
            "Répondre aussitôt aux demandes simples ; chaque décision est conservée avec ses raisons",
            "Rispondere subito alle richieste semplici; ogni decisione è conservata con i suoi motivi",
        ],
    ),
    (
        Line::AutomaticWhat,
        [
            "Inhalt der Nachricht, Regel, Ergebnis",
            "Content of the message, rule, result",
            "Contenu du message, règle, résultat",
            "Contenuto del messaggio, regola, risultato",
        ],
    ),
    (Line::Backups, ["Datensicherungen", "Backups", "Sauvegardes", "Copie di sicurezza"]),
    (
        Line::BackupsFor,
        [
            "Nach einem Schaden weiterarbeiten können",
            "Going on after damage",
            "Pouvoir continuer après un dommage",
            "Poter continuare dopo un danno",
        ],
    ),
    (
        Line::BackupsWhat,
        [
            "Alles Vorgenannte, verschlüsselt",
            "All of the above, encrypted",
            "Tout ce qui précède, chiffré",
            "Tutto quanto sopra, cifrato",
        ],
    ),
    (
        Line::Nobody,
        [
            "Niemand außerhalb des Geschäfts",
            "Nobody outside the shop",
            "Personne en dehors du commerce",
            "Nessuno al di fuori del negozio",
        ],
    ),
    (
        Line::KeptForEver,
        [
            "Bis zur Löschung durch das Geschäft oder auf Verlangen",
            "Until the shop erases it or it is asked for",
            "Jusqu’à la suppression par le commerce ou sur demande",
            "Fino alla cancellazione da parte del negozio o su richiesta",
        ],
    ),
    (
        Line::KeptYears,
        [
            "Nachrichten abgeschlossener Vorgänge: {years} Jahre",
            "Messages of closed conversations: {years} years",
            "Messages des conversations closes : {years} ans",
            "Messaggi delle conversazioni chiuse: {years} anni",
        ],
    ),
    (
        Line::KeptCards,
        [
            "Bis zur Löschung auf Verlangen",
            "Until erasure is asked for",
            "Jusqu’à la demande de suppression",
            "Fino alla richiesta di cancellazione",
        ],
    ),
    (Line::KeptBackups, ["30 Tage", "30 days", "30 jours", "30 giorni"]),
    (
        Line::Encrypted,
        [
            "Datenbank, Sicherungen und Zwischenspeicher sind verschlüsselt (AES-256).",
            "Database, backups and cache are encrypted (AES-256).",
            "La base de données, les sauvegardes et le cache sont chiffrés (AES-256).",
            "Il database, le copie di sicurezza e la cache sono cifrati (AES-256).",
        ],
    ),
    (
        Line::Local,
        [
            "Die Daten liegen nur auf dem Rechner des Geschäfts; es gibt keinen Server des Herstellers.",
            "The data is on the shop’s computer alone; the maker has no server.",
            "Les données se trouvent uniquement sur l’ordinateur du commerce ; l’éditeur n’a pas de serveur.",
            "I dati si trovano solo sul computer del negozio; il produttore non ha alcun server.",
        ],
    ),
    (
        Line::LoggedWithoutNames,
        [
            "Protokolle enthalten keine Namen, Adressen oder Texte.",
            "Logs hold no names, addresses or texts.",
            "Les journaux ne contiennent ni noms, ni adresses, ni textes.",
            "I registri non contengono nomi, indirizzi o testi.",
        ],
    ),
    (
        Line::TlsOnly,
        [
            "Verbindungen zu Anbietern sind verschlüsselt.",
            "Connections to providers are encrypted.",
            "Les connexions aux fournisseurs sont chiffrées.",
            "Le connessioni ai fornitori sono cifrate.",
        ],
    ),
    (
        Line::PartyDoes,
        [
            "Übermittelt und speichert Nachrichten",
            "Transmits and stores messages",
            "Transmet et conserve des messages",
            "Trasmette e conserva messaggi",
        ],
    ),
    (
        Line::PartyContract,
        [
            "Vertrag zur Auftragsverarbeitung und Serverstandort prüfen",
            "Check the processing agreement and where its servers are",
            "Vérifier le contrat de sous-traitance et le lieu des serveurs",
            "Verificare il contratto di trattamento e la sede dei server",
        ],
    ),
    (
        Line::RightAccess,
        [
            "Auskunft über Ihre Daten und eine Kopie davon (Art. 15, 20)",
            "Access to your data and a copy of it (Art. 15, 20)",
            "Accès à vos données et copie de celles-ci (art. 15, 20)",
            "Accesso ai Suoi dati e copia degli stessi (art. 15, 20)",
        ],
    ),
    (
        Line::RightCorrect,
        [
            "Berichtigung, wenn etwas nicht stimmt (Art. 16)",
            "Correction where something is wrong (Art. 16)",
            "Rectification si quelque chose est inexact (art. 16)",
            "Rettifica se qualcosa non è corretto (art. 16)",
        ],
    ),
    (
        Line::RightErase,
        [
            "Löschung, soweit keine Aufbewahrungspflicht besteht (Art. 17)",
            "Erasure, unless the law wants it kept (Art. 17)",
            "Effacement, sauf obligation de conservation (art. 17)",
            "Cancellazione, salvo obblighi di conservazione (art. 17)",
        ],
    ),
    (
        Line::RightRestrict,
        [
            "Einschränkung der Verarbeitung (Art. 18)",
            "Restriction of processing (Art. 18)",
            "Limitation du traitement (art. 18)",
            "Limitazione del trattamento (art. 18)",
        ],
    ),
    (
        Line::RightObject,
        [
            "Widerspruch und Widerruf von Einwilligungen (Art. 7, 21)",
            "Objection and withdrawal of consent (Art. 7, 21)",
            "Opposition et retrait du consentement (art. 7, 21)",
            "Opposizione e revoca del consenso (art. 7, 21)",
        ],
    ),
    (
        Line::RightComplain,
        [
            "Beschwerde bei einer Aufsichtsbehörde (Art. 77)",
            "Complaint to a supervisory authority (Art. 77)",
            "Réclamation auprès d’une autorité de contrôle (art. 77)",
            "Reclamo a un’autorità di controllo (art. 77)",
        ],
    ),
];
