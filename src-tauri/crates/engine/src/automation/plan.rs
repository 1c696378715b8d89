//! What would be done about one message, and why: the same for the engine that does it, for a rehearsal that only shows it,
//! and for a person who asks. It reads and never writes.
//!
//! In this order: what the customer commands, the question that was asked back and waits for its answer, the rules. Not
//! here: whether it may be (`theke_domain::guard`), doing it ([`super::act`]).

use theke_channels::registry::Registry;
use theke_domain::authenticity::Outcome;
use theke_domain::capability::Segments;
use theke_domain::command::{self, Command};
use theke_domain::dialogue::{self, Moment, Next};
use theke_domain::guard::{Claim, Class, Guard};
use theke_domain::ids::{ContactId, RuleId};
use theke_domain::machine::Sign;
use theke_domain::marking;
use theke_domain::rule::{Action, Event, EvidenceCode, Hit, Mode, Rule};
use theke_domain::segments;
use theke_domain::time::Timestamp;
use theke_domain::toll::{self, Toll};
use theke_store::Connection;
use theke_store::erased::Erased;
use theke_store::table::conversations::Conversation;
use theke_store::table::messages::Message;
use theke_store::table::{automatic_sends, conversations, dialogues, identities, messages, rules};

use super::answer::{self, Answer, For};
use super::book::{Active, Book};
use super::facts::{self, Gathered};
use super::guarding::{self, About};
use crate::api::ApiResult;
use crate::settings;

const DAY_SECS: i64 = 24 * 3600;

/// What becomes of a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Would {
    /// It is done and leaves by itself.
    Send,
    /// It waits for one click.
    Ask,
    /// It is put down as a draft.
    Suggest,
    /// A guard, or something that is missing, holds it back.
    Nothing,
}

impl Would {
    /// The word on the command line and in the window.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Ask => "ask",
            Self::Suggest => "suggest",
            Self::Nothing => "nothing",
        }
    }
}

/// Where a plan comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A rule.
    Rule(Box<Active>),
    /// The customer's command, by its word.
    Command(&'static str),
}

/// What happens to the question that was asked back.
#[derive(Debug, Clone)]
pub enum Turn {
    /// It stays as it is.
    Stays,
    /// This question waits for its answer from now on.
    Asks(dialogue::State),
    /// It is over.
    Ends,
}

/// One thing that would be done.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where it comes from.
    pub origin: Origin,
    /// How far it goes by itself.
    pub mode: Mode,
    /// Why, in words that can be checked.
    pub evidence: Vec<String>,
    /// What the text asks for, and how sure that is in percent.
    pub intent: Option<(String, u8)>,
    /// The answer, where there is one.
    pub answer: Option<Answer>,
    /// It was to answer, and this is why it cannot.
    pub no_answer: Option<String>,
    /// What is done beside answering.
    pub actions: Vec<Action>,
    /// What becomes of the question that was asked back.
    pub turn: Turn,
    /// Which cap counts it.
    pub class: Class,
    /// What the guards say.
    pub guards: Vec<Guard>,
    /// What becomes of it.
    pub would: Would,
    /// A person is to go on.
    pub wants_person: bool,
    /// The rule asked what the text wants.
    pub asks_intent: bool,
    /// Parts of the answer that are paid for one by one; 0 = none are.
    pub parts: u32,
}

impl Plan {
    /// As decisions name where it comes from.
    pub fn label(&self) -> String {
        match &self.origin {
            Origin::Rule(active) => active.label(),
            Origin::Command(word) => (*word).to_owned(),
        }
    }

    /// The rule and its version.
    pub fn rule(&self) -> Option<(RuleId, u32)> {
        match &self.origin {
            Origin::Rule(active) => Some((active.id, active.version)),
            Origin::Command(_) => None,
        }
    }
}

impl Matter {
    /// It has just come; else a rule of time looks at it.
    pub fn came(&self) -> bool {
        self.gathered.facts.event == Event::Message
    }
}

/// Of what a plan is made.
pub struct Ground<'a> {
    /// Reads.
    pub conn: &'a Connection,
    /// The channel kinds.
    pub registry: &'a Registry,
    /// The rules that are asked.
    pub book: &'a Book,
    /// Who was erased; it makes the keys of the ledger.
    pub erased: &'a Erased,
    /// When.
    pub now: Timestamp,
    /// Whether this computer may answer.
    pub claim: Claim,
    /// It is only looked what would have been: on the day of the message, with a ledger of its own.
    pub rehearsal: Option<&'a guarding::Pretended>,
}

