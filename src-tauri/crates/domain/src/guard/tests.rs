//! Each guard alone, the caps whatever else is said, and that nothing passes what speaks against it.

use proptest::prelude::*;

use super::*;

const NOW: Timestamp = Timestamp::from_secs(1_780_000_000);

fn about() -> About {
    About {
        class: Class::Unasked,
        confirms: false,
        verdict: Verdict::Person,
        signs: Vec::new(),
        spam: false,
        sensitive: Vec::new(),
        personal: false,
        authentication: Some(Outcome::Pass),
        to_sender: true,
        arrived_at: Some(NOW.plus_secs(-60)),
        due_at: NOW.plus_secs(-60),
        first_import: false,
        rule_since: Some(NOW.plus_secs(-86_400)),
        age_max_secs: AGE_MAX_SECS,
    }
}

/// The guards that hold it back.
fn held_by(about: &About, record: &Record, ledger: &Ledger) -> Vec<(Name, Why)> {
    let guards = check(about, record, ledger, &Limits::default(), NOW);
    let held: Vec<_> = guards.iter().filter(|guard| !guard.passed).cloned().collect();
    assert_eq!(passes(&guards), held.is_empty());
    held.into_iter().map(|guard| (guard.name, guard.why)).collect()
}

#[test]
fn an_ordinary_question_passes_and_every_guard_has_a_row() {
    let guards = check(&about(), &Record::default(), &Ledger::empty(), &Limits::default(), NOW);
    assert!(passes(&guards));
    let names: Vec<Name> = guards.iter().map(|guard| guard.name).collect();
    assert_eq!(names.len(), 20);
    assert!(names.is_sorted());
    assert_eq!(serde_json::to_value(names.first()).unwrap(), "switch");
    let cap = serde_json::to_value(guards.iter().find(|guard| guard.name == Name::CapHour)).unwrap();
    let expected = serde_json::json!({
        "name": "cap_hour", "passed": true, "why": {"code": "count", "sent": 0, "most": 20}
    });
    assert_eq!(cap, expected);
}

#[test]
fn one_thing_alone_holds_it_back() {
    type Change = fn(&mut About, &mut Record, &mut Ledger);
    let table: &[(Change, Name, Why)] = &[
        (|_, _, ledger| ledger.switched_on = false, Name::Switch, Why::IsSo),
        (
            |about, _, _| {
                about.verdict = Verdict::Machine;
                about.signs = vec![Sign::NoReply];
            },
            Name::Person,
            Why::Signs { signs: vec![Sign::NoReply] },
        ),
        (|about, _, _| about.spam = true, Name::Spam, Why::IsSo),
        (|_, record, _| record.blocked = true, Name::Blocked, Why::IsSo),
        (|_, record, _| record.restricted = true, Name::Restricted, Why::IsSo),
        (|_, record, _| record.opted_out = true, Name::OptedOut, Why::IsSo),
        (|_, record, _| record.own = true, Name::Own, Why::IsSo),
        (
            |about, _, _| about.sensitive = vec!["Anwalt".to_owned()],
            Name::Sensitive,
            Why::Words { words: vec!["Anwalt".to_owned()] },
        ),
        (|_, record, _| record.person_wanted = true, Name::PersonWanted, Why::IsSo),
        (|_, _, ledger| ledger.answered = Some(Answered::ByPerson), Name::AlreadyAnswered, Why::ByPerson),
        (|_, _, ledger| ledger.answered = Some(Answered::ByRule), Name::AlreadyAnswered, Why::ByRule),
        (|_, _, ledger| ledger.claim = Claim::Wanted, Name::Claim, Why::NotClaimed),
        (|_, _, ledger| ledger.claim = Claim::Lost, Name::Claim, Why::OtherComputer),
        (|_, _, ledger| ledger.claim = Claim::NotThisComputer, Name::Claim, Why::NotThisComputer),
        (|_, _, ledger| ledger.contact_day = 1, Name::CapContactDay, Why::Count { sent: 1, most: 1 }),
        (|_, _, ledger| ledger.contact_week = 3, Name::CapContactWeek, Why::Count { sent: 3, most: 3 }),
        (|_, _, ledger| ledger.hour = 20, Name::CapHour, Why::Count { sent: 20, most: 20 }),
        (|_, _, ledger| ledger.day = 100, Name::CapDay, Why::Count { sent: 100, most: 100 }),
        (|about, _, _| about.first_import = true, Name::Stale, Why::FirstImport),
    ];
    for (change, name, why) in table {
        let (mut about, mut record, mut ledger) = (about(), Record::default(), Ledger::empty());
        change(&mut about, &mut record, &mut ledger);
        assert_eq!(held_by(&about, &record, &ledger), [(*name, why.clone())]);
    }
}

