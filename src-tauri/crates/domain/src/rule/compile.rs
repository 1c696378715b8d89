//! Rules made ready, and asked.

use super::Rule;
use super::condition::Condition;
use super::evidence::{Evidence, EvidenceCode as Code};
use super::facts::{Event, Facts};
use super::leaf::{Leaf, Prepared};
use super::problem::Problem;
use super::trigger::Trigger;
use super::words::{Collected, Vocabulary};

/// Rules, ready to be asked. They are in the order of the shop.
#[derive(Debug)]
pub struct Compiled {
    rules: Vec<Ready>,
    vocabulary: Vocabulary,
    needs: Needs,
}

/// What rules ask for; the rest of [`Facts`] may stay empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// What the text asks for.
    pub intent: bool,
    /// The language of the text.
    pub language: bool,
    /// The customer's fields.
    pub fields: bool,
    /// The words on the card.
    pub tags: bool,
    /// The files.
    pub attachments: bool,
    /// So many days of earlier messages; 0 = none.
    pub earlier_days: u32,
}

/// A rule that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its place among the rules that were given.
    pub rule: usize,
    /// Why.
    pub evidence: Vec<Evidence>,
}

#[derive(Debug)]
struct Ready {
    when: Trigger,
    days: (Option<jiff::civil::Date>, Option<jiff::civil::Date>),
    tree: Tree,
    stop: bool,
}

#[derive(Debug)]
enum Tree {
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
    Leaf(Leaf),
}

impl Compiled {
    /// Makes rules ready. They should have been checked; one that was not never fits by mistake where it says nothing.
    ///
    /// # Errors
    /// Where the rules have more words than can be kept.
    pub fn new(rules: &[Rule]) -> Result<Self, Problem> {
        let (mut words, mut needs) = (Collected::default(), Needs::default());
        let ready = rules
            .iter()
            .map(|rule| Ready {
                when: rule.when.clone(),
                days: (rule.valid_from, rule.valid_until),
                tree: Tree::of(&rule.condition, &mut words, &mut needs),
                stop: rule.stop,
            })
            .collect();
        Ok(Self { rules: ready, vocabulary: words.finish()?, needs })
    }

    /// What the rules ask for.
    pub fn needs(&self) -> Needs {
        self.needs
    }

    /// The rules that fit, in their order, up to one that lets no other follow.
    pub fn matches(&self, facts: &Facts) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut waiting = self.rules.iter().enumerate().filter(|(_, rule)| rule.is_due(facts)).peekable();
        if waiting.peek().is_none() {
            return hits;
        }
        let message = Prepared::new(facts, self.vocabulary.read(facts), self.needs);
        for (index, rule) in waiting {
            if !rule.tree.holds(&message) {
                continue;
            }
            let mut evidence = Vec::new();
            of_event(&rule.when, facts, &mut evidence);
            rule.tree.evidence(&message, &mut evidence);
            hits.push(Hit { rule: index, evidence });
            if rule.stop {
                break;
            }
        }
        hits
    }
}

impl Ready {
    fn is_due(&self, facts: &Facts) -> bool {
        let (from, until) = self.days;
        from.is_none_or(|from| from <= facts.today)
            && until.is_none_or(|until| facts.today <= until)
            && self.when.fits(facts)
    }
}

/// What set the rule off, where the message alone does not say it.
fn of_event(when: &Trigger, facts: &Facts, out: &mut Vec<Evidence>) {
    let evidence = match (&facts.event, when) {
        (Event::Message, Trigger::FirstContact) => Evidence::new(Code::NewContact, []),
        (Event::Message, Trigger::OutsideHours) => Evidence::new(Code::Closed, [facts.open_since.clone()]),
        (Event::NoAnswer { opening_minutes }, _) => {
            Evidence::new(Code::Waited, [opening_minutes.to_string()])
        }
        (Event::OrderState { state }, _) => Evidence::new(Code::OrderState, [state.clone()]),
        (Event::Stock { article, now, .. }, _) => {
            Evidence::new(Code::Stock, [article.clone(), now.to_string()])
        }
        (Event::CustomerDate { field, days, .. }, _) => {
            Evidence::new(Code::CustomerDate, [field.clone(), days.to_string()])
        }
        _ => return,
    };
    out.push(evidence);
}

impl Tree {
    fn of(condition: &Condition, words: &mut Collected, needs: &mut Needs) -> Self {
        let mut each = |list: &[Condition]| list.iter().map(|one| Self::of(one, words, needs)).collect();
        match condition {
            Condition::All(inner) => return Self::All(each(inner)),
            Condition::Any(inner) => return Self::Any(each(inner)),
            Condition::Not(inner) => return Self::Not(Box::new(Self::of(inner, words, needs))),
            Condition::Intent(_) => needs.intent = true,
            Condition::Language(_) => needs.language = true,
            Condition::Field(_) => needs.fields = true,
            Condition::Tag(_) => needs.tags = true,
            Condition::Attachments(_) => needs.attachments = true,
            Condition::Earlier(earlier) => needs.earlier_days = needs.earlier_days.max(earlier.days),
            _ => {}
        }
        Leaf::of(condition, words).map_or_else(|| Self::Any(Vec::new()), Self::Leaf)
    }

    fn holds(&self, message: &Prepared<'_>) -> bool {
        match self {
            Self::All(inner) => inner.iter().all(|one| one.holds(message)),
            Self::Any(inner) => inner.iter().any(|one| one.holds(message)),
            Self::Not(inner) => !inner.holds(message),
            Self::Leaf(leaf) => leaf.holds(message),
        }
    }

    /// Why it holds. What does not hold is no evidence, but for the hours: `not open` is worth saying.
    fn evidence(&self, message: &Prepared<'_>, out: &mut Vec<Evidence>) {
        match self {
            Self::All(inner) => inner.iter().for_each(|one| one.evidence(message, out)),
            Self::Any(inner) => {
                inner.iter().filter(|one| one.holds(message)).for_each(|one| one.evidence(message, out));
            }
            Self::Not(inner) => {
                if let Self::Leaf(Leaf::Open(open)) = inner.as_ref() {
                    Leaf::Open(!open).evidence(message, out);
                }
            }
            Self::Leaf(leaf) => leaf.evidence(message, out),
        }
    }
}
