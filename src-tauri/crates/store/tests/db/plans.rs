//! Every hot question is answered through an index: no walk through a big table, no sorting of a list.
//!
//! The statements are those that really run: SQLite's own trace collects them while the functions are called.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rusqlite::trace::{TraceEvent, TraceEventCodes};
use theke_domain::ids::{
    AccountId, ChangeId, ContactId, ConversationId, DecisionId, EntryId, IdentityId, MergeId, MessageId,
    NewDraftId, RuleId, StagedId, StandardReplyId, WishId,
};
use theke_domain::medium::Medium;
use theke_domain::message::{ClientReference, Direction, Flags, RemoteId};
use theke_domain::search::{Has, List};
use theke_domain::wish::Scope;
use theke_store::search;
use theke_store::search::narrowed::Narrowing;
use theke_store::table::automatic_sends::Whose;
use theke_store::table::conversations::{self, Status, lists, recent};
use theke_store::table::messages::{self, deciding, find};
use theke_store::table::{
    Place, accounts, articles, attachments, automatic_sends, blocked, bodies, changes, claims, comparing,
    consents, contact_texts, contacts, counters, custom_fields, decisions, dialogues, drafts, duplicates,
    entries, goodwill, identities, imports, merging, outbox, particulars, parties, pending_flags,
    picture_senders, preferences, proposals, references, refusals, remote_ids, restriction, rules, settings,
    staged, standard_replies, tags, tasks, wishes,
};
use theke_store::{Connection, Result};

use crate::shop::{NOW, incoming, mail, new_account, new_identity, queue, store_message};

