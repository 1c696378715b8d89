//! Seven days of loops (promise A3): the caps hold on each of them, after the first nothing more goes to a program that can
//! be told, and a person gets an answer in the middle of it all.

use std::collections::BTreeSet;
use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};
use theke_tests::mailstack::MailStack;

use super::peers::{FORWARDER, OTHER, PLAIN_BOT, World};
use super::{House, RULE_FOR_ALL, days_ago, held_by};

const DAYS: u32 = 7;
/// Minutes between what leaves and what comes back.
const EXCHANGES: [i64; 5] = [0, 7, 7, 240, 7];

/// One of our own in the drill: what it sent, when, and to whom.
struct Instance {
    house: House,
    left: Vec<(Timestamp, String)>,
}

impl Instance {
    fn new(stack: &MailStack, user: &'static str, at: Timestamp) -> Self {
        let mut house = House::open(stack, user, at);
        house.switch_on(RULE_FOR_ALL);
        Self { house, left: Vec::new() }
    }

    /// Takes in what lies there and sends what it wants to. Gives that, by recipient.
    fn turn(&mut self) -> Vec<(String, Vec<u8>)> {
        let synced = self.house.shop.json(&["sync"]);
        assert_eq!(synced["accounts"][0]["error"], serde_json::Value::Null, "{synced}");
        let taken = self.house.smtp.taken();
        let mut sent = Vec::new();
        for one in &taken[self.left.len()..] {
            assert_eq!(one.to.len(), 1, "{one:?}");
            self.left.push((self.house.at, one.to[0].clone()));
            sent.push((one.to[0].clone(), one.raw.clone()));
        }
        sent
    }

    /// Most that left within any span of this length, to one address or to all.
    fn most(&self, hours: i64, to: Option<&str>) -> usize {
        let fits = |other: &&(Timestamp, String)| to.is_none_or(|to| other.1 == to);
        let within = |from: Timestamp| {
            let until = from + SignedDuration::from_hours(hours);
            self.left.iter().filter(fits).filter(|(at, _)| (from..until).contains(at)).count()
        };
        self.left.iter().filter(fits).map(|(at, _)| within(*at)).max().unwrap_or(0)
    }

    /// Every cap of the promises, over everything that left.
    fn within_the_caps(&self) {
        let everybody: BTreeSet<&str> = self.left.iter().map(|(_, to)| to.as_str()).collect();
        for to in everybody {
            assert!(self.most(24, Some(to)) <= 1, "{to}: {:?}", self.left);
            assert!(self.most(7 * 24, Some(to)) <= 3, "{to}: {:?}", self.left);
        }
        assert!(self.most(1, None) <= 20 && self.most(24, None) <= 100, "{:?}", self.left);
    }

    /// To whom anything went at or after this moment.
    fn since(&self, at: Timestamp) -> BTreeSet<&str> {
        self.left.iter().filter(|(when, _)| *when >= at).map(|(_, to)| to.as_str()).collect()
    }
}

#[test]
fn loops_die_within_seven_days_and_a_person_is_answered() {
    let stack = MailStack::start();
    let start = days_ago(i64::from(DAYS) + 1);
    let (mut ours, mut other) = (Instance::new(&stack, "shop", start), Instance::new(&stack, "other", start));
    let mut world = World::new(start);
    let mut at = start;
    // What came back in the evening lies there in the morning.
    let (mut to_shop, mut to_other) = (Vec::new(), Vec::new());
    for day in 1..=DAYS {
        at = start + SignedDuration::from_hours(24 * i64::from(day - 1) + 1);
        to_shop.extend(world.morning(day));
        if day == 1 {
            to_shop.push(world.quiet_ticket());
        }
        if day == 4 {
            to_shop.push(world.mail("Anna <anna@mensch.example>", "Frage", "", "Wann haben Sie geöffnet?"));
        }
        for minutes in EXCHANGES {
            at += SignedDuration::from_mins(minutes);
            world.set_clock(at);
            let other_has_mail = !to_other.is_empty();
            for (mails, instance) in [(&mut to_shop, &mut ours), (&mut to_other, &mut other)] {
                instance.house.set_clock(at);
                for raw in mails.drain(..) {
                    stack.drop_at(instance.house.user, &raw, SystemTime::from(at));
                }
            }
            for (to, raw) in ours.turn() {
                if to == OTHER {
                    to_other.push(world.stripped(&raw));
                } else {
                    to_shop.extend(world.reaction(&to, &raw));
                }
            }
            if other_has_mail {
                to_shop.extend(other.turn().iter().map(|(_, raw)| world.stripped(raw)));
            }
        }
        println!("day {day}: {} and {} left so far", ours.left.len(), other.left.len());
    }
    for instance in [&ours, &other] {
        instance.within_the_caps();
    }
    let late = start + SignedDuration::from_hours(24);
    println!("after day one: {:?}; in all {:?}", ours.since(late), ours.left);
    // The other instance knows our answers by their words, without any header.
    assert_eq!(other.left, [], "two of our own do not answer each other");
    let mut nobody = ours.since(late);
    assert!(nobody.remove("anna@mensch.example"), "a person is answered on the fourth day");
    // People who write to a list that says nowhere that it is one: each wrote once, and each got one answer.
    nobody.retain(|to| !to.starts_with("freund"));
    // These write anew each morning what a person could write, without any mark: only the cap of the week ends them.
    for unknowable in [OTHER, PLAIN_BOT, FORWARDER] {
        nobody.remove(unknowable);
    }
    // So does this one, from another plus address each time: all of them are one.
    let plus =
        |left: &[(Timestamp, String)]| left.iter().filter(|(_, to)| to.starts_with("vorgang+")).count();
    assert!(plus(&ours.left) <= 3, "{:?}", ours.left);
    nobody.retain(|to| !to.starts_with("vorgang+"));
    assert_eq!(nobody, BTreeSet::new(), "after day one nothing more goes to a program");
    let all = ours.since(start);
    assert!(!all.iter().any(|to| to.ends_with("@amt.example") || to.ends_with("@verein.example")), "{all:?}");
    assert!(!all.iter().any(|to| to.starts_with("mitglied")), "nobody on a list: {all:?}");
    assert!(
        !all.contains("fall-2@still.example"),
        "who answers an answer from a new address is known by it: {all:?}"
    );
    // Nothing stopped because it fell over: each mail that was held back says by which guard.
    let decisions = ours.house.decisions();
    assert!(decisions.iter().filter(|one| one["result"] == "held_back").all(|one| !held_by(one).is_empty()));
    assert!(at < crate::mails::now(), "the drill lies in the past: INTERNALDATE and clock agree");
}
