//! Names of channels that are the same in all four languages.

use super::super::tag::{BY, CALL, LABEL, MANNER, NOUN, PLEASE, THING};
use super::{EMAIL, FAX, Row, SIGNAL, SMS, TELEGRAM, THREEMA, WHATSAPP};

pub(in crate::wish) const ROWS: &[Row] = &[
    (NOUN, SMS, "sms, smsen, sms nachricht*, textsms"),
    (
        NOUN,
        WHATSAPP,
        "whatsapp, whatsapps, whats app, whatsap, watsapp, whattsapp, whatsappnachricht*, wa nachricht, whatsup, wapp, wa, whatsapp nachricht*, \
         whatsapp chat, whatsapp message*",
    ),
    (NOUN, TELEGRAM, "telegram, telegramm, telegram nachricht, telegram chat, tg"),
    // What these are called is a thing or a word of its own as well: `das Signal piept`, `ein Fax verkaufen`.
    (NOUN | THING, SIGNAL, "signal"),
    (
        MANNER,
        SIGNAL,
        "per signal, via signal, über signal, auf signal, bei signal, mit signal, by signal, over signal, on signal, par signal, sur signal, su signal, tramite signal, \
         signal nachricht*, signal chat",
    ),
    (NOUN, THREEMA, "threema, threema nachricht*, threema chat"),
    (NOUN | THING, FAX, "fax, faxe, telefax, faxes, faxnachricht*"),
    (
        MANNER,
        FAX,
        "per fax, via fax, by fax, par fax, per telefax, via telefax, par télécopie, tramite fax, mit fax",
    ),
    (
        NOUN,
        EMAIL,
        "email, e mail, emails, e mails, emailadresse*, mailadresse*, mail adresse, e mail adresse",
    ),
    (CALL, WHATSAPP, "whatsappen, whatsappt, whatsappe"),
    (BY, None, "via, per"),
    (PLEASE, None, "pls, plz"),
    (LABEL, None, "nr, tel"),
];
