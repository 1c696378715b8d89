//! Writing in the real window: files that are dropped and pictures that are pasted, a draft when the program is killed,
//! an answer that is taken back.

use std::path::Path;
use std::time::{Duration, Instant};

use theke_tests::mailstack::MailStack;
use theke_tests::smtp::Smtp;

use super::background::with_a_profile;
use super::desk::{Desk, PATIENCE, wait_within};
use super::hand::Hand;
use super::{MAIL, offer};

const BODY: &str = "[data-testid=composer-body]";
/// One red pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63,
    0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0xc9, 0xfe, 0x92, 0xef, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
];

/// A desktop with a mailbox in which a customer's letter lies.
struct Shop {
    desk: Desk,
    program: std::path::PathBuf,
    smtp: Smtp,
    _mail: MailStack,
}

fn shop() -> Option<Shop> {
    let (desk, program, ctl) = with_a_profile()?;
    let mail = MailStack::start();
    mail.add_user("anna");
    let smtp = Smtp::beside(&mail);
    desk.add_account(&ctl, mail.account_values("anna").into_iter().chain(smtp.values()), &mail);
    mail.deliver("anna", MAIL.as_bytes());
    Some(Shop { desk, program, smtp, _mail: mail })
}

impl Shop {
    /// Opens the window on the customer's letter.
    async fn open(&self) -> Hand {
        let hand = Hand::open(&self.desk, &self.program).await;
        hand.click_text("[data-testid=conversation-row]", "Petra Beispiel").await;
        hand.wait_text("[data-testid=message]", "Wann kommt mein Paket an?").await;
        hand
    }
}

/// What stands in the answer.
async fn written(hand: &Hand) -> String {
    hand.wait(BODY).await;
    hand.script(&format!("const e = document.querySelector('{BODY}'); return e.value ?? e.innerText")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn files_dropped_on_the_conversation_go_with_the_answer_and_a_pasted_picture_too() {
    let Some(shop) = shop() else { return };
    let hand = shop.open().await;
    hand.wait_text("[data-testid=composer-open]", "E-Mail").await;
    let address = hand.address().await;
    let (plan, photo) = (shop.desk.home().join("Plan für Anna.pdf"), shop.desk.home().join("foto.jpg"));
    for file in [&plan, &photo] {
        std::fs::write(file, b"not empty").unwrap();
    }
    let files: Vec<&Path> = vec![&plan, &photo];

    // Beside the conversation: nothing is taken, and the window stays where it is.
    offer::drop_files(&shop.desk, &files[..1], hand.place("[role=listbox]").await);
    assert_eq!(hand.address().await, address);
    assert_eq!(hand.script("return document.querySelectorAll('form li').length").await, "0");

    offer::drop_files(&shop.desk, &files, hand.place("[role=log]").await);
    hand.wait_text("form li", "Plan für Anna.pdf").await;
    hand.wait_text("form li", "foto.jpg").await;
    hand.wait_text("form .limit", "je Datei").await;
    assert_eq!(hand.address().await, address);

    // Only what was dropped: a page that names another file gets nothing.
    let other = "{target: {conversation_id: 1, draft_id: null}, path: '/etc/hostname'}";
    assert!(hand.invoke("attachment_stage_file", other).await.starts_with("refused"));

    let _copied = offer::copy_picture(&shop.desk, PNG.to_vec());
    hand.press(BODY, &["\u{e009}", "v"]).await;
    hand.wait_text("form li", ".png").await;
    hand.close().await;
}

/// R10, acceptance 3. A person who types without a pause loses less than a second of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_typing_loses_less_than_a_second() {
    let Some(shop) = shop() else { return };
    let hand = shop.open().await;
    hand.click("[data-testid=composer-open]").await;
    hand.wait_text("[data-testid=route-chip]", "E-Mail").await;
    let field = hand.wait(BODY).await;
    let (began, mut typed) = (Instant::now(), Vec::new());
    while began.elapsed() < Duration::from_secs(3) {
        field.send_keys("x").await.unwrap();
        typed.push(Instant::now());
    }
    shop.desk.kill_engine();
    let killed = Instant::now();
    drop(hand);

    let hand = shop.open().await;
    let kept = written(&hand).await.trim().len();
    let older = typed.iter().filter(|at| killed.duration_since(**at) >= Duration::from_secs(1)).count();
    assert!(older > 10, "typing was too slow to tell anything: {} keys", typed.len());
    assert!(kept >= older, "{kept} of {} keys are kept, {older} were a second old", typed.len());
    hand.close().await;
}

/// Acceptance 4. The second answer is the clock: it leaves after the first one would have left.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_taken_back_by_key_never_reaches_the_server() {
    let Some(shop) = shop() else { return };
    let hand = shop.open().await;
    hand.click("[data-testid=composer-open]").await;
    hand.wait_text("[data-testid=route-chip]", "E-Mail").await;
    hand.fill(BODY, "Zu früh gesendet").await;
    hand.press(BODY, &["\u{e009}", "\u{e006}"]).await;
    hand.wait_text("article.own", "Zu früh gesendet").await;
    hand.press(BODY, &["\u{e009}", "z"]).await;
    hand.wait_until(&format!("document.querySelector('{BODY}').value === 'Zu früh gesendet'")).await;

    hand.fill(BODY, "Heute Nachmittag").await;
    hand.press(BODY, &["\u{e009}", "\u{e006}"]).await;
    hand.wait_text("article.own", "Heute Nachmittag").await;
    let taken = wait_within(PATIENCE, || Some(shop.smtp.taken()).filter(|taken| !taken.is_empty()));
    let taken: Vec<String> = taken
        .expect("the second answer leaves")
        .iter()
        .map(|one| String::from_utf8_lossy(&one.raw).into_owned())
        .collect();
    assert!(taken.len() == 1 && taken[0].contains("Heute Nachmittag"), "{taken:?}");
    hand.close().await;
}
