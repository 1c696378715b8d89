//! D1: whoever takes the disk reads nothing.

use base64::Engine as _;
use theke_domain::message::ClientReference;
use theke_store::attempts::Attempts;
use theke_store::cache::Cache;
use theke_store::table::{bodies, contacts, drafts, identities, settings};
use theke_store::{backup, header};

use crate::shop::{NOW, Shop, mail, new_identity, phone};

/// Every file below the folder, whole.
fn all_bytes(dir: &std::path::Path, into: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_bytes(&path, into);
        } else {
            into.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn no_canary_is_found_on_the_disk() {
    let mut shop = Shop::new();
    let mut canaries = Vec::new();
    let mut canary = |what: &str| {
        let text = format!("Kanarie{what}Zwitschert{}", canaries.len());
        canaries.push(text.clone());
        text
    };
    let account = shop.account("mailbox");
    let (contact, _) = shop.contact(&canary("Name"), &format!("{}@kunde.example", canary("Adresse")));
    let number = canary("Nummer");
    shop.write(|tx| identities::insert(tx, &new_identity(contact, phone(&number))));
    let conversation = shop.conversation(contact, &canary("Betreff"));
    for round in 0..150 {
        let (subject, text) = (canary(&format!("Thema{round}")), canary(&format!("Text{round}")));
        let id = shop.mail_in(conversation, NOW.plus_secs(round), &subject, &text.repeat(20));
        let body = bodies::Body {
            text,
            html: Some(format!("<p>{}</p>", canary("Html"))),
            source: Some(canary("Quelle").into_bytes()),
            ..bodies::Body::default()
        };
        shop.write(|tx| bodies::put(tx, id, &body));
    }
    let draft = drafts::Draft { body: canary("Entwurf"), via: None, saved_at: NOW };
    shop.write(|tx| drafts::save(tx, conversation, &draft));
    let value = serde_json::json!(canary("Einstellung"));
    shop.write(|tx| settings::set(tx, "shop.name", &value, NOW));
    canaries.push("s3cret-canary".to_owned());
    shop.index_all();
    // Sorting more than fits a page must not spill into a file.
    let folder = shop.folder.clone();
    backup::daily(&shop.store, &folder, &shop.header, NOW).unwrap();
    let passphrase = "KanariePassphraseZwitschert".to_owned();
    let key = shop.key.clone();
    shop.header.set_passphrase(&key, &passphrase).unwrap();
    shop.header.write(&folder).unwrap();
    canaries.push(passphrase);
    canaries.push(shop.code.to_string());
    let log = Attempts::open(&folder.attempts()).unwrap();
    log.begin(&ClientReference("KanarieReferenz@shop.example".to_owned()), 1).unwrap();
    canaries.push("KanarieReferenz".to_owned());
    let cache = Cache::open(&folder.cache(), &shop.key, 1 << 20).unwrap();
    cache.put("KanarieTeil", "KanarieInhalt".repeat(500).as_bytes(), NOW).unwrap();
    canaries.extend(["KanarieTeil".to_owned(), "KanarieInhalt".to_owned()]);
    shop.write(|tx| contacts::rename(tx, contact, "KanarieNeuerName", contacts::NameSource::Hand));
    canaries.push("KanarieNeuerName".to_owned());
    let _ = (account, mail("x"), header::RecoveryCode::random().unwrap());

    let mut files = Vec::new();
    all_bytes(folder.dir(), &mut files);
    assert!(files.iter().any(|(name, bytes)| name.ends_with("-wal") && bytes.len() > 100_000));
    assert!(files.iter().any(|(name, _)| name.ends_with(".theke-backup")));
    assert!(canaries.len() > 200);
    canaries.push("SQLite format 3".to_owned());
    canaries.push("CREATE TABLE".to_owned());
    let mut forms: Vec<Vec<u8>> = Vec::new();
    for canary in &canaries {
        let base64 = base64::engine::general_purpose::STANDARD_NO_PAD.encode(canary);
        forms.extend([
            canary.clone().into_bytes(),
            canary.to_lowercase().into_bytes(),
            canary.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            // The first characters are enough: the last ones depend on what follows.
            base64.as_bytes()[..base64.len() - 4].to_vec(),
        ]);
    }
    let search = aho_corasick::AhoCorasick::new(&forms).unwrap();
    let of_form = |form: usize| &canaries[form / 4];
    for (name, bytes) in &files {
        let found = search.find(bytes);
        assert!(found.is_none(), "{:?} is in {name}", found.map(|hit| of_form(hit.pattern().as_usize())));
    }
    // The search itself finds what is there.
    assert!(search.is_match(format!("x{}y", canaries[7]).as_bytes()));
}

#[test]
fn errors_and_debug_texts_hold_no_secret() {
    let shop = Shop::new();
    let key = format!("{:?}", shop.key);
    let code = format!("{:?}", shop.code);
    assert_eq!((key.as_str(), code.as_str()), ("Key(…)", "RecoveryCode(…)"));
    let mut header = shop.header.clone();
    header.set_passphrase(&shop.key, "canary-passphrase").unwrap();
    let wrong = header.open(&header::Unlock::Passphrase("other-canary".to_owned())).unwrap_err();
    assert!(!format!("{wrong} {wrong:?} {header:?}").contains("canary"));
}
