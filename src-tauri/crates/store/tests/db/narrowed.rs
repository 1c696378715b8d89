//! Search that is narrowed: the same answer as reading every message, whichever side leads; and notes.

use theke_domain::ids::{AccountId, ContactId, ConversationId, MessageId, StandardReplyId};
use theke_domain::medium::Medium;
use theke_domain::message::{Direction, OutgoingPart};
use theke_domain::search::{Has, List};
use theke_store::search::narrowed::{Narrowing, find, senders};
use theke_store::search::notes;
use theke_store::table::conversations::{self, Status};
use theke_store::table::messages::{self, NewMessage};
use theke_store::table::{attachments, entries, standard_replies};

use crate::shop::{NOW, Shop, incoming, store_message};

/// What the naive search knows of a message.
#[derive(Debug, Clone)]
struct Known {
    id: MessageId,
    new: NewMessage,
    text: String,
    has: Vec<Has>,
    lists: Vec<List>,
}

struct Archive {
    shop: Shop,
    known: Vec<Known>,
}

/// The last status is that of spam.
const STATUSES: [(Status, List); 4] = [
    (Status::Open, List::Open),
    (Status::Waiting, List::Waiting),
    (Status::Closed, List::Closed),
    (Status::Open, List::Spam),
];

fn file(mime: &str) -> OutgoingPart {
    OutgoingPart { name: "datei".to_owned(), mime_type: mime.to_owned(), content: vec![1] }
}

impl Archive {
    /// 200 messages in which every wish meets every other.
    fn new() -> Self {
        let shop = Shop::new();
        let accounts = [shop.account("mailbox"), shop.account("sms-box")];
        let mut places = Vec::new();
        for (at, (status, list)) in STATUSES.into_iter().enumerate() {
            let (contact, _) = shop.contact(&format!("Anna{at} Berger"), &format!("anna{at}@kunde.example"));
            let conversation = shop.conversation(contact, "Rad");
            shop.write(|tx| {
                conversations::set_status(tx, conversation, status, None, NOW)?;
                conversations::set_starred(tx, conversation, at == 1)?;
                conversations::set_spam(tx, conversation, list == List::Spam)
            });
            places.push((contact, conversation, list));
        }
        let mut known = Vec::new();
        for n in 0..200_usize {
            let (contact, conversation, list) = places[n * 7 % 4];
            let has = match n % 5 {
                0 => vec![Has::Attachment, Has::Picture],
                1 => vec![Has::Attachment, Has::Pdf],
                _ => Vec::new(),
            };
            let new = NewMessage {
                account_id: Some(accounts[n / 3 % 2]),
                direction: if n % 3 == 0 { Direction::Out } else { Direction::In },
                medium: Medium::new(if n % 7 < 5 { "email" } else { "sms" }),
                at: NOW.plus_secs(i64::try_from(n * 37 % 200).unwrap() * 3600),
                seen: true,
                attachments: u32::from(!has.is_empty()),
                ..incoming(conversation, contact)
            };
            let text = if n % 4 < 3 { "Die Bremse quietscht" } else { "Die Kette springt" }.to_owned();
            let id = shop.write(|tx| {
                let id = store_message(tx, &new, &text)?;
                if has.contains(&Has::Picture) {
                    attachments::insert_outgoing(tx, id, &[file("image/png")])?;
                } else if has.contains(&Has::Pdf) {
                    attachments::insert_outgoing(tx, id, &[file("application/pdf")])?;
                }
                conversations::mark_seen(tx, conversation)?;
                Ok(id)
            });
            let starred = (list == List::Waiting).then_some(List::Starred);
            let lists = [list].into_iter().chain(starred).collect();
            known.push(Known { id, new, text, has, lists });
        }
        shop.index_all();
        known.sort_by_key(|message| std::cmp::Reverse(message.new.at));
        Self { shop, known }
    }

    fn naive(&self, word: &str, wish: &Narrowing) -> Vec<MessageId> {
        let fits = |message: &&Known| {
            let new = &message.new;
            let ours = wish.ourselves && new.direction == Direction::Out;
            let theirs = wish.senders.as_ref().is_some_and(|senders| {
                senders.contains(&new.contact_id) && (wish.ourselves || new.direction == Direction::In)
            });
            let whoever = wish.senders.is_none() && !wish.ourselves;
            (ours || theirs || whoever)
                && message.text.to_lowercase().contains(word)
                && (wish.lists.is_empty() || wish.lists.iter().any(|list| message.lists.contains(list)))
                && (wish.accounts.is_empty() || wish.accounts.contains(&new.account_id.unwrap()))
                && (wish.media.is_empty() || wish.media.contains(&new.medium))
                && wish.after.is_none_or(|after| new.at >= after)
                && wish.before.is_none_or(|before| new.at < before)
                && wish.has.iter().all(|has| message.has.contains(has))
        };
        self.known.iter().filter(fits).map(|message| message.id).collect()
    }

