//! The real window, driven through WebDriver: what a person does from the first start to the answer that leaves.
//!
//! Needs the built program in `THEKE_WINDOW` (`cargo verify` builds it and sets that); without it the tests say that
//! they were skipped. Every test has a desktop of its own: display, session bus, keychain, home.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "window/background.rs"]
mod background;
#[path = "window/ending.rs"]
mod ending;
#[path = "window/locking.rs"]
mod locking;
#[path = "window/writing.rs"]
mod writing;

use std::path::PathBuf;
use std::time::Duration;

use theke_tests::desk::Desk;
use theke_tests::gateway::{self, Gateway};
use theke_tests::hand::Hand;
use theke_tests::mailstack::{self, MailStack};

/// The program to drive, or `None` after saying why not.
fn program() -> Option<PathBuf> {
    let program = std::env::var_os("THEKE_WINDOW").map(PathBuf::from).filter(|path| path.exists());
    if program.is_none() {
        println!("skipped: THEKE_WINDOW names no built window (cargo verify builds one)");
    }
    program
}

const MAIL: &str = "From: Petra Beispiel <petra@kundin.example>\r\nTo: anna@test.local\r\n\
    Subject: Frage zur Lieferung\r\nMessage-ID: <frage-1@kundin.example>\r\nDate: Sat, 21 Nov 2026 09:00:00 +0000\r\n\
    MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWann kommt mein Paket an?\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_writes_by_mail_and_is_answered_by_sms() {
    let Some(program) = program() else { return };
    let mail = MailStack::start();
    mail.add_user("anna");
    let gateway = Gateway::start().await;
    let desk = Desk::open();
    let hand = Hand::open(&desk, &program).await;

    set_up_a_profile(&hand).await;
    add_mail_account(&hand, &mail).await;
    add_gateway_account(&hand, &gateway).await;

    hand.click("nav.rail button:nth-of-type(1)").await;
    mail.deliver("anna", MAIL.as_bytes());
    hand.click_text("[data-testid=conversation-row]", "Petra Beispiel").await;
    hand.wait_text("[data-testid=message]", "Wann kommt mein Paket an?").await;
    hand.click("[data-testid=composer-open]").await;
    hand.wait_text("[data-testid=route-chip]", "E-Mail").await;

    // The number is added by hand; then the answer can go there instead.
    hand.click_text("aside.card button", "Adresse hinzufügen").await;
    hand.fill("aside.card form input[maxlength='320']", "0151 23456789").await;
    hand.click("aside.card form:has(input[maxlength='320']) button[type=submit]").await;
    hand.wait_text("aside.card li.identity", "3456789").await;
    hand.click("[data-testid=route-chip]").await;
    hand.click_text(".route-menu button.way", "SMS").await;
    hand.wait_text("[data-testid=route-chip]", "SMS").await;

    hand.fill("[data-testid=composer-body]", "Heute Nachmittag. Ihre Theke").await;
    hand.click("[data-testid=composer-send]").await;
    hand.wait_text("[data-testid=message]", "Heute Nachmittag").await;
    let sent = wait_until_sent(&gateway).await;
    assert_eq!((sent.0.as_str(), sent.1.as_str()), ("+4915123456789", "Heute Nachmittag. Ihre Theke"));
    hand.wait_text("article.own .delivery", "esendet").await;
    assert_eq!(gateway.sent().len(), 1, "it leaves once");
    hand.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_in_html_runs_nothing_and_keeps_its_style() {
    let Some(program) = program() else { return };
    let mail = MailStack::start();
    mail.add_user("anna");
    let desk = Desk::open();
    let hand = Hand::open(&desk, &program).await;
    set_up_a_profile(&hand).await;
    add_mail_account(&hand, &mail).await;
    hand.click("nav.rail button:nth-of-type(1)").await;

    let hostile = "From: =?utf-8?q?=3Cimg_src=3Dx_onerror=3Dparent=2Edocument=2Etitle=3D1=3E?= <eve@elsewhere.example>\r\n\
        To: anna@test.local\r\nSubject: <script>document.title='owned'</script>\r\nMessage-ID: <h-1@elsewhere.example>\r\n\
        MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
        <p style=\"color: rgb(1, 2, 3)\">Guten Tag</p><script>parent.document.title='owned'</script>\
        <img src=x onerror=\"parent.document.title='owned'\"><a href=\"javascript:parent.document.title='owned'\">x</a>\
        <meta http-equiv=refresh content=\"0;url=http://127.0.0.1:9/\"><iframe src=\"http://127.0.0.1:9/\"></iframe>\
        <form action=\"http://127.0.0.1:9/\"><button>Senden</button></form>\r\n";
    mail.deliver("anna", hostile.as_bytes());
    hand.click_text("[data-testid=conversation-row]", "script").await;
    hand.show_formatted().await;

    let address = hand.address().await;
    let colour = hand.in_frame("getComputedStyle(document.querySelector('p')).color").await;
    assert_eq!(colour, "rgb(1, 2, 3)", "the mail keeps its own style under the window's policy");
    assert_eq!(
        hand.in_frame(
            "String(document.querySelectorAll('script, iframe, form, meta[http-equiv=refresh]').length)"
        )
        .await,
        "0"
    );
    assert_eq!(hand.title().await, "Theke", "nothing of the mail has run");
    assert_eq!(hand.address().await, address, "the window is where it was");
    hand.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_can_ask_for_nothing_but_our_commands() {
    let Some(program) = program() else { return };
    let desk = Desk::open();
    let hand = Hand::open(&desk, &program).await;
    hand.wait("[data-testid=setup-form]").await;
    for (command, arguments) in [
        ("plugin:dialog|open", "{options: {}}"),
        ("plugin:window|close", "{label: 'main'}"),
        ("plugin:webview|create_webview", "{}"),
        ("plugin:event|emit", "{event: 'theke', payload: {}}"),
        ("plugin:window-state|restore_state", "{}"),
        ("plugin:fs|read_text_file", "{path: '/etc/hostname'}"),
        ("plugin:path|resolve_directory", "{directory: 1}"),
        ("no_such_command", "{}"),
    ] {
        let answer = hand.invoke(command, arguments).await;
        assert!(answer.starts_with("refused"), "{command}: {answer}");
    }
    // One of ours, to show that the way of asking works; and files that nobody chose.
    assert!(hand.invoke("profile_status", "{}").await.starts_with("answered"));
    assert!(hand.invoke("backup", "{file: '/tmp/stolen'}").await.starts_with("refused"));
    assert_eq!(hand.script("return typeof window.__TAURI__").await, "undefined");
    assert_eq!(hand.script("try { return String(eval('1+1')) } catch { return 'blocked' }").await, "blocked");
    hand.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_ends_and_leaves_the_first() {
    let Some(program) = program() else { return };
    let desk = Desk::open();
    let hand = Hand::open(&desk, &program).await;
    hand.wait("[data-testid=setup-form]").await;
    let mut second = desk.start(&program, &[]);
    assert!(
        second.wait_for_end(Duration::from_secs(20)),
        "the second start hands over to the first and ends well"
    );
    hand.wait("[data-testid=setup-form]").await;
    hand.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_elsewhere_is_said_in_plain_words() {
    let Some(program) = program() else { return };
    let ctl = program.with_file_name("thekectl");
    let desk = Desk::open();
    let made = desk.run(&ctl, &["--json", "init", "--shop", "Blumen Beispiel", "--country", "DE"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let engine = desk.start_engine(&ctl);
    let hand = Hand::open(&desk, &program).await;
    hand.wait_text("main", "läuft").await;
    drop(engine);
    hand.click_text("main button", "Noch einmal").await;
    hand.wait("nav.rail").await;
    hand.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_message_is_told_to_the_desktop_without_its_markup() {
    let Some(program) = program() else { return };
    let mail = MailStack::start();
    mail.add_user("anna");
    let mut desk = Desk::open();
    desk.take_notifications();
    let hand = Hand::open(&desk, &program).await;
    set_up_a_profile(&hand).await;
    add_mail_account(&hand, &mail).await;

    let now = jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S +0000");
    let hostile = MAIL
        .replace("Sat, 21 Nov 2026 09:00:00 +0000", &now.to_string())
        .replace("Frage zur Lieferung", "Eilig <a href='https://elsewhere.example'>hier</a> & bald");
    desk.look_away();
    mail.deliver("anna", hostile.as_bytes());
    let told = desk.wait_for_notification("Eilig");
    assert!(told.contains("Petra Beispiel"), "{told}");
    assert!(
        told.contains("Eilig &lt;a href='https://elsewhere.example'&gt;hier&lt;/a&gt; &amp; bald"),
        "{told}"
    );
    hand.close().await;
}

/// P1: each command with random arguments, in the window itself, through the same door as the page. Answers and
/// refusals are both fine; silence, a crash or anything that is no `ApiError` is not. Few of them: the 10,000 for each
/// command are asked without a window, in `src-tauri/src/barrage.rs`.
#[tokio::test(flavor = "multi_thread")]
async fn random_arguments_bring_nothing_down() {
    let Some(program) = program() else { return };
    let desk = Desk::open();
    let hand = Hand::open(&desk, &program).await;
    set_up_a_profile(&hand).await;
    let commands = commands();
    assert!(commands.len() > 40, "the commands were not found in tauri.ts");
    for (command, arguments) in commands {
        // A dialog would wait for a person; the others may not.
        // Behind the lock nothing else would be reached.
        if command.starts_with("pick_") || command == "lock" {
            continue;
        }
        let wrong = hand.wait_for_barrage(&command, &arguments, 50).await;
        assert_eq!(wrong, "[]", "{command}");
    }
    assert!(hand.invoke("overview", "{}").await.starts_with("answered"), "the engine still answers");
    hand.close().await;
}

/// What the page calls, with the names of the arguments, as `ui/src/lib/api/tauri.ts` has it.
fn commands() -> Vec<(String, Vec<String>)> {
    let client = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/api/tauri.ts");
    let text = std::fs::read_to_string(client).unwrap();
    let calls = text.split("invoke('").skip(1);
    let parsed = calls.map(|call| {
        let (name, rest) = call.split_once('\'').unwrap();
        let arguments = rest.split(')').next().unwrap().split(['{', ',', '}']);
        let names = arguments.map(|argument| argument.split(':').next().unwrap().trim().to_owned());
        (name.to_owned(), names.filter(|name| !name.is_empty() && !name.contains(' ')).collect())
    });
    parsed.collect()
}

async fn set_up_a_profile(hand: &Hand) {
    hand.fill("[data-testid=setup-form] input[autocomplete=organization]", "Blumen Beispiel").await;
    hand.click("[data-testid=setup-form] button[type=submit]").await;
    let code = hand.wait("[data-testid=recovery-code]").await.text().await.unwrap();
    assert!(
        code.chars().filter(char::is_ascii_alphanumeric).count() >= 22,
        "a recovery code of 128 bits: {code}"
    );
    hand.click("main input[type=checkbox]").await;
    hand.click("main .go button").await;
    hand.wait_and_skip("nav.rail", "[data-testid=setup-later]").await;
}

async fn add_mail_account(hand: &Hand, mail: &MailStack) {
    begin_account(hand, "E-").await;
    for (key, value) in mail.account_values("anna") {
        hand.fill_field(&key, &value).await;
    }
    hand.fill_field("password", mailstack::PASSWORD).await;
    hand.click("[data-testid=account-form] button[type=submit]").await;
    hand.wait_text("li.account", "anna").await;
}

async fn add_gateway_account(hand: &Hand, gateway: &Gateway) {
    begin_account(hand, "seven").await;
    hand.fill_field("base_url", &gateway.seven_url()).await;
    hand.fill_field("number", "+4915100000001").await;
    hand.fill_field("api_key", gateway::API_KEY).await;
    hand.click("[data-testid=account-form] button[type=submit]").await;
    hand.wait_text("li.account", "SMS").await;
}

async fn begin_account(hand: &Hand, kind: &str) {
    hand.click("nav.rail button.last").await;
    hand.click_text("main .column button", "Konto hinzufügen").await;
    hand.click_text("main .choice button", kind).await;
    hand.wait("[data-testid=account-form]").await;
}

/// Recipient and text of the first SMS that leaves; the undo time of ten seconds runs before.
async fn wait_until_sent(gateway: &Gateway) -> (String, String) {
    for _ in 0..600 {
        if let Some(sent) = gateway.sent().into_iter().next() {
            return (sent.to, sent.text);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no SMS left within a minute");
}