#[test]
fn personal_details_go_to_proven_senders_only() {
    for (authentication, to_sender, expected) in [
        (Some(Outcome::Pass), true, None),
        // The channel itself vouches: a chat, an SMS.
        (None, true, None),
        (Some(Outcome::Fail), true, Some(Why::Sender { outcome: Outcome::Fail })),
        (Some(Outcome::None), true, Some(Why::Sender { outcome: Outcome::None })),
        (Some(Outcome::Untrusted), true, Some(Why::Sender { outcome: Outcome::Untrusted })),
        // A proven sender who wants the answer elsewhere, or a form.
        (Some(Outcome::Pass), false, Some(Why::OtherAddress)),
    ] {
        let mut about = About { personal: true, authentication, to_sender, ..about() };
        let expected: Vec<_> = expected.map(|why| (Name::Unverified, why)).into_iter().collect();
        assert_eq!(held_by(&about, &Record::default(), &Ledger::empty()), expected);
        // The opening hours may go to anybody.
        about.personal = false;
        assert_eq!(held_by(&about, &Record::default(), &Ledger::empty()), []);
    }
}

#[test]
fn what_is_stale() {
    let at = |secs| NOW.plus_secs(secs);
    for (arrived, due, since, expected) in [
        (-7_200, -7_200, -86_400, None),
        (-7_201, -7_201, -86_400, Some(Why::TooOld { secs: 7_201, limit_secs: 7_200 })),
        // Just before the rule was switched on.
        (-60, -60, -59, Some(Why::BeforeRule { since: at(-59) })),
        // A rule of time: the message is old, its moment is now.
        (-80_000, -10, -86_400, None),
        (-90_000, -10, -86_400, Some(Why::BeforeRule { since: at(-86_400) })),
        // Two clocks seldom agree to the second; a day is no disagreement.
        (30, 30, -86_400, None),
        (86_400, 86_400, -86_400, Some(Why::Ahead { secs: 86_400 })),
    ] {
        let about =
            About { arrived_at: Some(at(arrived)), due_at: at(due), rule_since: Some(at(since)), ..about() };
        let expected: Vec<_> = expected.map(|why| (Name::Stale, why)).into_iter().collect();
        assert_eq!(
            held_by(&about, &Record::default(), &Ledger::empty()),
            expected,
            "{arrived} {due} {since}"
        );
    }
}

#[test]
fn stop_and_person_please_are_confirmed_once() {
    let record = Record { opted_out: true, person_wanted: true, ..Record::default() };
    let confirms = About { class: Class::Dialogue, confirms: true, ..about() };
    assert_eq!(held_by(&confirms, &record, &Ledger::empty()), []);
    let step = About { confirms: false, ..confirms.clone() };
    assert_eq!(held_by(&step, &record, &Ledger::empty()).len(), 2);
    // Only an answer to a command can be a confirmation.
    let rule = About { class: Class::Unasked, ..confirms };
    assert_eq!(held_by(&rule, &record, &Ledger::empty()).len(), 2);
}

#[test]
fn each_class_has_its_caps() {
    let full = Ledger { contact_day: 9, contact_week: 9, hour: 99, day: 999, ..Ledger::empty() };
    let dialogue = About { class: Class::Dialogue, ..about() };
    let notice = About { class: Class::Notice, ..about() };
    assert_eq!(held_by(&dialogue, &Record::default(), &full), []);
    assert_eq!(held_by(&notice, &Record::default(), &full), []);
    let ledger = Ledger { dialogue_day: 10, notice_day: 200, notice_sent: true, ..Ledger::empty() };
    let count = |sent, most| Why::Count { sent, most };
    assert_eq!(held_by(&about(), &Record::default(), &ledger), []);
    assert_eq!(held_by(&dialogue, &Record::default(), &ledger), [(Name::CapDialogue, count(10, 10))]);
    assert_eq!(
        held_by(&notice, &Record::default(), &ledger),
        [(Name::CapNotice, count(200, 200)), (Name::NoticeOnce, count(1, 1))]
    );
}

