//! Names of channels that are the same in all four languages.

use super::super::tag::{BY, CALL, LABEL, NOUN, PLEASE};
use super::{EMAIL, Row, SMS, TELEGRAM, WHATSAPP};

pub(in crate::wish) const ROWS: &[Row] = &[
    (NOUN, SMS, "sms, smsen, sms nachricht*, textsms"),
    (
        NOUN,
        WHATSAPP,
        "whatsapp, whatsapps, whats app, whatsap, watsapp, whattsapp, whatsappnachricht*, wa nachricht, whatsup, wapp, wa, whatsapp nachricht*, \
         whatsapp chat, whatsapp message*",
    ),
    (NOUN, TELEGRAM, "telegram, telegramm, telegram nachricht, telegram chat, tg"),
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
