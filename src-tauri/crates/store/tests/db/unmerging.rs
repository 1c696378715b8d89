//! A merge that is taken back restores both, whatever came since and in whatever order several are taken back.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rusqlite::types::Value;
use theke_domain::ids::{AccountId, ContactId, ConversationId, IdentityId, MergeId, MessageId};
use theke_domain::message::{Delivery, Direction};
use theke_domain::time::Timestamp;
use theke_store::search::contacts::find;
use theke_store::table::conversations::reshape;
use theke_store::table::merging::{self, Field};
use theke_store::table::messages::NewMessage;
use theke_store::table::{contacts, conversations, entries, identities};
use theke_store::{Connection, Transaction};

use crate::shop::{NOW, Shop, incoming, mail, new_identity, queue, store_message};

/// Every table that names a contact, without the columns that are worked out anew.
const DUMPED: [(&str, &str); 19] = [
    (
        "contacts",
        "id, name, name_source, folded_name, country, language, company, salutation, birthday, postcode,
        restricted_at, merged_into_id, message_count, first_contact_at, last_contact_at, created_at",
    ),
    ("identities", "*"),
    ("conversations", "*"),
    ("messages", "*"),
    ("entries", "*"),
    ("preferences", "*"),
    ("contact_tags", "*"),
    ("custom_values", "*"),
    ("consents", "*"),
    ("goodwill", "*"),
    ("tasks", "*"),
    ("refusals", "*"),
    ("wishes", "*"),
    ("outbox", "*"),
    ("decisions", "*"),
    ("dialogues", "*"),
    ("new_drafts", "*"),
    ("drafts", "*"),
    ("counters", "*"),
];

fn dump(shop: &Shop) -> Vec<String> {
    let read = |conn: &Connection| {
        let mut lines = Vec::new();
        for (table, columns) in DUMPED {
            let mut statement = conn.prepare(&format!("SELECT {columns} FROM {table}"))?;
            let width = statement.column_count();
            let rows = statement.query_map([], |row| {
                (0..width).map(|at| row.get::<_, Value>(at)).collect::<rusqlite::Result<Vec<_>>>()
            })?;
            for row in rows {
                lines.push(format!("{table} {:?}", row?));
            }
        }
        lines.sort();
        Ok(lines)
    };
    shop.store.read(read).unwrap()
}

/// What differs, for a failure that can be read.
fn assert_same(before: &[String], after: &[String]) {
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (before.iter().collect(), after.iter().collect());
    let gone: Vec<_> = old.difference(&new).collect();
    let came: Vec<_> = new.difference(&old).collect();
    assert!(gone.is_empty() && came.is_empty(), "before: {gone:#?}\nafter: {came:#?}");
}

struct Person {
    contact: ContactId,
    identities: Vec<IdentityId>,
    conversations: Vec<ConversationId>,
}

/// A message by this identity, in or out.
fn message(
    tx: &Transaction<'_>,
    conversation: ConversationId,
    contact: ContactId,
    identity: Option<IdentityId>,
    direction: Direction,
    at: Timestamp,
) -> theke_store::Result<MessageId> {
    let new = NewMessage {
        identity_id: identity,
        direction,
        delivery: if direction == Direction::In { Delivery::Received } else { Delivery::Sent },
        seen: direction == Direction::Out,
        at,
        ..incoming(conversation, contact)
    };
    store_message(tx, &new, "Guten Tag")
}

const ROWS: [&str; 10] = [
    "INSERT INTO preferences (contact_id, medium, source, since_at, ended_at) VALUES (?1, 'sms', 'hand', 5, 9)",
    "INSERT INTO contact_tags (contact_id, tag_id, added_at) VALUES (?1, 1, 5)",
    "INSERT INTO custom_values (contact_id, field_id, value, changed_at) VALUES (?1, 1, 'rot ' || ?1, 5)",
    "INSERT INTO consents (contact_id, purpose, state, source, at) VALUES (?1, 'service', 'given', 'hand', 5)",
    "INSERT INTO goodwill (contact_id, conversation_id, what, granted_at) VALUES (?1, ?2, '10 %', 5)",
    "INSERT INTO tasks (contact_id, conversation_id, kind, text, created_at) VALUES (?1, ?2, 'call', 'anrufen', 5)",
    "INSERT INTO refusals (contact_id, conversation_id, medium, source, since_at) VALUES (?1, ?2, 'sms', 'hand', 5)",
    "INSERT INTO refusals (contact_id, medium, source, since_at, ended_at) VALUES (?1, 'phone', 'wish', 5, 7)",
    "INSERT INTO new_drafts (contact_id, body, saved_at) VALUES (?1, 'Guten Tag', 5)",
    "INSERT INTO decisions (at, contact_id, mode, result) VALUES (5, ?1, 'suggest', 'nothing')",
];