#[test]
fn settings_end_at_the_ceilings() {
    let limits = Limits::of_settings(60, 300);
    assert_eq!((limits.hour, limits.day), (60, 300));
    let limits = Limits::of_settings(u32::MAX, u32::MAX);
    assert_eq!((limits.hour, limits.day), (60, 300));
    assert_eq!(Limits::of_settings(0, 5), Limits { hour: 0, day: 5, ..Limits::default() });
}

prop_compose! {
    fn abouts()(
        class in prop_oneof![Just(Class::Unasked), Just(Class::Dialogue), Just(Class::Notice)],
        flags in any::<[bool; 7]>(),
        outcome in prop_oneof![Just(None), Just(Some(Outcome::Pass)), Just(Some(Outcome::Fail)), Just(Some(Outcome::None))],
        arrived in -20_000i64..1_000,
        due in -20_000i64..1_000,
        since in proptest::option::of(-20_000i64..0),
    ) -> About {
        let [confirms, machine, spam, sensitive, personal, to_sender, first_import] = flags;
        About {
            class,
            confirms,
            verdict: if machine { Verdict::Machine } else { Verdict::Person },
            signs: if machine { vec![Sign::AutoReplied] } else { Vec::new() },
            spam,
            sensitive: if sensitive { vec!["Trauer".to_owned()] } else { Vec::new() },
            personal,
            authentication: outcome,
            to_sender,
            arrived_at: Some(NOW.plus_secs(arrived)),
            due_at: NOW.plus_secs(due),
            first_import,
            rule_since: since.map(|since| NOW.plus_secs(since)),
            age_max_secs: AGE_MAX_SECS,
        }
    }
}

prop_compose! {
    fn records()(flags in any::<[bool; 5]>()) -> Record {
        let [blocked, restricted, opted_out, own, person_wanted] = flags;
        Record { blocked, restricted, opted_out, own, person_wanted }
    }
}

prop_compose! {
    fn ledgers()(
        switched_on in any::<bool>(),
        counts in [0u32..15, 0u32..15, 0u32..400, 0u32..400, 0u32..15, 0u32..400],
        notice_sent in any::<bool>(),
        answered in prop_oneof![Just(None), Just(Some(Answered::ByPerson)), Just(Some(Answered::ByRule))],
        claim in prop_oneof![Just(Claim::NotNeeded), Just(Claim::Won), Just(Claim::Wanted), Just(Claim::Lost), Just(Claim::NotThisComputer)],
    ) -> Ledger {
        let [contact_day, contact_week, hour, day, dialogue_day, notice_day] = counts;
        Ledger { switched_on, contact_day, contact_week, hour, day, dialogue_day, notice_day, notice_sent, answered, claim }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever detection, record and settings say: at a cap nothing leaves.
    #[test]
    fn a_cap_holds_whatever_the_rest_says(
        about in abouts(), record in records(), ledger in ledgers(), hour in any::<u32>(), day in any::<u32>(), wild in any::<[u32; 4]>(),
    ) {
        let [contact_day, contact_week, dialogue_day, notice_day] = wild;
        let limits = Limits { contact_day, contact_week, hour, day, dialogue_day, notice_day };
        let leaves = passes(&check(&about, &record, &ledger, &limits, NOW));
        let full = match about.class {
            Class::Unasked => ledger.contact_day >= 1 || ledger.contact_week >= 3 || ledger.hour >= 60 || ledger.day >= 300,
            Class::Dialogue => ledger.dialogue_day >= 10,
            Class::Notice => ledger.notice_day >= 200 || ledger.notice_sent,
        };
        prop_assert!(!(full && leaves));
    }

    /// Nothing leaves past a guard that fails, and each failing thing fails its guard.
    #[test]
    fn nothing_passes_what_speaks_against_it(about in abouts(), record in records(), ledger in ledgers()) {
        let guards = check(&about, &record, &ledger, &Limits::default(), NOW);
        prop_assert_eq!(guards.len(), 20);
        prop_assert_eq!(passes(&guards), guards.iter().all(|guard| guard.passed));
        let against = !ledger.switched_on
            || about.verdict == Verdict::Machine
            || about.spam
            || record.blocked
            || record.restricted
            || record.own
            || !about.sensitive.is_empty()
            || about.first_import
            || ledger.answered.is_some()
            || about.personal && (!about.to_sender || about.authentication.is_some_and(|outcome| outcome != Outcome::Pass))
            || (record.opted_out || record.person_wanted) && !(about.confirms && about.class == Class::Dialogue)
            || !matches!(ledger.claim, Claim::NotNeeded | Claim::Won);
        prop_assert!(!(against && passes(&guards)));
    }
}