/// A message with what belongs to it.
pub struct Matter {
    /// The message.
    pub row: Message,
    /// Its conversation.
    pub conversation: Conversation,
    /// Whom an answer is for.
    pub contact: ContactId,
    /// What is known of it.
    pub gathered: Gathered,
    /// What tells that a program wrote it; empty for a person.
    pub signs: Vec<Sign>,
    /// What is known of its sender being who it says; `None` where the channel vouches for that.
    pub sender: Option<Outcome>,
    /// The sender's address in the ledger.
    pub address_key: String,
}

impl Ground<'_> {
    /// A message with what belongs to it; `None` if its conversation is gone.
    pub fn matter(&self, row: Message, event: Event) -> ApiResult<Option<Matter>> {
        let Some(conversation) = conversations::get(self.conn, row.conversation_id)? else { return Ok(None) };
        let contact = row.contact_id;
        let mut gathered = facts::of_message(self.conn, &row, self.book.compiled.needs(), self.now)?;
        gathered.facts.event = event;
        let signs = messages::deciding::signs(self.conn, row.id)?;
        let sender = Outcome::parse(&messages::authentication(self.conn, row.id)?);
        let identity = row.identity_id.map(|id| identities::get(self.conn, id)).transpose()?.flatten();
        let address_key = identity
            .map(|identity| guarding::ledger_key(self.erased, &identity.address))
            .transpose()?
            .unwrap_or_default();
        Ok(Some(Matter { row, conversation, contact, gathered, signs, sender, address_key }))
    }

    /// All that would be done about a message, in order.
    pub fn plans(&self, matter: &Matter) -> ApiResult<Vec<Plan>> {
        if self.rehearsal.is_none() && matter.came() {
            match command::read(&matter.gathered.own_text) {
                // Heeded when the message was stored.
                Some(Command::Stop) => return Ok(Vec::new()),
                Some(Command::Person) => return Ok(vec![self.to_a_person(matter)?]),
                // There are no orders to look into yet: a rule or a person answers.
                Some(Command::Status { .. }) | None => {}
            }
            if let Some(plan) = self.next_turn(matter)? {
                return Ok(vec![plan]);
            }
        }
        let mut plans = Vec::new();
        for hit in self.book.compiled.matches(&matter.gathered.facts) {
            if let Some(active) = self.book.rules.get(hit.rule).cloned() {
                let answered = plans.iter().any(|plan: &Plan| plan.answer.is_some());
                plans.push(self.of_hit(matter, active, &hit, answered)?);
            }
        }
        Ok(plans)
    }

    /// What each rule would do if it were the only one, by its place.
    pub fn each_alone(&self, matter: &Matter) -> ApiResult<Vec<(usize, Plan)>> {
        let mut plans = Vec::new();
        for hit in self.book.compiled.matches(&matter.gathered.facts) {
            if let Some(active) = self.book.rules.get(hit.rule).cloned() {
                plans.push((hit.rule, self.of_hit(matter, active, &hit, false)?));
            }
        }
        Ok(plans)
    }

    fn of_hit(&self, matter: &Matter, active: Active, hit: &Hit, answered: bool) -> ApiResult<Plan> {
        let mut plan = empty(matter, Origin::Rule(Box::new(active.clone())), active.mode, Class::Unasked);
        plan.evidence = hit.evidence.iter().map(ToString::to_string).collect();
        plan.asks_intent = hit.evidence.iter().any(|evidence| evidence.code == EvidenceCode::Intent);
        for action in &active.rule.then {
            let Action::Answer(wanted) = action else {
                plan.actions.push(action.clone());
                continue;
            };
            let of = self.to(matter, wanted.via.clone());
            let made = match (&wanted.reply, &wanted.dialogue) {
                (Some(name), _) => self.reply(&of, name)?,
                (None, Some(tree)) => match dialogue::begin(tree, self.now) {
                    Some((ask, state)) => {
                        plan.turn = Turn::Asks(state);
                        self.ask(&of, ask)?
                    }
                    None => Err("The dialogue of this rule has no first question.".to_owned()),
                },
                (None, None) => Err("This rule names no standard reply.".to_owned()),
            };
            put(&mut plan, made);
        }
        self.weigh(matter, &mut plan, answered)?;
        Ok(plan)
    }

    /// A person, please: whoever asks for one gets a word back, a task is made, and no rule speaks in this matter again.
    fn to_a_person(&self, matter: &Matter) -> ApiResult<Plan> {
        let mut plan = empty(matter, Origin::Command("MENSCH"), Mode::Send, Class::Dialogue);
        plan.evidence = vec![matter.gathered.own_text.trim().to_owned()];
        (plan.wants_person, plan.turn) = (true, Turn::Ends);
        let of = self.to(matter, None);
        let language = self.language(&of)?;
        let text = marking::person_comes(&language);
        put(&mut plan, Ok(answer::from_text(self.conn, self.registry, &of, text, &language)?));
        self.weigh(matter, &mut plan, false)?;
        Ok(plan)
    }

    /// The answer to a question that was asked back; `None` if none waits.
    fn next_turn(&self, matter: &Matter) -> ApiResult<Option<Plan>> {
        let Some(waiting) = dialogues::of_conversation(self.conn, matter.conversation.id)? else {
            return Ok(None);
        };
        if waiting.contact_id != matter.contact {
            return Ok(None);
        }
        let Some(active) = self.version(waiting.rule_id, waiting.rule_version)? else { return Ok(None) };
        let tree = active.rule.then.iter().find_map(|action| match action {
            Action::Answer(answer) => answer.dialogue.as_ref(),
            _ => None,
        });
        let Some(tree) = tree else { return Ok(None) };
        let today = matter.gathered.facts.today;
        let next =
            dialogue::step(tree, &waiting.state, &matter.gathered.own_text, Moment { now: self.now, today });
        let mut plan = empty(matter, Origin::Rule(Box::new(active.clone())), active.mode, Class::Dialogue);
        plan.evidence = vec![matter.gathered.own_text.trim().chars().take(200).collect()];
        plan.turn = Turn::Ends;
        let of = self.to(matter, None);
        match next {
            Next::Over | Next::Command(_) => return Ok(None),
            Next::Ask { ask, state } => {
                plan.turn = Turn::Asks(state);
                let made = self.ask(&of, ask)?;
                put(&mut plan, made);
            }
            Next::Reply { reply, .. } => {
                let made = self.reply(&of, reply)?;
                put(&mut plan, made);
            }
            Next::Person { .. } => {
                plan.wants_person = true;
                let language = self.language(&of)?;
                let text = marking::person_comes(&language);
                put(&mut plan, Ok(answer::from_text(self.conn, self.registry, &of, text, &language)?));
            }
        }
        self.weigh(matter, &mut plan, false)?;
        Ok(Some(plan))
    }

    /// A rule as it was when it asked, unless it was switched off or removed since.
    fn version(&self, id: RuleId, version: u32) -> ApiResult<Option<Active>> {
        let Some(active) = self.book.rules.iter().find(|active| active.id == id) else { return Ok(None) };
        if active.version == version {
            return Ok(Some(active.clone()));
        }
        let written = rules::version(self.conn, id, version)?;
        let rule = written.and_then(|written| Rule::from_toml(&written.source).ok());
        Ok(rule.map(|rule| Active { version, rule, ..active.clone() }))
    }

    fn to<'m>(&self, matter: &'m Matter, via: Option<theke_domain::medium::Medium>) -> For<'m> {
        For {
            conversation: &matter.conversation,
            contact: matter.contact,
            language: &matter.gathered.language,
            sender: matter.sender,
            via,
            now: self.now,
        }
    }

    fn language(&self, of: &For<'_>) -> ApiResult<String> {
        if of.language.is_empty() {
            return Ok(settings::text(self.conn, settings::SHOP_LANGUAGE)?);
        }
        Ok(of.language.to_owned())
    }

    fn reply(&self, of: &For<'_>, name: &str) -> ApiResult<Result<Answer, String>> {
        let made = answer::from_reply(self.conn, self.registry, of, name)?;
        Ok(made.ok_or_else(|| format!("There is no standard reply {name}.")))
    }

    fn ask(&self, of: &For<'_>, ask: &dialogue::Ask) -> ApiResult<Result<Answer, String>> {
        let language = self.language(of)?;
        match ask {
            dialogue::Ask::Reply(name) => self.reply(of, name),
            dialogue::Ask::Text(_) => {
                let text = ask.text(&language).unwrap_or_default();
                Ok(Ok(answer::from_text(self.conn, self.registry, of, text, &language)?))
            }
        }
    }

    /// Asks the guards and settles what becomes of it.
    fn weigh(&self, matter: &Matter, plan: &mut Plan, answered: bool) -> ApiResult<()> {
        let about = About { plan, matter, answered };
        plan.guards = guarding::check(self, &about)?;
        plan.would = would(plan);
        self.weigh_cost(plan)
    }

    /// Where each part of a text is paid for: nothing dear, a day's limit, and abroad only with a person's word.
    fn weigh_cost(&self, plan: &mut Plan) -> ApiResult<()> {
        let Some(Ok(way)) = plan.answer.as_ref().map(|answer| &answer.route.route) else { return Ok(()) };
        let counted =
            self.registry.get(&way.kind).is_some_and(|spec| spec.capabilities.segments != Segments::None);
        if !counted {
            return Ok(());
        }
        let text = plan.answer.as_ref().map(|answer| answer.text.as_str()).unwrap_or_default();
        let parts = segments::count(text).segments;
        let spent = match self.rehearsal {
            Some(_) => 0,
            None => automatic_sends::parts_since(self.conn, self.now.plus_secs(-DAY_SECS))?,
        };
        let cap = settings::number(self.conn, settings::AUTOMATION_SMS_PER_DAY)?;
        let home = settings::text(self.conn, settings::SHOP_COUNTRY)?;
        let toll = toll::check(way.address.value(), &home, parts, spent, cap);
        plan.parts = parts;
        match toll {
            Toll::Free => {}
            Toll::Abroad => {
                plan.evidence.push("The number is abroad: a person is asked.".to_owned());
                if plan.would == Would::Send {
                    plan.would = Would::Ask;
                }
            }
            Toll::CapReached { cap, .. } => {
                plan.no_answer = Some(format!("The limit of {cap} text message parts a day is reached."));
                plan.would = if plan.would == Would::Send { Would::Nothing } else { plan.would };
            }
            Toll::Never { .. } => {
                plan.no_answer = Some("Nothing is ever sent by itself to such a number.".to_owned());
                plan.would = Would::Nothing;
            }
        }
        Ok(())
    }
}