/// A person with a row in every table.
fn person(shop: &Shop, account: AccountId, number: usize, size: usize) -> Person {
    shop.write(|tx| {
        let name = ["Rosa Tannwald", "R. Tannwald", "", "Tannwald, Rosa"][number % 4];
        let contact = contacts::insert(tx, name, contacts::NameSource::Message, NOW)?;
        let mut person = Person { contact, identities: Vec::new(), conversations: Vec::new() };
        for at in 0..=size % 2 {
            let address = mail(&format!("p{number}-{at}@kunde.example"));
            person.identities.push(identities::insert(tx, &new_identity(contact, address))?);
        }
        let gone = identities::insert(tx, &new_identity(contact, mail(&format!("alt{number}@kunde.example"))))?;
        identities::remove(tx, gone, NOW)?;
        for at in 0..=size {
            let new = conversations::NewConversation {
                contact_id: contact,
                subject: format!("Rad {at}"),
                subject_key: format!("rad {at}"),
                status: conversations::Status::Open,
                spam: false,
                at: NOW,
            };
            let conversation = conversations::insert(tx, &new)?;
            person.conversations.push(conversation);
            for (step, identity) in person.identities.iter().enumerate() {
                let at = NOW.plus_secs(i64::try_from(number * 100 + at * 10 + step).unwrap());
                let id = message(tx, conversation, contact, Some(*identity), Direction::In, at)?;
                tx.execute(
                    "INSERT INTO wishes (message_id, contact_id, conversation_id, scope, state, at)
                     VALUES (?, ?, ?, 'always', 'asked', 5)",
                    [id.0, contact.0, conversation.0],
                )?;
            }
            message(tx, conversation, contact, None, Direction::Out, NOW)?;
            entries::add_note(tx, contact, Some(conversation), "Rahmen 56", NOW)?;
            entries::add_event(tx, contact, Some(conversation), "status", &[], NOW)?;
        }
        let answer = queue(tx, person.conversations[0], contact, account, NOW)?;
        tx.execute("UPDATE messages SET identity_id = ? WHERE id = ?", [person.identities[0].0, answer.0])?;
        entries::add_note(tx, contact, None, "kommt samstags", NOW)?;
        for sql in ROWS {
            if sql.contains("?2") {
                tx.execute(sql, [contact.0, person.conversations[0].0])?;
            } else {
                tx.execute(sql, [contact.0])?;
            }
        }
        if number.is_multiple_of(2) {
            let sql = "INSERT INTO preferences (contact_id, medium, source, since_at) VALUES (?, 'email', 'hand', 6)";
            tx.execute(sql, [contact.0])?;
            let sql = "UPDATE contacts SET company = 'Tannwald GmbH', postcode = '8001', salutation = 'du' WHERE id = ?";
            tx.execute(sql, [contact.0])?;
        }
        Ok(person)
    })
}

fn people(shop: &Shop, sizes: &[usize]) -> Vec<Person> {
    let account = shop.account("email");
    shop.write(|tx| {
        tx.execute("INSERT INTO tags (name, folded) VALUES ('Stamm', 'stamm')", [])?;
        tx.execute("INSERT INTO custom_fields (name, kind) VALUES ('Farbe', 'text')", [])?;
        Ok(())
    });
    sizes.iter().enumerate().map(|(number, size)| person(shop, account, number, *size)).collect()
}

