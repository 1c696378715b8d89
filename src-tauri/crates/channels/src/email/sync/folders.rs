//! Finding INBOX and the Sent folder.
//!
//! By SPECIAL-USE (RFC 6154) where the server has it, else by the names that mail programs give it in German,
//! English, French and Italian. Spam, drafts and other folders are not read.

use super::cursor::Role;
use crate::email::session::{Imap, reply::Reply};
use crate::error::Result;

/// Usual names of the Sent folder, lower case, likelier ones first.
const SENT_NAMES: [&str; 28] = [
    "sent",
    "sent items",
    "sent messages",
    "sent mail",
    "sent-mail",
    "sentitems",
    "gesendet",
    "gesendete objekte",
    "gesendete elemente",
    "gesendete nachrichten",
    "gesendete",
    "gesendete mails",
    "postausgang",
    "envoyés",
    "messages envoyés",
    "éléments envoyés",
    "objets envoyés",
    "courrier envoyé",
    "courriers envoyés",
    "boîte d'envoi",
    "posta inviata",
    "inviati",
    "inviata",
    "messaggi inviati",
    "elementi inviati",
    "inviate",
    "e-mail inviate",
    "[gmail]/sent mail",
];

/// The folders to read, by their names on the wire.
pub(crate) fn find(imap: &mut Imap) -> Result<Vec<(String, Role)>> {
    let command =
        if imap.abilities.special_use { "LIST \"\" \"*\" RETURN (SPECIAL-USE)" } else { "LIST \"\" \"*\"" };
    let replies = imap.run(command, 0)?;
    let listed: Vec<(Vec<String>, String)> = replies
        .into_iter()
        .filter_map(|r| if let Reply::List { flags, name } = r { Some((flags, name)) } else { None })
        .collect();
    let mut found = vec![("INBOX".to_owned(), Role::Inbox)];
    found.extend(sent(&listed).map(|name| (name, Role::Sent)));
    Ok(found)
}

fn sent(listed: &[(Vec<String>, String)]) -> Option<String> {
    let has = |flags: &[String], wanted: &str| flags.iter().any(|f| f.eq_ignore_ascii_case(wanted));
    let open =
        || listed.iter().filter(|(flags, _)| !has(flags, "\\Noselect") && !has(flags, "\\NonExistent"));
    if let Some((_, name)) = open().find(|(flags, _)| has(flags, "\\Sent")) {
        return Some(name.clone());
    }
    let rank = |name: &str| {
        let decoded = decode_utf7(name).to_lowercase();
        let inner =
            ["inbox/", "inbox."].iter().find_map(|prefix| decoded.strip_prefix(prefix)).unwrap_or(&decoded);
        SENT_NAMES.iter().position(|usual| *usual == inner)
    };
    open().filter_map(|(_, name)| rank(name).map(|rank| (rank, name))).min().map(|(_, name)| name.clone())
}

/// Modified UTF-7 (RFC 3501, 5.1.3); what is none stays as it is.
fn decode_utf7(name: &str) -> String {
    use base64::Engine;
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, tail)) = rest.split_once('&') {
        out.push_str(before);
        let decoded = tail.split_once('-').and_then(|(encoded, after)| {
            let engine = base64::engine::general_purpose::STANDARD_NO_PAD;
            Some((engine.decode(encoded.replace(',', "/")).ok()?, encoded.is_empty(), after))
        });
        let Some((bytes, is_ampersand, after)) = decoded else {
            out.push('&');
            rest = tail;
            continue;
        };
        rest = after;
        if is_ampersand {
            out.push('&');
            continue;
        }
        let units = bytes.chunks_exact(2).map(|two| two.iter().fold(0_u16, |n, &b| n << 8 | u16::from(b)));
        out.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(names: &[(&str, &str)]) -> Vec<(Vec<String>, String)> {
        names.iter().map(|(flag, name)| (vec![(*flag).to_owned()], (*name).to_owned())).collect()
    }

    #[test]
    fn special_use_wins_then_usual_names_in_four_languages() {
        assert_eq!(sent(&listed(&[("", "Sent"), ("\\Sent", "Out")])).as_deref(), Some("Out"));
        assert_eq!(
            sent(&listed(&[("", "Gesendete Objekte"), ("", "Entw&APw-rfe")])).as_deref(),
            Some("Gesendete Objekte")
        );
        assert_eq!(
            sent(&listed(&[("", "INBOX.Messages envoy&AOk-s")])).as_deref(),
            Some("INBOX.Messages envoy&AOk-s")
        );
        assert_eq!(sent(&listed(&[("", "Posta inviata")])).as_deref(), Some("Posta inviata"));
        assert_eq!(sent(&listed(&[("\\Noselect", "Sent"), ("", "Archive")])), None);
    }

    #[test]
    fn utf7_is_decoded() {
        assert_eq!(decode_utf7("Entw&APw-rfe & Co &- x"), "Entwürfe & Co & x");
        assert_eq!(decode_utf7("&!!!-"), "&!!!-");
    }
}
