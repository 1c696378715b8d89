//! What is being written, in the real window: nothing of it is lost when the program or the page's process is killed, files
//! come by dropping and pasting, and what was sent can be taken back.

use std::path::{Path, PathBuf};
use std::time::Duration;

use theke_tests::desk::Desk;
use theke_tests::hand::Hand;
use theke_tests::mailstack::MailStack;
use theke_tests::other::{self, Clipboard};
use theke_tests::smtp::Smtp;

use super::{MAIL, program};

const BODY: &str = "[data-testid=composer-body]";
const FILES: &str = "[data-testid=composer] form";
const CONVERSATION: &str = "[data-testid=conversation-row]";

/// A desktop with a mailbox in which Petra has written; what is sent goes to a server that writes it down.
struct Shop {
    desk: Desk,
    program: PathBuf,
    _mail: MailStack,
    smtp: Smtp,
}

impl Shop {
    fn open() -> Option<Self> {
        let program = program()?;
        let ctl = program.with_file_name("thekectl");
        let (mail, desk) = (MailStack::start(), Desk::open());
        mail.add_user("anna");
        let smtp = Smtp::beside(&mail);
        let made = desk.run(&ctl, &["--json", "init", "--shop", "Blumen Beispiel", "--country", "DE"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        desk.add_mail_account_with(&ctl, &mail, "anna", smtp.values());
        mail.deliver("anna", MAIL.as_bytes());
        Some(Self { desk, program, _mail: mail, smtp })
    }

    /// Opens the window and in it Petra's conversation.
    async fn conversation(&self) -> Hand {
        let hand = Hand::open(&self.desk, &self.program).await;
        hand.click_text(CONVERSATION, "Petra Beispiel").await;
        hand.wait("[data-testid=composer]").await;
        hand
    }

    /// And the answer.
    async fn answer(&self) -> Hand {
        let hand = self.conversation().await;
        hand.click("[data-testid=composer-open]").await;
        hand.wait(BODY).await;
        hand
    }

    fn outbox(&self) -> serde_json::Value {
        self.ask(&["outbox", "list"])
    }

    fn open_conversations(&self) -> usize {
        self.ask(&["conversations", "list", "--status", "open"]).as_array().unwrap().len()
    }

    fn unread(&self) -> u64 {
        let all = self.ask(&["conversations", "list", "--status", "all"]);
        all.as_array().unwrap().iter().map(|one| one["unread"].as_u64().unwrap()).sum()
    }

    /// What the command line says beside the running window.
    fn ask(&self, words: &[&str]) -> serde_json::Value {
        let ctl = self.program.with_file_name("thekectl");
        let answer = self.desk.run(&ctl, &[&["--json"], words].concat());
        serde_json::from_slice(&answer.stdout).unwrap()
    }
}

/// Waits until the engine has this in its draft.
async fn wait_until_kept(hand: &Hand, text: &str) {
    hand.wait_until("the draft is kept", async || {
        hand.invoke("draft", "{conversation: 1}").await.contains(text)
    })
    .await;
}

/// Acceptance 3. That a second is enough is in `ui/src/lib/state/states.test.ts`, with a clock of its own.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_there_after_a_kill() {
    let Some(shop) = Shop::open() else { return };
    let hand = shop.answer().await;
    hand.fill(BODY, "Ihr Paket ist heute unterwegs.").await;
    wait_until_kept(&hand, "Ihr Paket ist heute unterwegs.").await;
    shop.desk.kill("theke");
    drop(hand);

    let hand = shop.conversation().await;
    hand.wait_value(BODY, "Ihr Paket ist heute unterwegs.").await;
    hand.close().await;
}

/// R10: the engine and its window's frame live in another process than the page.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_process_is_killed_comes_back_with_its_draft() {
    let Some(shop) = Shop::open() else { return };
    let hand = shop.answer().await;
    hand.fill(BODY, "Ihr Paket liegt bereit.").await;
    wait_until_kept(&hand, "Ihr Paket liegt bereit.").await;
    let engine = shop.desk.engine();
    let drawn = shop.desk.times_drawn();
    shop.desk.kill("WebKitWebProcess");
    shop.desk.wait_until("the page is drawn again", || shop.desk.times_drawn() > drawn);
    assert_eq!(shop.desk.engine(), engine, "the engine goes on");

    // The driver lost its session with the process. What the page shows now another one tells.
    shop.desk.kill("theke");
    drop(hand);
    let hand = shop.conversation().await;
    hand.wait_value(BODY, "Ihr Paket liegt bereit.").await;
    hand.close().await;
}

