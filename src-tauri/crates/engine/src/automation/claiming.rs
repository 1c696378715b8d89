//! One answer from two computers at the same mailbox: before anything leaves by itself, the message is claimed at its server.
//! Where the provider keeps no such mark, only the computer that the shop chose answers by itself.
//!
//! What another computer claimed and did not answer within ten minutes is a person's. Not here: how a claim is made
//! (`Channel::claim`).

use std::sync::Arc;

use theke_domain::guard::Claim;
use theke_domain::ids::{AccountId, MessageId, TaskId};
use theke_domain::time::Timestamp;
use theke_store::Transaction;
use theke_store::table::claims::{self, State};
use theke_store::table::messages::{self, deciding};
use theke_store::table::remote_ids;
use theke_store::table::tasks::{self, Kind, Task};

use crate::api::ApiResult;
use crate::api::types::Event;
use crate::shared::Shared;
use crate::{failure, settings};

/// So long another computer may take for an answer that it claimed.
const PATIENCE_SECS: i64 = 10 * 60;

/// Claims the answer to a message. An error claims nothing; asking again settles it.
pub async fn claim(shared: &Arc<Shared>, id: MessageId) -> ApiResult<Claim> {
    let known = shared
        .read(move |conn| -> ApiResult<_> {
            let row = messages::get(conn, id)?;
            let account = row.and_then(|row| row.account_id);
            Ok(remote_ids::of_message(conn, id)?.into_iter().find(|(of, _)| Some(*of) == account))
        })
        .await?;
    let installation = shared.installation().await?;
    let chosen = shared.read(|conn| settings::text(conn, settings::AUTOMATION_HERE)).await?;
    if !chosen.is_empty() && chosen != installation {
        return Ok(Claim::NotThisComputer);
    }
    let alone = if chosen.is_empty() { Claim::NotThisComputer } else { Claim::NotNeeded };
    // What lies at no provider any more cannot be claimed.
    let Some((account, remote)) = known else { return Ok(alone) };
    let line = shared.line(account).await?;
    let won =
        line.channel.claim(&remote, &installation).await.map_err(|error| failure::of_channel(&error))?;
    let (state, claim) = match won {
        theke_channels::Claim::Won => (State::Won, Claim::Won),
        theke_channels::Claim::Lost => (State::Lost, Claim::Lost),
        theke_channels::Claim::NotOffered => return Ok(alone),
    };
    let now = shared.now();
    shared.write_durable(move |tx| note(tx, id, account, state, now)).await?;
    Ok(claim)
}

fn note(
    tx: &Transaction<'_>,
    id: MessageId,
    account: AccountId,
    state: State,
    now: Timestamp,
) -> theke_store::Result<()> {
    claims::want(tx, id, account, now)?;
    claims::advance(tx, id, State::Wanted, state, now)?;
    Ok(())
}

/// Asks a person about what another computer claimed and left unanswered.
pub async fn look_after(shared: &Arc<Shared>) -> ApiResult<()> {
    let now = shared.now();
    let before = now.plus_secs(-PATIENCE_SECS);
    let late = shared.read(move |conn| claims::lost_before(conn, before)).await?;
    if late.is_empty() {
        return Ok(());
    }
    let asked =
        shared.write(move |tx| late.iter().map(|id| ask(tx, *id, now)).sum::<ApiResult<u32>>()).await?;
    if asked > 0 {
        shared.tell(Event::TasksChanged {});
    }
    Ok(())
}

/// 1 if a person is asked about it now.
fn ask(tx: &Transaction<'_>, id: MessageId, now: Timestamp) -> ApiResult<u32> {
    let Some(row) = messages::get(tx, id)? else { return Ok(0) };
    if deciding::answered_since(tx, row.conversation_id, row.received_at)? {
        claims::advance(tx, id, State::Lost, State::Answered, now)?;
        return Ok(0);
    }
    claims::advance(tx, id, State::Lost, State::Asked, now)?;
    let task = Task {
        id: TaskId(0),
        contact_id: row.contact_id,
        conversation_id: Some(row.conversation_id),
        message_id: Some(id),
        kind: Kind::Ask,
        text: String::new(),
        address: String::new(),
        due_at: Some(now),
        done_at: None,
        created_at: now,
    };
    tasks::insert(tx, &task)?;
    Ok(1)
}