/// A message of one that a person moved to another one's conversation: it is theirs from then on.
fn misplace(shop: &Shop, from: &Person, to: &Person) {
    shop.write(|tx| {
        let sql = "SELECT id FROM messages WHERE conversation_id = ? AND direction = 'in' LIMIT 1";
        let id: i64 = tx.query_row(sql, [from.conversations[0].0], |row| row.get(0))?;
        reshape::move_message(tx, MessageId(id), to.conversations[0])?;
        // As a wish follows its message is the business of whoever moves it.
        let sql = "UPDATE wishes SET contact_id = ?2, conversation_id = ?3 WHERE message_id = ?1";
        tx.execute(sql, [id, to.contact.0, to.conversations[0].0])?;
        Ok(())
    });
}

/// Merges two of those that stand for themselves; `None` if there are no two.
fn merge_some(shop: &Shop, people: &[Person], pick: (usize, usize), fields: usize) -> Option<MergeId> {
    shop.write(|tx| {
        let mut roots = Vec::new();
        for person in people {
            if merging::of_absorbed(tx, person.contact)?.is_none() {
                roots.push(person.contact);
            }
        }
        if roots.len() < 2 {
            return Ok(None);
        }
        let survivor = roots.remove(pick.0 % roots.len());
        let absorbed = roots[pick.1 % roots.len()];
        let taken: Vec<Field> = Field::ALL
            .into_iter()
            .enumerate()
            .filter(|(at, _)| fields >> at & 1 == 1)
            .map(|(_, f)| f)
            .collect();
        merging::merge(tx, survivor, absorbed, &taken, None, NOW.plus_secs(900)).map(Some)
    })
}