    /// In pages of seven.
    fn found(&self, word: &str, wish: &Narrowing) -> Vec<MessageId> {
        let (mut page, mut ids) = (None, Vec::new());
        loop {
            let hits = self.shop.store.read(|conn| find(conn, word, wish, page, 7)).unwrap();
            let Some(last) = hits.last() else { return ids };
            page = Some(last.key);
            ids.extend(hits.into_iter().map(|hit| hit.message.id));
        }
    }

    fn contact(&self, typed: &str) -> Vec<ContactId> {
        self.shop.store.read(|conn| senders(conn, typed)).unwrap()
    }
}

/// Every choice of each wish, at most two wishes that differ from none.
fn wishes(archive: &Archive) -> Vec<Narrowing> {
    let one = archive.contact("anna1");
    // So many that nobody collects their messages.
    let wide = |ids: Vec<ContactId>| Some((1_000..1_600).map(ContactId).chain(ids).collect::<Vec<_>>());
    let none = Narrowing::default;
    let single = vec![
        none(),
        Narrowing { senders: Some(one.clone()), ..none() },
        Narrowing { senders: wide(archive.contact("berger")), ..none() },
        Narrowing { senders: wide(one.clone()), ..none() },
        Narrowing { senders: Some(Vec::new()), ..none() },
        Narrowing { ourselves: true, ..none() },
        Narrowing { ourselves: true, senders: Some(one), ..none() },
        Narrowing { lists: vec![List::Open], ..none() },
        Narrowing { lists: vec![List::Closed, List::Starred], ..none() },
        Narrowing { lists: vec![List::Spam], ..none() },
        Narrowing { lists: vec![List::Unread], ..none() },
        Narrowing { accounts: vec![AccountId(2)], ..none() },
        Narrowing { media: vec![Medium::new("sms")], ..none() },
        Narrowing { media: vec![Medium::new("sms"), Medium::new("email")], ..none() },
        Narrowing { after: Some(NOW.plus_secs(50 * 3600)), ..none() },
        Narrowing { before: Some(NOW.plus_secs(150 * 3600)), ..none() },
        Narrowing { has: vec![Has::Attachment], ..none() },
        Narrowing { has: vec![Has::Picture], ..none() },
        Narrowing { has: vec![Has::Pdf, Has::Attachment], ..none() },
    ];
    let mut all = Vec::new();
    for one in &single {
        for other in &single {
            let chosen =
                |mine: &Vec<_>, theirs: &Vec<_>| if mine.is_empty() { theirs.clone() } else { mine.clone() };
            all.push(Narrowing {
                senders: one.senders.clone().or(other.senders.clone()),
                ourselves: one.ourselves || other.ourselves,
                lists: chosen(&one.lists, &other.lists),
                accounts: if one.accounts.is_empty() { other.accounts.clone() } else { one.accounts.clone() },
                media: if one.media.is_empty() { other.media.clone() } else { one.media.clone() },
                after: one.after.or(other.after),
                before: one.before.or(other.before),
                has: if one.has.is_empty() { other.has.clone() } else { one.has.clone() },
            });
        }
    }
    all
}

#[test]
fn the_answer_is_that_of_reading_every_message() {
    let archive = Archive::new();
    let mut found = 0;
    for wish in wishes(&archive) {
        for word in ["", "bremse", "kette", "nirgends"] {
            if word.is_empty() && wish.is_empty() {
                assert_eq!(archive.found(word, &wish), []);
                continue;
            }
            let wanted = archive.naive(word, &wish);
            assert_eq!(archive.found(word, &wish), wanted, "{word} {wish:?}");
            found += wanted.len();
        }
    }
    assert!(found > 10_000, "{found}");
}

#[test]
fn a_sender_is_found_by_any_name_or_address() {
    let archive = Archive::new();
    for typed in ["anna1", "ANNA1@kunde", "berger anna1", "anna1 ber"] {
        assert_eq!(archive.contact(typed).len(), 1, "{typed}");
    }
    assert_eq!(archive.contact("berger").len(), 4);
    assert_eq!(archive.contact("?"), []);
}

