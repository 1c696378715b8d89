//! The hand on the window: WebKit's own driver, and what a person does with a page. Everything waits for the thing
//! itself, for a bounded time, and then says what was to be seen instead.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends here with what went wrong"
)]

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::desk::Desk;

const PATIENCE: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_millis(50);

/// Random arguments from a fixed seed. Tauri itself refuses what has the wrong type with a text; a command that
/// accepted its arguments refuses with an `ApiError`.
const BARRAGE: &str = r#"
const done = arguments[arguments.length - 1];
let seed = 20261121;
const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const text = () => pick(['', 'open', 'email', 'de', '../../etc/passwd', "'; DROP TABLE messages; --", '\u0000', '\ud800',
    '🦆'.repeat(500), '+49 151 23456789', 'anna@shop.example', '2026-11-21T09:00:00Z', '%s%n', '{{7*7}}', '-1',
    'NEAR("a" "b")', '"', '*', 'x'.repeat(20000)]);
const number = () => pick([0, 1, -1, 2, 7, 1.5, 1e15, -1e15, 9007199254740993, 4294967296, 1e308]);
const value = (depth) => pick([text, text, number, number, () => null, () => undefined, () => true, () => false,
    () => (depth > 2 ? [] : [value(depth + 1), value(depth + 1)]),
    () => (depth > 2 ? {} : { [text().slice(0, 20)]: value(depth + 1), id: number() })])();
const input = () => ({ conversation_id: number(), body: text(), subject: pick([null, text()]),
    via: pick([null, text()]), attachments: [], now: true });
const calls = Array.from({ length: TIMES }, () => {
    const given = {};
    for (const name of ARGUMENTS) given[name] = name === 'input' && random() < 0.7 ? input() : value(0);
    return window.__TAURI_INTERNALS__.invoke(COMMAND, given).then(
        () => null,
        (error) => (typeof error === 'string' || (typeof error.code === 'string' && error.message !== '') ? null : error));
});
Promise.all(calls).then((wrong) => done(JSON.stringify(wrong.filter((w) => w !== null))));
"#;

/// A driven window.
pub struct Hand {
    client: Client,
    _driver: Driver,
}

struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ended_already = self.0.kill();
        let _ended_already = self.0.wait();
    }
}