/// What holds at any time: counters, and each row with whom its conversation and its contact say.
fn assert_sound(shop: &Shop) {
    shop.assert_counters();
    let wrong = [
        "SELECT count(*) FROM messages m JOIN conversations v ON v.id = m.conversation_id
         WHERE m.contact_id <> v.contact_id",
        "SELECT count(*) FROM outbox o JOIN messages m ON m.id = o.message_id WHERE m.contact_id <> o.contact_id",
        "SELECT count(*) FROM wishes w JOIN messages m ON m.id = w.message_id
         WHERE m.contact_id <> w.contact_id OR m.conversation_id <> w.conversation_id",
        "SELECT count(*) FROM entries e JOIN conversations v ON v.id = e.conversation_id
         WHERE e.contact_id <> v.contact_id",
        "SELECT count(*) FROM tasks t JOIN conversations v ON v.id = t.conversation_id
         WHERE t.contact_id <> v.contact_id",
        "SELECT count(*) FROM contacts c WHERE message_count <>
             (SELECT count(*) FROM messages m WHERE m.contact_id = c.id)",
        "SELECT count(*) FROM conversations v WHERE message_count <>
             (SELECT count(*) FROM messages m WHERE m.conversation_id = v.id) OR message_count = 0",
        "SELECT count(*) FROM identities i JOIN contacts c ON c.id = i.contact_id WHERE c.merged_into_id IS NOT NULL",
    ];
    for sql in wrong {
        let found: i64 = shop.store.read(|conn| Ok(conn.query_row(sql, [], |row| row.get(0))?)).unwrap();
        assert_eq!(found, 0, "{sql}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Several merges, one into the other, taken back in any order, leave everything as it was.
    #[test]
    fn merges_taken_back_in_any_order_leave_no_trace(
        sizes in prop::collection::vec(0_usize..3, 2..5),
        picks in prop::collection::vec((0_usize..8, 0_usize..8, 0_usize..128), 1..5),
        misplaced in any::<bool>(),
        order in prop::collection::vec(0_usize..8, 5),
    ) {
        let shop = Shop::new();
        let people = people(&shop, &sizes);
        if misplaced {
            misplace(&shop, &people[0], &people[1]);
        }
        let before = dump(&shop);
        let mut merges = Vec::new();
        for (one, other, fields) in picks {
            merges.extend(merge_some(&shop, &people, (one, other), fields));
            assert_sound(&shop);
        }
        for pick in order {
            if merges.is_empty() {
                break;
            }
            let merge = merges.remove(pick % merges.len());
            prop_assert!(shop.write(|tx| merging::unmerge(tx, merge, NOW)).is_some());
            prop_assert!(shop.write(|tx| merging::unmerge(tx, merge, NOW)).is_none());
            assert_sound(&shop);
        }
        for person in &people {
            let found = shop.store.read(|conn| merging::root_of(conn, person.contact)).unwrap();
            prop_assert_eq!(found, person.contact);
        }
        assert_same(&before, &dump(&shop));
    }

    /// What came while they were one goes to whom the address belongs, whichever conversation it came into.
    #[test]
    fn what_came_since_goes_with_its_address(
        sizes in prop::collection::vec(0_usize..3, 2..4),
        picks in prop::collection::vec((0_usize..8, 0_usize..8, 0_usize..128), 1..4),
        later in prop::collection::vec((0_usize..8, 0_usize..8, 0_usize..8, any::<bool>()), 1..8),
        order in prop::collection::vec(0_usize..8, 4),
    ) {
        let shop = Shop::new();
        let people = people(&shop, &sizes);
        let mut merges = Vec::new();
        for (one, other, fields) in picks {
            merges.extend(merge_some(&shop, &people, (one, other), fields));
        }
        let mut came = Vec::new();
        for (who, which, into, out) in later {
            let sender = &people[who % people.len()];
            let identity = sender.identities[which % sender.identities.len()];
            let owner = shop.store.read(|conn| merging::root_of(conn, sender.contact)).unwrap();
            let open: Vec<ConversationId> = people
                .iter()
                .flat_map(|one| &one.conversations)
                .copied()
                .filter(|id| shop.contact_of(*id) == owner)
                .collect();
            let direction = if out { Direction::Out } else { Direction::In };
            let at = NOW.plus_secs(2000);
            let conversation = open[into % open.len()];
            let id = shop.write(|tx| message(tx, conversation, owner, Some(identity), direction, at));
            came.push((id, sender.contact));
        }
        for pick in order {
            if merges.is_empty() {
                break;
            }
            let merge = merges.remove(pick % merges.len());
            shop.write(|tx| merging::unmerge(tx, merge, NOW));
            assert_sound(&shop);
        }
        for (id, contact) in came {
            let sql = "SELECT contact_id FROM messages WHERE id = ?";
            let owner: i64 = shop.store.read(|conn| Ok(conn.query_row(sql, [id.0], |row| row.get(0))?)).unwrap();
            prop_assert_eq!(owner, contact.0);
        }
        // What was there before is where it was: only conversations may have been divided.
        for person in &people {
            for conversation in &person.conversations {
                prop_assert_eq!(shop.contact_of(*conversation), person.contact);
            }
        }
    }
}

#[test]
fn a_mixed_conversation_is_divided_and_a_later_note_stays_with_the_survivor() {
    let shop = Shop::new();
    let (anna, private) = shop.contact("Anna", "anna@kunde.example");
    let (other, work) = shop.contact("A. Keller", "keller@arbeit.example");
    let conversation = shop.conversation(other, "Licht");
    let first = shop.write(|tx| message(tx, conversation, other, Some(work), Direction::In, NOW));
    let merge = shop.write(|tx| merging::merge(tx, anna, other, &[], None, NOW));
    let (later, answer) = shop.write(|tx| {
        let later = message(tx, conversation, anna, Some(private), Direction::In, NOW.plus_secs(60))?;
        let answer = message(tx, conversation, anna, Some(work), Direction::Out, NOW.plus_secs(90))?;
        entries::add_note(tx, anna, Some(conversation), "ruft an", NOW)?;
        entries::add_event(tx, anna, Some(conversation), "status", &[], NOW)?;
        Ok((later, answer))
    });
    let parted = shop.write(|tx| merging::unmerge(tx, merge, NOW)).unwrap();
    assert_eq!((parted.part, parted.rest, parted.conversations.len()), (other, anna, 2));
    let place = |id: MessageId| {
        let sql = "SELECT contact_id, conversation_id FROM messages WHERE id = ?";
        let read = |row: &rusqlite::Row<'_>| Ok((ContactId(row.get(0)?), ConversationId(row.get(1)?)));
        shop.store.read(|conn| Ok(conn.query_row(sql, [id.0], read)?)).unwrap()
    };
    assert_eq!((place(first), place(answer)), ((other, conversation), (other, conversation)));
    assert_eq!(place(later).0, anna);
    let divided = place(later).1;
    let notes = |contact| {
        shop.store
            .read(|conn| entries::of_contact(conn, contact, theke_store::table::Place::NEWEST, 10))
            .unwrap()
            .into_iter()
            .map(|entry| (entry.kind, entry.conversation_id))
            .collect::<Vec<_>>()
    };
    assert_eq!(notes(anna), [(entries::Kind::Note, Some(divided))]);
    assert_eq!(notes(other), [(entries::Kind::Event, Some(conversation))]);
    assert_sound(&shop);
}

#[test]
fn names_that_were_chosen_go_back_unless_somebody_changed_them_since() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (other, _) = shop.contact("Anna Keller", "keller@arbeit.example");
    let (third, _) = shop.contact("Keller Anna", "a.k@kunde.example");
    let name = |id| shop.store.read(|conn| contacts::get(conn, id)).unwrap().unwrap().name;
    let merge = |other| shop.write(|tx| merging::merge(tx, anna, other, &[Field::Name], None, NOW));
    let (first, second) = (merge(other), merge(third));
    assert_eq!(name(anna), "Keller Anna");
    shop.write(|tx| merging::unmerge(tx, first, NOW));
    assert_eq!(name(anna), "Keller Anna", "the later choice stands");
    shop.write(|tx| merging::unmerge(tx, second, NOW));
    assert_eq!(name(anna), "Anna");
    let hits = |typed| shop.store.read(|conn| find(conn, typed, 10)).unwrap();
    assert_eq!(hits("keller").len(), 2, "each is found by itself");
    let again = merge(other);
    shop.write(|tx| contacts::rename(tx, anna, "Frau Keller", contacts::NameSource::Hand));
    shop.write(|tx| merging::unmerge(tx, again, NOW));
    assert_eq!(name(anna), "Frau Keller");
}

#[test]
fn who_is_part_of_another_one_is_not_merged_again() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (other, _) = shop.contact("Anna", "keller@arbeit.example");
    let (third, _) = shop.contact("Anna", "a.k@kunde.example");
    shop.write(|tx| merging::merge(tx, anna, other, &[], None, NOW));
    for (survivor, absorbed) in [(other, third), (third, other), (anna, anna)] {
        let refused = shop.store.write(|tx| merging::merge(tx, survivor, absorbed, &[], None, NOW));
        assert!(matches!(refused, Err(theke_store::Error::NotFound)));
    }
    assert_eq!(shop.store.read(|conn| merging::into_contact(conn, anna)).unwrap().len(), 1);
}