#[test]
fn notes_are_folded_as_messages_are_and_narrowed() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let (other, _) = shop.contact("Ben", "ben@kunde.example");
    let (rad, kette) = (shop.conversation(contact, "Rad"), shop.conversation(other, "Kette"));
    let add = |contact, conversation, text: &str, secs| {
        shop.write(|tx| entries::add_note(tx, contact, Some(conversation), text, NOW.plus_secs(secs)))
    };
    let first = add(contact, rad, "Schlüsselnummer 4711, Überweisung später", 0);
    let second = add(other, kette, "Überweisung kam, Ελλάδα, тормоз", 100);
    shop.write(|tx| conversations::set_status(tx, kette, Status::Closed, None, NOW));
    let found = |typed: &str, wish: &Narrowing| {
        let notes = shop.store.read(|conn| notes::find(conn, typed, wish, 10)).unwrap();
        notes.into_iter().map(|note| note.id).collect::<Vec<_>>()
    };
    let all = Narrowing::default();
    for typed in ["uberweisung", "UEBERWEISUNG", "weisung", "überw"] {
        assert_eq!(found(typed, &all), [second, first], "{typed}");
    }
    for (typed, note) in [("schluesselnummer", first), ("711", first), ("ελλαδα", second), ("ТОРМОЗ", second)]
    {
        assert_eq!(found(typed, &all), [note], "{typed}");
    }
    let ben = Narrowing { senders: Some(vec![other]), ..all.clone() };
    assert_eq!(found("uberweisung", &ben), [second]);
    assert_eq!(found("uberweisung", &Narrowing { lists: vec![List::Open], ..all.clone() }), [first]);
    assert_eq!(found("uberweisung", &Narrowing { before: Some(NOW.plus_secs(50)), ..all.clone() }), [first]);
    assert_eq!(found("uberweisung", &Narrowing { after: Some(NOW.plus_secs(50)), ..all.clone() }), [second]);
    assert_eq!(found("uberweisung", &Narrowing { has: vec![Has::Pdf], ..all.clone() }), []);
    shop.write(|tx| entries::set_removed(tx, second, Some(NOW)));
    assert_eq!(found("uberweisung", &all), [first]);

    // As a file from before this index has it: the notes wait, and are found after the next slice.
    shop.write(|tx| {
        tx.execute_batch("UPDATE entries SET indexed = 0; DELETE FROM notes_fts;")?;
        Ok(())
    });
    assert_eq!((found("uberweisung", &all), shop.store.read(notes::waiting).unwrap()), (vec![], true));
    assert_eq!(shop.write(|tx| notes::index_some(tx, 10)), 1);
    assert_eq!((found("uberweisung", &all), shop.store.read(notes::waiting).unwrap()), (vec![first], false));
}

#[test]
fn a_standard_reply_knows_where_it_was_used() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let account = shop.account("mailbox");
    let texts =
        [standard_replies::Text { language: "de".into(), medium: String::new(), text: "Danke".into() }];
    let reply = shop.write(|tx| standard_replies::save(tx, None, "Danke", "danke", &texts, NOW));
    let unused = shop.write(|tx| standard_replies::save(tx, None, "Bitte", "bitte", &texts, NOW));
    let places: Vec<ConversationId> =
        (0..5).map(|n| shop.conversation(contact, &format!("Rad {n}"))).collect();
    let mut sent = Vec::new();
    for place in places.iter().chain(&places[..2]) {
        let message = shop.reply(*place, account, NOW);
        shop.write(|tx| standard_replies::used(tx, reply, message, NOW));
        sent.push(message);
    }
    let uses = |reply: StandardReplyId, before| {
        shop.store.read(|conn| standard_replies::uses(conn, reply, before, 3)).unwrap()
    };
    let first = uses(reply, None);
    assert_eq!(first, [(sent[6], places[1]), (sent[5], places[0]), (sent[4], places[4])]);
    assert_eq!(uses(reply, Some(sent[4])), [(sent[3], places[3]), (sent[2], places[2])]);
    assert_eq!(uses(reply, Some(sent[2])), []);
    assert_eq!(uses(unused, None), []);
    shop.write(|tx| messages::progress::delete(tx, sent[6]));
    assert_eq!(uses(reply, None)[0], (sent[5], places[0]));
    assert!(uses(reply, Some(sent[2])).contains(&(sent[1], places[1])));
}
