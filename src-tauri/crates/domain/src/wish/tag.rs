//! What a word can mean to the grammar. One word may carry several of these; the clause decides which one counts.

/// A set of meanings.
pub(super) type Tags = u128;

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        $($(#[$doc])* pub(in crate::wish) const $name: Tags = 1 << $bit;)*
    };
}

tags! {
    /// A channel as a thing: `SMS`, `Anruf`, `a text`.
    NOUN = 0;
    /// A channel as a manner: `telefonisch`, `by phone`.
    MANNER = 1;
    /// A verb that names its channel: `anrufen`, `text`.
    CALL = 2;
    /// A separable stem that is such a verb only with its particle: `rufen … an`.
    STEM = 3;
    /// That particle.
    PARTICLE = 4;
    /// A verb of answering without a channel: `antworten`, `send`.
    ANSWER = 5;
    /// Such a verb that tells something: `sagen`, `let me know`.
    TELL = 6;
    /// An answer as a thing: `Bescheid`, `reply`.
    REPLY = 7;
    /// A document that can be the answer: `Offerte`, `receipt`.
    DOCUMENT = 8;
    /// A verb of talking with each other: `besprechen`, `discuss`.
    TALK = 9;
    /// The customer as the one who gets it: `mir`, `me`.
    ME = 10;
    /// The shop: `Sie`, `you`.
    YOU = 11;
    /// The customer as the one who does it: `ich`, `I`.
    I = 12;
    /// Both: `wir`, `we`.
    WE = 13;
    /// Somebody else: `meine Eltern`, `the manufacturer`.
    THIRD = 14;
    /// Somebody else as a pronoun.
    HE = 15;
    /// `bitte`, `please`.
    PLEASE = 16;
    /// `lieber`, `am besten`, `preferably`.
    PREFER = 17;
    /// `möchte`, `I would like`.
    WANT = 18;
    /// `genügt`, `would be great`.
    SUFFICES = 19;
    /// `erbeten`, `appreciated`.
    ASKED = 20;
    /// `erreichbar`, `reach me`.
    REACH = 21;
    /// `können`, `could`.
    MODAL = 22;
    /// `haben`, `bekommen`, `get`: what the customer does with an answer.
    HAVE = 23;
    /// `nur`, `only`.
    ONLY = 24;
    /// `nicht`, `not`.
    NOT = 25;
    /// `kein`, `no`.
    NO = 26;
    /// `weder`, `neither`.
    NEITHER = 27;
    /// `oder`, `noch`, `or`.
    OR = 28;
    /// What comes second in a comparison: `statt`, `rather than`.
    VERSUS = 29;
    /// Not needed, which refuses nothing.
    WAIVE = 30;
    /// A verb that refuses: `verzichten`, `stop`.
    REFUSE = 31;
    /// `geht nicht`, `nützt nichts`: the channel does not work.
    USELESS = 32;
    /// How the customer takes a message: `lesen`, `abnehmen`, `check`.
    SENSE = 33;
    /// A lasting word: `künftig`, `always`.
    LASTING = 34;
    /// `nie`, `never`.
    NEVER = 35;
    /// `mehr`, `any more`: lasting with a negation.
    MORE = 36;
    /// The case is uncertain: `falls`, `in case`.
    CONDITION = 37;
    /// `wenn`, `if`, `si`: a case that may be certain.
    IF = 38;
    /// What makes it uncertain: `später`, `problem`.
    UNCERTAIN = 39;
    /// What is expected to happen: `fertig`, `ready`.
    READY = 40;
    /// The auxiliary of a past: `haben`, `avez`.
    PAST_AUX = 41;
    /// A verb in the past: `schrieb`, `called`.
    PAST = 42;
    /// A participle.
    PARTICIPLE = 43;
    /// Advertising and newsletters.
    ADVERT = 44;
    /// Goods that are delivered.
    GOODS = 45;
    /// Devices and what is wrong with them.
    DEVICE = 46;
    /// Messages and numbers as a matter of their own: `Code`, `löschen`.
    MATTER = 47;
    /// `egal`, `don't mind`.
    INDIFFERENT = 48;
    /// `hat sich erledigt`, `never mind`.
    WITHDRAWN = 49;
    /// `hier`, `in this chat`.
    HERE = 50;
    /// `im Laden`, `in the shop`.
    PLACE = 51;
    /// `der`, `Ihre`, `the`: a message that exists.
    DEFINITE = 52;
    /// `per`, `via`, `by`.
    BY = 53;
    /// Begins a clause: `sondern`, `because`.
    BREAK = 54;
    /// `und`, `and`.
    AND = 55;
    /// `werden`, `be`: makes a passive.
    PASSIVE = 56;
    /// `Nummer`, `address`: what stands before it is no channel.
    LABEL = 57;
    /// `bestellen`, `book`: what the customer does by a channel.
    BOOK = 58;
    /// A verb form that can be an imperative.
    IMPERATIVE = 59;
    /// An infinitive.
    INFINITIVE = 60;
    /// A verb form of the first person.
    FIRST = 61;
    /// `schriftlich`, `in writing`.
    WRITTEN = 62;
    /// `unten`, `below`: where a number stands.
    POINTER = 63;
    /// Nothing to the grammar, but tells the language.
    FILLER = 64;
    /// `soll`, `is to`.
    SHALL = 65;
    /// `müssen`, `brauchen`: with a negation it waives.
    NEED = 66;
    /// `selbst`, `myself`.
    SELF = 67;
    /// A verb of sending: `schicken`, `send`.
    SEND = 68;
    /// Before delivery, to a manufacturer: the call is somebody else's.
    ERRAND = 69;
    /// An e-mail address.
    EMAIL_ADDRESS = 70;
    /// A telephone number.
    PHONE_NUMBER = 71;
    /// A handle of a messenger.
    HANDLE = 72;
    /// A title, a name of a book: `Roman`, `book`.
    TITLE = 73;
    /// `dass`, `that`: no clause of its own begins here.
    THAT = 74;
    /// Politeness in the form of a condition: `wenn möglich`.
    POLITE_IF = 75;
    /// Joined to its verb at its end: `chiamatemi`. Set by the lexicon.
    ENCLITIC = 76;
    /// A time of this one matter beside a lasting-looking word: `immer noch`.
    STILL = 77;
    /// A channel as a way of contact: `Kontaktweg`, `channel`.
    CHANNEL = 78;
    /// Begins a clause about a time or a question: `sobald`, `ob`, `when`.
    WHEN = 79;
    /// A channel's name that is also a thing to buy or to hold: `Telefon`, `phone`, `Post`.
    THING = 80;
    /// `selten`, `rarely`.
    SELDOM = 81;
    /// `brauche`, `expect`: with a negation it waives.
    NEEDS = 82;
    /// The shop as an object: `Ihnen`, `euch`.
    YOU_OBJECT = 83;
    /// `sagt`, `says`: what follows are somebody's words.
    SAYS = 84;
    /// A time of day or a day: `vormittags`, `before`.
    TIME = 85;
    /// `klappt`, `geht`, `works`: with a negation the channel does not.
    WORKS = 86;
    /// `nehmen Sie`, `use`: takes a channel with its article.
    USE = 87;
    /// `wäre`, `would be`: with a word of praise a verdict.
    WOULD_BE = 88;
    /// That word: `gut`, `great`.
    GOOD = 89;
}
