//! R4: from each write on, all are refused: by a full disk, by a failing one, by one that is read-only. Nothing is
//! damaged, every refusal says what to do, nothing is shown as queued that is not, and it goes on once there is room.

use theke_engine::api::types::{ReplyInput, ReplyQueued, WrittenInput};
use theke_engine::api::{ApiError, Code};

use super::kit::{Shop, letter, message};
use super::{disk, sound, vfs};

const ROSA: (&str, &str) = ("Rosa Tannwald", "rosa@kunde.example");
const LETTERS: u32 = 6;
/// Runs for each kind of refusal, spread over all writes of a day.
const POINTS: u64 = 24;

/// What a day with a failing disk gave.
struct Day {
    refusals: Vec<ApiError>,
    reply: Result<ReplyQueued, ApiError>,
}

/// Six letters come in, one answer is written and goes out, a backup is made. `attempt` never panics on a refusal.
async fn day(shop: &Shop, conversation: i64) -> Day {
    let mut refusals = Vec::new();
    for number in 2..2 + LETTERS {
        let text = "Ist das Rad fertig? ".repeat(80);
        let letter = letter(number, ROSA, &format!("Anfrage {number}"), &text);
        shop.letters.hand_in_batch(vec![message(letter)], number <= LETTERS);
    }
    let mut synced = |result: Result<theke_engine::api::types::SyncResult, ApiError>| match result {
        Ok(result) => refusals.extend(
            result
                .accounts
                .into_iter()
                .filter_map(|line| line.error)
                .map(|error| ApiError::new(error.code, error.message)),
        ),
        Err(error) => refusals.push(error),
    };
    synced(shop.api.sync_once(None).await);
    let reply = shop.api.reply(answer(conversation)).await;
    synced(shop.api.sync_once(None).await);
    let backup = shop.api.backup(shop.dir.join("backups/by-hand.theke-backup")).await;
    refusals.extend(backup.err());
    refusals.extend(reply.as_ref().err().cloned());
    Day { refusals, reply }
}

fn answer(conversation: i64) -> ReplyInput {
    ReplyInput {
        conversation_id: conversation,
        written: WrittenInput { body: "Ja, bis 18 Uhr.".into(), now: true, ..WrittenInput::default() },
        ..ReplyInput::default()
    }
}

async fn shop_with_a_letter() -> (Shop, i64) {
    vfs::healthy();
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Guten Tag"))]).await;
    let conversation = shop.only_conversation().await;
    (shop, conversation)
}

/// After a day on a failing disk there is room again: everything is there once, and the answer leaves once.
async fn goes_on(shop: &Shop, conversation: i64, day: Day, point: &str) {
    vfs::healthy();
    for refusal in &day.refusals {
        assert_eq!(refusal.code, Code::DiskFull, "{point}: {refusal:?}");
        assert!(refusal.message.ends_with('.') && refusal.message.len() > 20, "{point}: {refusal:?}");
    }
    let queued = match day.reply {
        Ok(queued) => queued,
        Err(_) => {
            assert!(shop.api.outbox().await.unwrap().is_empty(), "{point}: shown as queued and is not");
            assert!(shop.letters.sent().is_empty(), "{point}: sent without a row");
            shop.api.reply(answer(conversation)).await.unwrap()
        }
    };
    for _ in 0..3 {
        let result = shop.api.sync_once(None).await.unwrap();
        assert!(result.accounts.iter().all(|line| line.error.is_none()), "{point}: {result:?}");
        // What was put off for a minute or two is due then.
        shop.clock.forward(600);
    }
    let delivery = shop.delivery(queued.message_id).await;
    let sent = shop.letters.sent().len();
    assert_eq!((delivery.as_str(), sent), ("sent", 1), "{point}");
    let messages = shop.api.overview().await.unwrap().messages;
    assert_eq!(messages, u64::from(LETTERS) + 2, "{point}: each letter once, and the answer");
    shop.api.backup(shop.dir.join("backups/again.theke-backup")).await.unwrap();
    sound(shop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_refuses_from_any_write_on_loses_and_doubles_nothing() {
    let _turn = disk().await;
    let (shop, conversation) = shop_with_a_letter().await;
    vfs::healthy();
    let whole = day(&shop, conversation).await;
    assert!(whole.refusals.is_empty() && whole.reply.is_ok(), "{:?}", whole.refusals);
    let (writes, _) = vfs::writes();
    assert!(writes > 100, "{writes} writes");

    let mut refused = 0;
    for (code, name) in vfs::REFUSALS {
        for step in 0..POINTS {
            // Every write at the beginning, where a small step decides; spread over the rest.
            let nth = if step < 8 { step + 1 } else { 1 + step * writes / POINTS };
            let (shop, conversation) = shop_with_a_letter().await;
            vfs::refuse_from(nth, code);
            let day = day(&shop, conversation).await;
            refused += vfs::writes().1;
            goes_on(&shop, conversation, day, &format!("{name} from write {nth} of {writes}")).await;
        }
    }
    assert!(refused > 0);
}
