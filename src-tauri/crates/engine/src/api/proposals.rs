//! Proposals of standard replies: what a person makes of them.

use theke_domain::ids::ProposalId;
use theke_domain::language;
use theke_domain::rule::{Action, Answer, Condition, Intent, Mode, Rule, Trigger};
use theke_store::table::proposals::{self, Proposal, State};

use super::types::{Event, ProposalAccepted, ProposalView, ReplyTextView};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::settings;

/// How sure the reading must be for the proposed rule.
const SURE: u8 = 80;

impl Api {
    /// Proposals that nobody has decided about, the newest first.
    pub async fn proposals(&self) -> ApiResult<Vec<ProposalView>> {
        let rows = self.shared.read(proposals::all).await?;
        Ok(rows.iter().filter(|row| row.state == State::Open).map(shown).collect())
    }

    /// Makes a standard reply of one, and where all answer the same thing a rule that only suggests, switched off.
    ///
    /// # Errors
    /// `TooLate` if it was decided about; those of [`Api::standard_reply_save`].
    pub async fn proposal_accept(&self, id: i64, name: &str, text: &str) -> ApiResult<ProposalAccepted> {
        let row = self.open_proposal(id).await?;
        let home = self.shared.read(|conn| settings::text(conn, settings::SHOP_LANGUAGE)).await?;
        let written = language::of(text).map_or(home, str::to_owned);
        let text = ReplyTextView { language: written, medium: String::new(), text: text.to_owned() };
        let reply = self.standard_reply_save(None, name, "", vec![text]).await?;
        let rule_id = match row.intent.as_str() {
            "" => None,
            intent => Some(self.rule_save(None, &rule(name, intent)?).await?.id),
        };
        self.settle_proposal(id, State::Accepted).await?;
        Ok(ProposalAccepted { reply_id: reply.id, rule_id })
    }

    /// It is none; it is not proposed again.
    ///
    /// # Errors
    /// `TooLate` if it was decided about.
    pub async fn proposal_decline(&self, id: i64) -> ApiResult<()> {
        self.open_proposal(id).await?;
        self.settle_proposal(id, State::Declined).await
    }

    async fn open_proposal(&self, id: i64) -> ApiResult<Proposal> {
        let row = self.shared.read(move |conn| proposals::get(conn, ProposalId(id))).await?;
        let row = row.ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no proposal {id}.")))?;
        if row.state != State::Open {
            return Err(ApiError::new(Code::TooLate, "This was decided already."));
        }
        Ok(row)
    }

    async fn settle_proposal(&self, id: i64, state: State) -> ApiResult<()> {
        self.shared.write(move |tx| proposals::settle(tx, ProposalId(id), state)).await?;
        self.shared.tell(Event::RepliesChanged {});
        Ok(())
    }
}

/// The rule that suggests this standard reply to whoever asks for this.
fn rule(name: &str, intent: &str) -> ApiResult<String> {
    let rule = Rule {
        name: name.to_owned(),
        mode: Mode::Suggest,
        max_age_minutes: theke_domain::rule::MAX_AGE_MINUTES,
        valid_from: None,
        valid_until: None,
        stop: false,
        when: Trigger::Message,
        condition: Condition::All(vec![Condition::Intent(Intent {
            is: vec![intent.to_owned()],
            at_least: SURE,
        })]),
        then: vec![Action::Answer(Answer { reply: Some(name.to_owned()), ..Answer::default() })],
    };
    rule.to_toml().map_err(|problem| ApiError::new(Code::BadInput, problem.to_string()))
}

fn shown(row: &Proposal) -> ProposalView {
    ProposalView {
        id: row.id.0,
        count: u32::try_from(row.messages.len()).unwrap_or(u32::MAX),
        text: row.text.clone(),
        intent: Some(row.intent.clone()).filter(|intent| !intent.is_empty()),
        message_ids: row.messages.iter().map(|id| id.0).collect(),
        found_at: view::at(row.found_at),
    }
}