/// Rows that were changed on this connection so far.
fn changed_rows(tx: &Transaction<'_>) -> theke_store::Result<i64> {
    Ok(tx.query_row("SELECT total_changes()", [], |row| row.get(0))?)
}

/// `THEKE_CUSTOMERS` sets how many others there are, to measure how long it takes; the bound is on rows.
#[test]
fn a_merge_changes_rows_of_the_two_alone_however_many_others_there_are() {
    let others: usize = std::env::var("THEKE_CUSTOMERS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let shop = Shop::new();
    let people = people(&shop, &[2, 2]);
    for block in (0..others).collect::<Vec<_>>().chunks(5_000) {
        shop.write(|tx| {
            for number in block {
                let contact = contacts::insert(tx, "Rosa Tannwald", contacts::NameSource::Message, NOW)?;
                let address = mail(&format!("andere{number}@kunde.example"));
                identities::insert(tx, &new_identity(contact, address))?;
            }
            Ok(())
        });
    }
    let (one, other) = (people[0].contact, people[1].contact);
    let (merged, parted) = shop.write(|tx| {
        let before = changed_rows(tx)?;
        let began = std::time::Instant::now();
        let merge = merging::merge(tx, one, other, &Field::ALL, None, NOW)?;
        let (merging_took, merged) = (began.elapsed(), changed_rows(tx)? - before);
        let began = std::time::Instant::now();
        merging::unmerge(tx, merge, NOW)?;
        println!("{others} others: merged in {merging_took:?}, taken back in {:?}", began.elapsed());
        Ok((merged, changed_rows(tx)? - before - merged))
    });
    assert!(merged < 300 && parted < 300, "{merged} and {parted} rows");
}
