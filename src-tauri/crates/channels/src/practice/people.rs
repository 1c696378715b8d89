//! The invented customers: what they write, when, and what they say to an answer. Their numbers are among those that
//! the German regulator keeps for films, their domains end in `.example`: nobody real has them.
//!
//! German with some of the neighbours' languages, as a shop sees them. Times are seconds from the first start of the
//! practice shop; what is negative lies before it.

use theke_domain::address::Address;

/// By which of the three channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// E-mail.
    Mail,
    /// Short message.
    Sms,
    /// Chat.
    Chat,
}

impl Way {
    /// In remote ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
            Self::Chat => "chat",
        }
    }
}

/// A customer.
pub struct Person {
    /// As mails and chats name them.
    pub name: &'static str,
    /// E-mail address, number in E.164, chat id; empty for none.
    pub mail: &'static str,
    pub phone: &'static str,
    pub chat: &'static str,
    /// What they say to the first, second, … answer, by whatever channel it came.
    pub replies: &'static [&'static str],
}

/// Something that a customer writes without being asked.
pub struct Opening {
    /// Index into [`PEOPLE`].
    pub person: usize,
    pub way: Way,
    pub after_secs: i64,
    /// Of mails.
    pub subject: &'static str,
    pub text: &'static str,
}

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Everybody.
pub const PEOPLE: &[Person] = &[
    Person {
        name: "Rosa Tannwald",
        mail: "rosa@tannwald.example",
        phone: "+4915228817386",
        chat: "",
        replies: &[
            "Danke für die schnelle Antwort! Dann komme ich heute um 17 Uhr vorbei.",
            "Jetzt ist mir doch etwas dazwischengekommen. Ginge es auch morgen Vormittag?",
            "Wunderbar, bis morgen!",
        ],
    },
    Person {
        name: "Max Lindner",
        mail: "",
        phone: "+4915254599371",
        chat: "",
        replies: &["Ok, danke. Bitte schreiben Sie mir weiter per SMS.", "Passt."],
    },
    Person {
        name: "Élodie Martin",
        mail: "elodie@martin.example",
        phone: "",
        chat: "770010",
        replies: &[
            "Merci ! Je passe samedi matin.",
            "Finalement plutôt vendredi, si c'est possible.",
            "Parfait, merci.",
        ],
    },
    Person {
        name: "Jonas Beispiel",
        mail: "jonas@beispiel-bau.example",
        phone: "",
        chat: "770011",
        replies: &[
            "Danke. Können Sie mir das bitte auch schriftlich mit Preis geben?",
            "Einverstanden, ich nehme zwei statt einem.",
        ],
    },
    Person {
        name: "Chiara Rossi",
        mail: "chiara@rossi.example",
        phone: "",
        chat: "770012",
        replies: &["Grazie mille, allora passo domani.", "Scusi, ho cambiato idea: tengo quello blu."],
    },
    Person {
        name: "Emily Carter",
        mail: "emily@carter.example",
        phone: "",
        chat: "",
        replies: &[
            "Thank you, that is very kind.",
            "One more thing: could you hold it until Monday?",
            "Great, see you then.",
        ],
    },
];

const fn opening(
    person: usize,
    way: Way,
    after_secs: i64,
    subject: &'static str,
    text: &'static str,
) -> Opening {
    Opening { person, way, after_secs, subject, text }
}

/// In the order in which they are written.
pub const OPENINGS: &[Opening] = &[
    opening(
        3,
        Way::Mail,
        -2 * DAY,
        "Angebot für zwei Regale",
        "Guten Tag,\n\nwir brauchen zwei Regale aus Eiche, 180 cm breit. Was würden sie kosten, und wann könnten Sie liefern?\n\nMit freundlichen Grüßen\nJonas Beispiel\nBeispiel Bau",
    ),
    opening(
        5,
        Way::Mail,
        -DAY - 3 * HOUR,
        "Is my order ready?",
        "Hello,\n\nI ordered a birthday cake under the name Carter (order 4711). Is it ready to be picked up on Saturday?\n\nBest wishes\nEmily",
    ),
    opening(2, Way::Chat, -DAY, "", "Bonjour, êtes-vous ouverts samedi matin ?"),
    opening(1, Way::Sms, -5 * HOUR, "", "Hallo, hier Max Lindner. Ist mein Rad schon fertig?"),
    opening(
        0,
        Way::Mail,
        -2 * HOUR,
        "Bremse quietscht",
        "Guten Tag,\n\nmeine Bremse quietscht seit gestern. Kann ich heute noch vorbeikommen? Am besten erreichen Sie mich per SMS: 01522 8817386.\n\nViele Grüße\nRosa Tannwald",
    ),
    opening(4, Way::Chat, -HOUR, "", "Buongiorno, avete ancora la borsa verde in vetrina?"),
    opening(0, Way::Sms, 3 * 60, "", "Ich bin's noch einmal, Rosa Tannwald: Haben Sie auch Lichter da?"),
    opening(3, Way::Chat, 8 * 60, "", "Guten Tag, haben Sie mein Angebot schon? Gruß, Jonas Beispiel"),
    opening(
        2,
        Way::Mail,
        15 * 60,
        "Facture",
        "Bonjour,\n\npourriez-vous m'envoyer la facture de mon dernier achat ?\n\nMerci d'avance\nÉlodie Martin",
    ),
    opening(1, Way::Sms, 25 * 60, "", "Können Sie bitte auch den Reifen wechseln?"),
    opening(
        5,
        Way::Mail,
        40 * 60,
        "Re: Is my order ready?",
        "Hello again,\n\ncould you please write \"Happy Birthday Tom\" on it?\n\nEmily",
    ),
    opening(
        4,
        Way::Mail,
        60 * 60,
        "Reso",
        "Buongiorno,\n\nvorrei restituire la borsa, purtroppo è troppo piccola. Come posso fare?\n\nChiara Rossi",
    ),
];

impl Person {
    /// Their address there, if they have one.
    pub fn address(&self, way: Way) -> Option<Address> {
        let found = match way {
            Way::Mail => Address::Email { value: self.mail.to_owned() },
            Way::Sms => Address::Phone { value: self.phone.to_owned() },
            Way::Chat => Address::Handle { network: "telegram".to_owned(), value: self.chat.to_owned() },
        };
        Some(found).filter(|address| !address.value().is_empty())
    }
}

/// Whose address this is.
pub fn whose(way: Way, address: &Address) -> Option<usize> {
    PEOPLE.iter().position(|person| person.address(way).as_ref() == Some(address))
}