fn empty(matter: &Matter, origin: Origin, mode: Mode, class: Class) -> Plan {
    let read = matter.gathered.facts.intent.as_ref();
    Plan {
        origin,
        mode,
        evidence: Vec::new(),
        intent: read.map(|read| (read.intent.clone(), read.confidence)),
        answer: None,
        no_answer: None,
        actions: Vec::new(),
        turn: Turn::Stays,
        class,
        guards: Vec::new(),
        would: Would::Nothing,
        wants_person: false,
        asks_intent: false,
        parts: 0,
    }
}

fn put(plan: &mut Plan, made: Result<Answer, String>) {
    match made {
        Ok(answer) => {
            plan.no_answer = match (&answer.route.route, answer.missing.first()) {
                (Err(none), _) => Some(none.text()),
                (Ok(_), Some(missing)) => Some(format!("The text lacks {missing}.")),
                (Ok(_), None) => None,
            };
            plan.answer = Some(answer);
        }
        Err(why) => plan.no_answer = Some(why),
    }
}

/// What becomes of a plan. A draft is for a person to look at: what keeps the program from sending need not keep it from
/// writing one, unless nobody should answer at all.
fn would(plan: &Plan) -> Would {
    let held = plan.guards.iter().any(|guard| !guard.passed);
    let for_nobody = plan.guards.iter().any(|guard| !guard.passed && guard.name.forbids_a_draft());
    let answers = plan.answer.is_some() || plan.no_answer.is_some();
    match plan.mode {
        _ if for_nobody || (answers && plan.no_answer.is_some()) => Would::Nothing,
        Mode::Send if held => Would::Nothing,
        Mode::Send => Would::Send,
        Mode::Ask => Would::Ask,
        Mode::Suggest => Would::Suggest,
    }
}