impl Hand {
    /// Opens the program on this desktop and takes its window.
    pub async fn open(desk: &Desk, program: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = std::fs::File::create(desk.home().join("program.log")).unwrap();
        let mut command = Command::new("WebKitWebDriver");
        desk.equip(&mut command);
        let driver = command
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|e| {
                panic!("WebKitWebDriver cannot be started ({e}); it is in the package webkit2gtk-driver")
            });
        let driver = Driver(driver);
        let wanted = json!({"webkitgtk:browserOptions": {"binary": program, "args": []}});
        let Value::Object(wanted) = wanted else { unreachable!() };
        let client = wait_for_session(port, wanted).await;
        Self { client, _driver: driver }
    }

    /// Waits for something to be on screen.
    pub async fn wait(&self, css: &str) -> Element {
        self.wait_for(css, |_| true).await
    }

    /// Waits for one of these to show a text.
    pub async fn wait_text(&self, css: &str, text: &str) -> Element {
        self.wait_for(&format!("{css} «{text}»"), |seen| seen.contains(text)).await
    }

    async fn wait_for(&self, what: &str, fits: impl Fn(&str) -> bool) -> Element {
        let css = what.split(" «").next().unwrap();
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            for element in self.client.find_all(Locator::Css(css)).await.unwrap_or_default() {
                // Not what the driver calls its text: it leaves out the words on buttons, which cannot be selected.
                // An element may be drawn anew between the two questions.
                let Ok(Some(text)) = element.prop("textContent").await else { continue };
                if fits(&text) && element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
        let seen = self.script("return document.body.innerText").await;
        panic!("not on screen after {} s: {what}\nwhat is there:\n{seen}", PATIENCE.as_secs());
    }

    /// Waits until a field holds this text.
    pub async fn wait_value(&self, css: &str, text: &str) {
        let value = format!(
            "(document.querySelector({css:?})?.value ?? document.querySelector({css:?})?.innerText ?? '')"
        );
        self.wait_until(&format!("{css} holds {text:?}"), async || {
            self.script(&format!("return {value}")).await.trim() == text
        })
        .await;
    }

    /// Waits until something is so.
    pub async fn wait_until(&self, what: &str, is_so: impl AsyncFn() -> bool) {
        let started = Instant::now();
        while !is_so().await {
            if started.elapsed() > PATIENCE {
                let seen = self.script("return document.body.innerText").await;
                panic!("not within {} s: {what}\nwhat is there:\n{seen}", PATIENCE.as_secs());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The middle of an element, in pixels of the page.
    pub async fn middle_of(&self, css: &str) -> (i16, i16) {
        self.wait(css).await;
        let place = self
            .script(&format!(
                "const box = document.querySelector({css:?}).getBoundingClientRect();
                 return [box.x + box.width / 2, box.y + box.height / 2].map(Math.round).join(' ')"
            ))
            .await;
        let (x, y) = place.split_once(' ').unwrap_or_else(|| panic!("{css}: {place}"));
        (x.parse().unwrap(), y.parse().unwrap())
    }

    /// Clicks it once it is there.
    pub async fn click(&self, css: &str) {
        self.wait_and_click(css, |_| true).await;
    }

    /// Clicks the one that shows this text.
    pub async fn click_text(&self, css: &str, text: &str) {
        self.wait_and_click(&format!("{css} «{text}»"), |seen| seen.contains(text)).await;
    }

    async fn wait_and_click(&self, what: &str, fits: impl Fn(&str) -> bool) {
        let started = Instant::now();
        loop {
            let found = self.wait_for(what, &fits).await;
            // The driver takes what is half below the edge of a scrolled part for visible, and then does not reach it.
            let place = serde_json::to_value(&found).unwrap();
            let middle = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
            let _drawn_anew = self.client.execute(middle, vec![place]).await;
            match found.click().await {
                Ok(()) => return,
                // Drawn anew, or still covered.
                Err(_) if started.elapsed() < PATIENCE => tokio::time::sleep(PAUSE).await,
                Err(error) => panic!("{what} cannot be clicked: {error}"),
            }
        }
    }

    /// Clicks what skips a step, step by step, until the goal is on screen.
    pub async fn wait_and_skip(&self, goal: &str, skip: &str) {
        let started = Instant::now();
        while self.client.find_all(Locator::Css(goal)).await.unwrap_or_default().is_empty() {
            assert!(started.elapsed() < PATIENCE, "{goal} is not reached by {skip}");
            if let Some(step) = self.client.find_all(Locator::Css(skip)).await.unwrap_or_default().first() {
                // It may have gone since it was found.
                let _gone = step.click().await;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Empties a field and types.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.wait(css).await;
        field.clear().await.unwrap_or_else(|e| panic!("{css} cannot be emptied: {e}"));
        field.send_keys(text).await.unwrap_or_else(|e| panic!("{css} cannot be typed into: {e}"));
    }

    /// Fills a field of an account's form, also one that is folded away; one that the form does not have, or has as a
    /// choice, is left as it is.
    pub async fn fill_field(&self, key: &str, text: &str) {
        self.script(
            "document.querySelectorAll('[data-testid=account-form] details').forEach((d) => (d.open = true))",
        )
        .await;
        let css = format!("[data-testid=account-form] input[name='{key}']");
        if !self.client.find_all(Locator::Css(&css)).await.unwrap().is_empty() {
            self.fill(&css, text).await;
        }
    }

    /// Opens the formatted view of the message on screen, unless it is open, and waits for its frame.
    pub async fn show_formatted(&self) {
        self.wait("[data-testid=message]").await;
        let switch = "[data-testid=message] button.switch";
        if !self.client.find_all(Locator::Css(switch)).await.unwrap().is_empty() {
            self.click(switch).await;
        }
        self.wait("[data-testid=message] iframe").await;
    }

    /// What an expression says inside the message's frame. The driver stands outside the page and may look in.
    pub async fn in_frame(&self, expression: &str) -> String {
        self.wait("[data-testid=message] iframe").await.enter_frame().await.unwrap();
        let answer = self.client.execute(&format!("return {expression}"), vec![]).await;
        self.client.enter_parent_frame().await.unwrap();
        text_of(&answer.unwrap())
    }

    /// What a script of the page's own answers.
    pub async fn script(&self, script: &str) -> String {
        self.client
            .execute(script, vec![])
            .await
            .map_or_else(|e| format!("error: {e}"), |value| text_of(&value))
    }

    /// What a script answers by calling `done`, later.
    pub async fn script_async(&self, script: &str) -> String {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.client
            .execute_async(&script, vec![])
            .await
            .map_or_else(|e| format!("error: {e}"), |value| text_of(&value))
    }

    /// Asks the program for something, as a script of the page would: `answered: …` or `refused: …`.
    pub async fn invoke(&self, command: &str, arguments: &str) -> String {
        self.script_async(&format!(
            "window.__TAURI_INTERNALS__.invoke({command:?}, {arguments})
                 .then((a) => done('answered: ' + JSON.stringify(a)), (e) => done('refused: ' + JSON.stringify(e)));"
        ))
        .await
    }

    /// Asks `times` times with random arguments and answers, as JSON, what was neither a value nor an `ApiError`.
    pub async fn wait_for_barrage(&self, command: &str, arguments: &[String], times: u32) -> String {
        let script = BARRAGE
            .replace("COMMAND", &format!("{command:?}"))
            .replace("ARGUMENTS", &format!("{arguments:?}"))
            .replace("TIMES", &times.to_string());
        self.client
            .execute_async(&script, vec![])
            .await
            .map_or_else(|e| format!("error: {e}"), |value| text_of(&value))
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        self.client.title().await.unwrap()
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        self.script("return location.href").await
    }

    /// Closes the window.
    pub async fn close(self) {
        self.client.close().await.unwrap();
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The driver needs a moment until it takes sessions.
async fn wait_for_session(port: u16, wanted: serde_json::Map<String, Value>) -> Client {
    let started = Instant::now();
    loop {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        match builder.capabilities(wanted.clone()).connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => return client,
            Err(_) if started.elapsed() < PATIENCE => tokio::time::sleep(PAUSE).await,
            Err(error) => panic!("the window does not come up: {error}"),
        }
    }
}