thread_local! {
    static STATEMENTS: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

fn note(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(statement, _) = event {
        STATEMENTS.with_borrow_mut(|all| all.insert(statement.sql().into_owned()));
    }
}

/// Tables that stay small whatever the shop receives.
const SMALL: [&str; 13] = [
    "rules",
    "dialogues",
    "tags",
    "custom_fields",
    "search_spans",
    "accounts",
    "settings",
    "counters",
    "blocked",
    "changes",
    "new_drafts",
    "standard_replies",
    "picture_senders",
];

fn ask_everything(conn: &Connection) -> Result<()> {
    let (contact, conversation, message) = (ContactId(1), ConversationId(1), MessageId(1));
    let account = AccountId(1);
    let place = Place { at: NOW, id: 5 };
    for status in [None, Some(Status::Open)] {
        for (unread, starred) in [(false, false), (true, false), (false, true)] {
            let filter = lists::Filter { unread, starred, ..lists::Filter::of(status, false) };
            lists::page(conn, &filter, place, 50)?;
            let (medium, account) = (Some(Medium::new("sms")), Some(account));
            lists::page(conn, &lists::Filter { medium, account, ..filter }, place, 50)?;
        }
    }
    ask_of_the_window(conn)?;
    ask_who_is_the_same(conn)?;
    ask_narrowed(conn)?;
    lists::one(conn, conversation)?;
    lists::ids_of_contact(conn, contact, 50)?;
    lists::subjects(conn, &[conversation])?;
    lists::with_subject(conn, contact, "bremse", NOW)?;
    lists::with_order(conn, contact, "r-1", NOW)?;
    recent::of_contact(conn, contact, &Medium::new("sms"), NOW)?;
    recent::order_keys(conn, conversation)?;
    recent::has_incoming(conn, conversation)?;
    recent::recipients(conn, message)?;
    conversations::next_wake_at(conn)?;
    restriction::since(conn, contact)?;
    contact_texts::without_address(conn, "anna")?;
    contact_texts::ids_after(conn, contact, 50)?;
    entries::notes_of_contact(conn, contact)?;
    messages::get(conn, message)?;
    messages::lists::of_conversation(conn, conversation, place, 50)?;
    messages::lists::of_contact(conn, contact, place, 50)?;
    messages::lists::of_account(conn, Some(account), message, 50)?;
    messages::lists::newest(conn, conversation, Direction::In)?;
    messages::lists::newest_of_contact(conn, contact, Direction::In, 5)?;
    find::by_content(conn, Some(account), "ab")?;
    find::by_ref(conn, "<a@x>")?;
    find::linked(conn, Some("<a@x>"), &["<b@x>"])?;
    find::took_part(conn, conversation, "anna@kunde.example")?;
    contacts::get(conn, contact)?;
    contacts::page(conn, place, 50)?;
    contacts::by_name_prefix(conn, "ann", 20)?;
    identities::by_address(conn, &mail("anna@kunde.example"))?;
    identities::of_contact(conn, contact)?;
    identities::of_contacts(conn, &[contact])?;
    preferences::in_force_of(conn, &[contact])?;
    contacts::many(conn, &[contact])?;
    preferences::in_force(conn, contact)?;
    preferences::history(conn, contact)?;
    remote_ids::find(conn, account, &RemoteId("1".to_owned()))?;
    remote_ids::of_message(conn, message)?;
    remote_ids::awaiting_delivery(conn, account, NOW)?;
    pending_flags::get(conn, account, &RemoteId("1".to_owned()))?;
    pending_flags::of_account(conn, account, 10)?;
    attachments::of_message(conn, message)?;
    bodies::get(conn, message)?;
    bodies::texts(conn, message)?;
    parties::of_message(conn, message)?;
    references::of_message(conn, message)?;
    drafts::get(conn, conversation)?;
    decisions::page(conn, DecisionId(9), 50)?;
    decisions::of_message(conn, message)?;
    outbox::next_due(conn, account, NOW)?;
    outbox::open(conn, MessageId(0), 50)?;
    outbox::pending(conn)?;
    outbox::counts(conn)?;
    outbox::in_state(conn, outbox::State::Sending)?;
    outbox::awaiting_copy(conn, account)?;
    outbox::unfinished_references(conn)?;
    outbox::by_reference(conn, &ClientReference("<a@x>".to_owned()))?;
    counters::get(conn, counters::MESSAGES_UNREAD)?;
    settings::get(conn, "shop.name")?;
    search::messages::find(conn, "bremse", Some(1), 20)?;
    search::contacts::find(conn, "anna", 20)?;
    ask_of_automation(conn)
}

/// What rules and the guards ask before anything leaves by itself.
fn ask_of_automation(conn: &Connection) -> Result<()> {
    rules::all(conn)?;
    rules::get(conn, RuleId(1))?;
    rules::versions(conn, RuleId(1))?;
    rules::version(conn, RuleId(1), 1)?;
    for rule in [None, Some(RuleId(1))] {
        decisions::automatic_page(conn, rule, DecisionId(9), 50)?;
    }
    decisions::of_conversation(conn, ConversationId(1))?;
    decisions::waiting(conn, 50)?;
    decisions::wrong_marks(conn, RuleId(1), 1)?;
    for whose in [Whose::Contact(ContactId(1)), Whose::Address("a"), Whose::Shop] {
        automatic_sends::count(conn, whose, "unasked", NOW)?;
    }
    automatic_sends::is_noticed(conn, "4471:shipped")?;
    automatic_sends::parts_since(conn, NOW)?;
    dialogues::of_conversation(conn, ConversationId(1))?;
    dialogues::next_end(conn)?;
    claims::of_message(conn, MessageId(1))?;
    claims::open(conn, AccountId(1), 50)?;
    claims::lost_before(conn, NOW)?;
    decisions::is_decided(conn, MessageId(1), RuleId(1))?;
    deciding::waiting(conn, MessageId(0), 50)?;
    deciding::before(conn, deciding::FROM_THE_NEWEST, 50)?;
    deciding::signs(conn, MessageId(1))?;
    deciding::came_before(conn, ContactId(1), NOW)?;
    deciding::times_between(conn, ContactId(1), NOW, NOW, 50)?;
    deciding::answered_since(conn, ConversationId(1), NOW)?;
    recent::unanswered(conn, NOW, NOW, 50)?;
    entries::last(conn)?;
    entries::closed_between(conn, EntryId(0), EntryId(9), 50)?;
    messages::lists::newest_written(conn, 50)?;
    proposals::waiting(conn, 50)?;
    articles::named(conn, "Parken")?;
    Ok(())
}

/// A rule from its first word to its end, and what is noted as it acts.
fn automate(tx: &theke_store::Transaction<'_>) -> Result<()> {
    let written = rules::Written { name: "Zeiten", mode: "send", source: "eins" };
    let rule = rules::insert(tx, written, "", NOW)?;
    rules::set_on(tx, rule, true, NOW)?;
    rules::save(tx, rule, rules::Written { source: "zwei", ..written }, NOW)?;
    rules::lower(tx, rule, NOW)?;
    rules::set_order(tx, &[rule])?;
    rules::remove(tx, rule, NOW)?;
    changes::undo(tx, &[changes::Step::RuleRemoved { rule }], NOW)?;
    decisions::set_result(tx, DecisionId(1), "sent", Some(MessageId(1)))?;
    claims::want(tx, MessageId(1), AccountId(1), NOW)?;
    claims::advance(tx, MessageId(1), claims::State::Wanted, claims::State::Won, NOW)?;
    dialogues::end_expired(tx, NOW)?;
    dialogues::end(tx, ConversationId(1))?;
    Ok(())
}

/// Who may be the same, and who became part of whom.
fn ask_who_is_the_same(conn: &Connection) -> Result<()> {
    let contact = ContactId(1);
    comparing::known(conn, contact)?;
    comparing::waiting(conn, 50)?;
    comparing::count_waiting(conn, 1000)?;
    comparing::sharing(conn, contact, &["name:an:a".to_owned()], 200)?;
    duplicates::best(conn, 50)?;
    duplicates::at_least(conn, 90, 50)?;
    duplicates::of_contact(conn, contact)?;
    duplicates::not_same_as(conn, contact)?;
    merging::get(conn, MergeId(1))?;
    merging::into_contact(conn, contact)?;
    merging::of_absorbed(conn, contact)?;
    merging::root_of(conn, contact)?;
    theke_store::person::all_of(conn, contact)?;
    merging::values(conn, contact)?;
    merging::first_address(conn, contact)?;
    messages::authentication(conn, MessageId(1))?;
    Ok(())
}

/// A merge of the first contact with a second one, and the way back: only rows of the two are looked at.
fn merge_and_part(tx: &theke_store::Transaction<'_>) -> Result<()> {
    let other = contacts::insert(tx, "A.", contacts::NameSource::Message, NOW)?;
    comparing::compared(tx, other, &["name:an:a".to_owned()])?;
    let pair = duplicates::Pair { first: ContactId(1), second: other, score: 50, reasons: Vec::new() };
    duplicates::replace(tx, other, &[pair], NOW)?;
    duplicates::say_not_same(tx, ContactId(1), other, NOW)?;
    duplicates::take_back_not_same(tx, ContactId(1), other)?;
    let merge = merging::merge(tx, other, ContactId(1), &merging::Field::ALL, None, NOW)?;
    merging::unmerge(tx, merge, NOW)?;
    Ok(())
}

/// A list of a new customer and of one who is known, and the way back: only rows of the two are looked at.
fn take_a_list_in(tx: &theke_store::Transaction<'_>) -> Result<()> {
    let mut news = imports::News {
        addresses: vec![(mail("neu@kunde.example"), String::new())],
        tags: vec!["Chor".to_owned()],
        values: vec![("Schuhe".to_owned(), "text", "41".to_owned())],
        notes: vec!["Vom Fest".to_owned()],
        preferred: Some(Medium::new("sms")),
        ..imports::News::default()
    };
    news.fields.insert("company", "Radwerk".to_owned());
    let import = imports::begin(tx, "liste.csv", NOW)?;
    let (mut known, mut steps) = (imports::Known::read(tx)?, imports::Steps::default());
    imports::make(tx, &news, &mut known, &mut steps, NOW)?;
    news.addresses = vec![(mail("anna.zwei@kunde.example"), String::new())];
    imports::complete(tx, ContactId(1), &news, &mut known, &mut steps, NOW)?;
    imports::note(tx, import, 1, 1, &steps)?;
    let taken = imports::take_back(tx, import, NOW)?;
    assert_eq!(taken, Some(imports::Taken { removed: 1, kept: 0, changed: 1 }));
    Ok(())
}

/// Every way of narrowing, alone and with words, while its wish leaves few messages and while it does not.
fn ask_narrowed(conn: &Connection) -> Result<()> {
    let wide: Vec<ContactId> = (0..600).map(ContactId).collect();
    let days = Narrowing { after: Some(NOW), before: Some(NOW.plus_secs(9)), ..Narrowing::default() };
    let mut wishes = vec![
        Narrowing { senders: Some(search::narrowed::senders(conn, "anna")?), ..Narrowing::default() },
        Narrowing { senders: Some(wide), ..days.clone() },
        Narrowing { senders: Some(vec![ContactId(1)]), ourselves: true, ..Narrowing::default() },
        Narrowing { ourselves: true, ..Narrowing::default() },
        Narrowing { accounts: vec![AccountId(1)], ..days.clone() },
        Narrowing { media: vec![Medium::new("email")], ..days.clone() },
        Narrowing { has: vec![Has::Attachment, Has::Picture, Has::Pdf], ..days.clone() },
        days,
    ];
    let lists =
        [List::Open, List::Waiting, List::Snoozed, List::Closed, List::Spam, List::Unread, List::Starred];
    wishes.extend(lists.map(|list| Narrowing { lists: vec![list], ..Narrowing::default() }));
    wishes.push(Narrowing { lists: lists.to_vec(), ..Narrowing::default() });
    for wish in &wishes {
        for words in ["", "bremse"] {
            search::narrowed::find(conn, words, wish, Some(1), 20)?;
            search::notes::find(conn, words, wish, 20)?;
        }
    }
    Ok(())
}

/// What only the window asks.
fn ask_of_the_window(conn: &Connection) -> Result<()> {
    let (contact, conversation) = (ContactId(1), ConversationId(1));
    let place = Place { at: NOW, id: 5 };
    blocked::is_blocked(conn, &mail("anna@kunde.example"))?;
    blocked::all(conn)?;
    blocked::conversations_of(conn, contact, &mail("anna@kunde.example"))?;
    entries::of_conversation(conn, conversation, place, 50)?;
    entries::of_contact(conn, contact, place, 50)?;
    changes::newest(conn, 20)?;
    changes::get(conn, ChangeId(1))?;
    preferences::row_in_force(conn, contact)?;
    preferences::is_habit_declined(conn, contact, &Medium::new("sms"))?;
    wishes::get(conn, WishId(1))?;
    wishes::of_message(conn, MessageId(1))?;
    wishes::of_contact(conn, contact, 50)?;
    refusals::in_force(conn, contact, conversation)?;
    search::notes::waiting(conn)?;
    standard_replies::uses(conn, StandardReplyId(1), Some(MessageId(9)), 20)?;
    standard_replies::all(conn)?;
    standard_replies::get(conn, StandardReplyId(1))?;
    picture_senders::is_allowed(conn, "anna@kunde.example")?;
    picture_senders::all(conn)?;
    drafts::new_messages(conn)?;
    drafts::new_message(conn, NewDraftId(1))?;
    staged::of(conn, staged::Target::Answer(conversation))?;
    staged::of(conn, staged::Target::New(NewDraftId(1)))?;
    staged::part(conn, StagedId(1))?;
    ask_of_the_card(conn)
}

/// What a card and the list of tasks ask.
fn ask_of_the_card(conn: &Connection) -> Result<()> {
    let contact = ContactId(1);
    particulars::get(conn, contact)?;
    tags::of_contact(conn, contact)?;
    tags::all(conn)?;
    custom_fields::all(conn)?;
    custom_fields::standing(conn, contact)?;
    consents::in_force(conn, contact)?;
    goodwill::of_contact(conn, contact, 50)?;
    goodwill::before(conn, contact, NOW)?;
    tasks::of_contact(conn, contact)?;
    tasks::open(conn, 100)?;
    tasks::counts(conn, NOW)?;
    messages::noted::said(conn, contact, 50)?;
    messages::lists::newest_by_account(conn, ConversationId(1), Direction::In)?;
    Ok(())
}

fn fill(tx: &theke_store::Transaction<'_>) -> Result<()> {
    let account = accounts::insert(tx, &new_account("mailbox"))?;
    let contact = contacts::insert(tx, "Anna", contacts::NameSource::Hand, NOW)?;
    identities::insert(tx, &new_identity(contact, mail("anna@kunde.example")))?;
    let new = conversations::NewConversation {
        contact_id: contact,
        subject: "Bremse".to_owned(),
        subject_key: "bremse".to_owned(),
        status: Status::Open,
        spam: false,
        at: NOW,
    };
    let conversation = conversations::insert(tx, &new)?;
    queue(tx, conversation, contact, account, NOW)?;
    let message = messages::NewMessage { account_id: Some(account), ..incoming(conversation, contact) };
    store_message(tx, &message, "Bremse")?;
    // Two values against each other, so that it is asked when they came together.
    tx.execute_batch(
        "INSERT INTO custom_fields (name, kind) VALUES ('Rahmen', 'text');
         INSERT INTO custom_values (contact_id, origin_contact_id, field_id, value, changed_at)
         VALUES (1, 0, 1, '56', 1), (1, 2, 1, '58', 1);",
    )?;
    Ok(())
}

fn change_everything(tx: &theke_store::Transaction<'_>) -> Result<()> {
    let id = MessageId(1);
    search::messages::index_some(tx, 10, search::messages::Scope::All)?;
    search::notes::index_some(tx, 10)?;
    conversations::mark_seen(tx, ConversationId(1))?;
    conversations::mark_unseen(tx, ConversationId(1))?;
    let note = entries::add_note(tx, ContactId(1), Some(ConversationId(1)), "Rahmen 56", NOW)?;
    entries::change_note(tx, note, "Rahmen 58", NOW)?;
    entries::hand_over(tx, ConversationId(1), ConversationId(1), ContactId(1))?;
    let steps = [changes::Step::Starred { conversation: ConversationId(1), was: true }];
    changes::insert(tx, "unstar", "Anna", 1, &steps, NOW)?;
    changes::undo(tx, &steps, NOW)?;
    heed_wishes(tx)?;
    let tagged = tags::add(tx, ContactId(1), "Verein", NOW)?;
    changes::undo(tx, &tagged, NOW)?;
    staged::hand_over(tx, ConversationId(1), ConversationId(1))?;
    staged::sweep(tx, NOW)?;
    standard_replies::used(tx, StandardReplyId(1), id, NOW)?;
    staged::remove(tx, StagedId(1))?;
    conversations::wake(tx, NOW)?;
    conversations::reshape::settle(tx, ConversationId(1))?;
    contacts::heard(tx, ContactId(1), NOW)?;
    outbox::steps::claim(tx, id)?;
    outbox::steps::hold_waited(tx, NOW, NOW)?;
    outbox::steps::sent(tx, id, None, false, NOW)?;
    merge_and_part(tx)?;
    automate(tx)?;
    remote_ids::gone(tx, AccountId(1), &RemoteId("1".to_owned()), NOW)?;
    pending_flags::settled(tx, AccountId(1), &RemoteId("1".to_owned()), Flags::default())?;
    messages::progress::delete(tx, id)
}

/// A wish with all that it can lead to, there and back.
fn heed_wishes(tx: &theke_store::Transaction<'_>) -> Result<()> {
    let mut wish = wishes::NewWish {
        message_id: MessageId(1),
        contact_id: ContactId(1),
        conversation_id: ConversationId(1),
        medium: Some(Medium::new("phone")),
        refused: vec![Medium::new("sms")],
        scope: Scope::Always,
        conditional: false,
        new_address: None,
        evidence: "bitte anrufen".to_owned(),
        state: wishes::State::Acted,
        why: String::new(),
        at: NOW,
    };
    let id = wishes::insert(tx, &wish)?;
    let mut steps = wishes::effects::apply(tx, &wish, None, NOW)?;
    wish.medium = Some(Medium::new("sms"));
    steps.extend(wishes::effects::apply(tx, &wish, None, NOW)?);
    wish.scope = Scope::ThisTime;
    steps.extend(wishes::effects::apply(tx, &wish, None, NOW)?);
    steps.extend(wishes::effects::opt_out(tx, &wish, &[IdentityId(1)])?);
    let preference = preferences::decline_habit(tx, ContactId(1), &Medium::new("sms"), NOW)?;
    steps.push(changes::Step::Wish(changes::WishStep::HabitDeclined { preference, contact: ContactId(1) }));
    wishes::settle(tx, id, wishes::State::Acted, &steps)?;
    assert!(steps.len() > 7, "{steps:?}");
    changes::undo(tx, &steps, NOW)?;
    Ok(())
}

/// A store with all there is of everything, and the statements that ran on it.
fn traced(
    conn: &mut Connection,
    ask: impl FnOnce(&theke_store::Transaction<'_>) -> Result<()>,
) -> BTreeSet<String> {
    for step in crate::migrations::files() {
        conn.execute_batch(&std::fs::read_to_string(step).unwrap()).unwrap();
    }
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note)).unwrap();
    let tx = conn.transaction().unwrap();
    fill(&tx).unwrap();
    STATEMENTS.with_borrow_mut(BTreeSet::clear);
    ask(&tx).unwrap();
    tx.commit().unwrap();
    conn.trace_v2(TraceEventCodes::empty(), None::<fn(TraceEvent<'_>)>).unwrap();
    STATEMENTS.with_borrow(Clone::clone)
}

/// How many of them were looked at, and what is bad in their plans.
fn looked_at(conn: &Connection, statements: &BTreeSet<String>) -> Result<(usize, Vec<String>)> {
    let mut looked_at = 0;
    let mut bad = Vec::new();
    for sql in statements {
        let verb = sql.split_whitespace().next().unwrap_or_default().to_uppercase();
        if !["SELECT", "UPDATE", "DELETE", "INSERT"].contains(&verb.as_str()) || sql.contains("_fts_") {
            continue;
        }
        looked_at += 1;
        let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let nothing = vec![rusqlite::types::Null; plan.parameter_count()];
        let steps = plan
            .query_map(rusqlite::params_from_iter(nothing), |row| row.get::<_, String>(3))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        bad.extend(steps.into_iter().filter(|step| is_bad(step)).map(|step| format!("{step}\n    {sql}")));
    }
    Ok((looked_at, bad))
}

#[test]
fn no_hot_question_walks_or_sorts() {
    let mut conn = Connection::open_in_memory().unwrap();
    let statements = traced(&mut conn, |tx| {
        ask_everything(tx)?;
        change_everything(tx)
    });
    let (looked_at, bad) = looked_at(&conn, &statements).unwrap();
    assert!(looked_at > 70, "{looked_at}");
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// It is taken back in a transaction that does not ask who names a row that goes, as `Store::try_write_unlinked` has it.
#[test]
fn a_list_comes_and_goes_without_a_walk() {
    let mut conn = Connection::open_in_memory().unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    let statements = traced(&mut conn, take_a_list_in);
    let (looked_at, bad) = looked_at(&conn, &statements).unwrap();
    assert!(looked_at > 40, "{looked_at}");
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

fn is_bad(step: &str) -> bool {
    let sorts = step.contains("TEMP B-TREE FOR ORDER BY") || step.contains("TEMP B-TREE FOR LAST");
    let walks = step.starts_with("SCAN ")
        // Partial indexes of what waits, which stay small, and FTS, which brings its own index.
        && !["VIRTUAL TABLE", "contacts_to_compare", "outbox_open", "outbox_after_send", "outbox_due", "messages_to_index", "CONSTANT ROW",
             "conversations_snoozed", "tasks_open", "decisions_waiting"]
            .iter()
            .any(|fine| step.contains(fine))
        && !SMALL.iter().any(|table| step.contains(table));
    sorts || walks
}