/// Acceptance 4. The answer that follows shows that the server would have had the first one, too.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_never_reaches_the_server() {
    let Some(shop) = Shop::open() else { return };
    let hand = shop.answer().await;
    hand.fill(BODY, "Das war zu schnell.").await;
    hand.click("[data-testid=composer-send]").await;
    hand.wait_text("[data-testid=message]", "Das war zu schnell.").await;
    shop.desk.press("ctrl+z");
    hand.wait_value(BODY, "Das war zu schnell.").await;
    assert_eq!(shop.outbox(), serde_json::json!([]));

    hand.fill(BODY, "Heute Nachmittag.").await;
    hand.click("[data-testid=composer-send]").await;
    hand.wait_until("an answer is at the server", async || !shop.smtp.taken().is_empty()).await;
    let taken = shop.smtp.taken();
    assert_eq!(taken.len(), 1, "nothing of what was taken back");
    assert!(String::from_utf8_lossy(&taken[0].raw).contains("Heute Nachmittag."));
    hand.close().await;
}

/// Acceptance 9.
#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_file_is_attached_and_beside_the_target_nothing_happens() {
    let Some(shop) = Shop::open() else { return };
    let hand = shop.answer().await;
    let window = shop.desk.titled("Theke");
    let (beside, plan) = (shop.desk.home().join("Preisliste.txt"), shop.desk.home().join("Plan.txt"));
    for file in [&beside, &plan] {
        std::fs::write(file, "Sattel 40 Euro\n").unwrap();
    }
    let address = hand.address().await;

    drop_on(&shop.desk, &hand, window, &beside, "[data-pane=list]").await;
    drop_on(&shop.desk, &hand, window, &plan, "[role=log]").await;
    hand.wait_text(FILES, "Plan.txt").await;
    assert!(!hand.script("return document.body.innerText").await.contains("Preisliste.txt"));
    assert_eq!(hand.address().await, address, "the window is where it was");
    hand.close().await;
}

/// Lets a file go over the middle of an element. The window stands at the screen's corner: nobody moves windows here.
async fn drop_on(desk: &Desk, hand: &Hand, window: u32, file: &Path, css: &str) {
    let place = hand.middle_of(css).await;
    other::wait_and_drop(desk, window, file, place);
}

/// WebKit's GTK port hands the page an event with nothing in it: the program fetches the picture itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_from_the_clipboard_is_attached() {
    let Some(shop) = Shop::open() else { return };
    let picture = shop.desk.picture();
    let _clipboard = Clipboard::holding(&shop.desk, "image/png", picture);
    let hand = shop.answer().await;
    hand.click(BODY).await;
    shop.desk.press("ctrl+v");
    hand.wait_text(FILES, ".png").await;
    hand.close().await;
}

/// The dialog belongs to the system; whatever a person does with it, the page goes on. Without the driver,
/// under which WebKit prints nothing.
#[test]
fn printing_leaves_the_page_as_it_was() {
    let Some(shop) = Shop::open() else { return };
    let desk = &shop.desk;
    let mut theke = desk.start(&shop.program, &[]);
    let window = desk.wait_for_window(&theke);
    desk.wait_until("the mail is there", || shop.open_conversations() == 1);
    desk.wait_until("the row is drawn and opens", || {
        desk.click_at(window, (230, 120));
        shop.unread() == 0
    });
    desk.press("ctrl+p");
    desk.titled("^Print$");
    desk.press_in("^Print$", "Escape");
    desk.wait_until("the dialog is gone", || !desk.shows_title("^Print$"));
    // The key for "done" shows that the page still listens.
    desk.press("e");
    desk.wait_until("the page goes on", || shop.open_conversations() == 0);
    theke.ask_to_end();
    assert!(theke.wait_for_end(PATIENCE), "{}", theke.how_it_ended());
}

const PATIENCE: Duration = Duration::from_secs(40);

#[test]
fn safe_graphics_are_asked_for_by_a_word() {
    let Some(program) = program() else { return };
    let desk = Desk::open();
    let mut theke = desk.start(&program, &["--safe-graphics"]);
    desk.wait_until_drawn(desk.wait_for_window(&theke));
    assert!(desk.page_has("WEBKIT_DISABLE_DMABUF_RENDERER=1"), "its page draws without the driver");
    theke.ask_to_end();
    assert!(theke.wait_for_end(PATIENCE), "{}", theke.how_it_ended());
}

/// A page that hangs, as in a broken driver, draws no frame: the program starts once more without the driver.
#[test]
fn a_window_that_is_not_drawn_comes_back_with_safe_graphics() {
    let Some(program) = program() else { return };
    let desk = Desk::open();
    let mut theke = desk.start(&program, &[]);
    desk.wait_until("the page's process is there", || desk.has_web_view());
    desk.hold("WebKitWebProcess");
    desk.wait_until("it started again", || desk.page_has("WEBKIT_DISABLE_DMABUF_RENDERER=1"));
    desk.wait_until_drawn(desk.wait_for_window(&theke));
    theke.ask_to_end();
    assert!(theke.wait_for_end(PATIENCE), "{}", theke.how_it_ended());
}
