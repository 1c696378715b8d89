//! P1, fast: 10,000 random inputs for each window command, through Tauri's own door (capability, label,
//! deserialisation) and into the engine, without a window system. The same door in the real window is
//! `tests/tests/window.rs`. Nobody may panic, nobody may be silent, and every refusal is a sentence.
//!
//! Not here: the dialogs for files, which would wait for a person, the clipboard, which waits for the window system,
//! the practice shop, which is another program, and the lock, behind which nothing else is reached ([`crate::locked`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use fastrand::Rng;
use serde_json::{Map, Value, json};
use tauri::ipc::{CallbackFn, InvokeBody, InvokeError, InvokeResponse};
use tauri::test::{INVOKE_KEY, MockRuntime, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use theke_engine::api::Ports;
use theke_engine::ports::{NoKeychain, SystemClock};

use crate::background::Background;
use crate::graphics::Drawing;
use crate::lock::Lock;
use crate::notify::Shown;
use crate::picked::Picked;
use crate::session::Session;
use crate::{commands, context, window};

const INPUTS: usize = 10_000;
/// A command without arguments has no inputs; it is asked often enough beside the others to be in their way.
const INPUTS_WITHOUT_ARGUMENTS: usize = 100;
const AT_ONCE: usize = 64;
/// Longer than any command may take on a busy computer.
const SILENCE: Duration = Duration::from_secs(120);
pub(crate) const OURS: &str = "tauri://localhost";

static PANICS: AtomicU64 = AtomicU64::new(0);

pub(crate) const MAIL: &str = "From: Petra Beispiel <petra@kundin.example>\r\nTo: laden@shop.example\r\nSubject: Lieferung 4711\r\n\
    Message-ID: <frage-1@kundin.example>\r\nDate: Sat, 21 Nov 2020 09:00:00 +0000\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/html; charset=utf-8\r\n\r\n<p>Wann kommt mein <b>Paket</b> an?</p><script>1</script>\r\n";

/// The program without a window system: commands, session and capability are the real ones.
pub(crate) fn program(folder: &std::path::Path) -> App<MockRuntime> {
    let ports = Ports { clock: Arc::new(SystemClock), keychain: Arc::new(NoKeychain) };
    let session = Session::at(folder.join("profile"), ports);
    let builder = mock_builder()
        .manage(Picked::default())
        .manage(Lock::of(&session))
        .manage(session)
        .manage(Shown::default())
        .manage(Background::default())
        .manage(Drawing::default())
        .invoke_handler(commands::handler());
    builder.build(context()).unwrap()
}

fn reaches_outside(command: &str) -> bool {
    command.starts_with("pick_") || matches!(command, "attachment_stage_clipboard" | "practice_open")
}

pub(crate) fn page(app: &App<MockRuntime>, label: &str) -> WebviewWindow<MockRuntime> {
    WebviewWindowBuilder::new(app, label, WebviewUrl::default()).build().unwrap()
}

pub(crate) type Answer = Result<Value, Value>;

/// Asks as a page at `url` would; the answer comes through `answers`.
fn ask(
    page: &WebviewWindow<MockRuntime>,
    url: &str,
    key: &str,
    (command, arguments): (&str, &Value),
    answers: &mpsc::Sender<Answer>,
) {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: url.parse().unwrap(),
        body: InvokeBody::Json(arguments.clone()),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: key.to_owned(),
    };
    let answers = answers.clone();
    let webview: &tauri::Webview<MockRuntime> = page.as_ref();
    webview.clone().on_message(
        request,
        Box::new(move |_page, _command, response, _callback, _error| {
            let answer = match response {
                InvokeResponse::Ok(body) => Ok(body.deserialize::<Value>().unwrap_or(Value::Null)),
                InvokeResponse::Err(InvokeError(value)) => Err(value),
            };
            // Nobody listens any more once a test has failed.
            let _ = answers.send(answer);
        }),
    );
}

pub(crate) fn ask_once(
    page: &WebviewWindow<MockRuntime>,
    url: &str,
    command: &str,
    arguments: &Value,
) -> Answer {
    let (sender, answers) = mpsc::channel();
    ask(page, url, INVOKE_KEY, (command, arguments), &sender);
    answers.recv_timeout(SILENCE).unwrap_or_else(|_| panic!("{command} was not answered"))
}

/// Every command of the capability file.
pub(crate) fn commands_of_capability() -> BTreeSet<String> {
    let file: Value = serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
    let names = file["permissions"].as_array().unwrap().iter();
    names.filter_map(|name| Some(name.as_str()?.strip_prefix("allow-")?.replace('-', "_"))).collect()
}

/// The arguments' names as `ui/src/lib/api/tauri.ts` gives them, by command.
fn arguments_by_command() -> BTreeMap<String, Vec<String>> {
    let calls = include_str!("../../ui/src/lib/api/tauri.ts").split("invoke('").skip(1);
    let parsed = calls.map(|call| {
        let (name, rest) = call.split_once('\'').unwrap();
        let words = rest.split(')').next().unwrap().split(['{', ',', '}']);
        let names = words.map(|word| word.split(':').next().unwrap().trim().to_owned());
        (name.to_owned(), names.filter(|name| !name.is_empty() && !name.contains(' ')).collect())
    });
    parsed.collect()
}

fn text(rng: &mut Rng) -> String {
    const WORDS: &[&str] = &[
        "",
        "open",
        "closed",
        "snoozed",
        "email",
        "sms",
        "de",
        "../../etc/passwd",
        "'; DROP TABLE messages; --",
        "\0",
        "+49 151 23456789",
        "anna@shop.example",
        "2026-11-21T09:00:00Z",
        "9999999-99-99T99:99:99Z",
        "%s%n",
        "{{7*7}}",
        "-1",
        "NEAR(\"a\" \"b\")",
        "\"",
        "*",
        "paket",
        "\u{202e}fdp.exe",
        "routing.default_account.email",
        "shop.name",
        "send.undo_secs",
        "automation.on",
        "true",
        "120",
        "/tmp",
        "javascript:alert(1)",
        "telegram",
        "a\r\nBcc: b@c.example",
    ];
    match rng.u8(0..8) {
        0 => "🦆".repeat(rng.usize(0..200)),
        1 => (0..rng.usize(0..40)).map(|_| rng.char(..)).collect(),
        2 => "x".repeat(rng.usize(0..3_000)),
        _ => WORDS[rng.usize(..WORDS.len())].to_owned(),
    }
}

fn number(rng: &mut Rng) -> Value {
    const ODD: &[i64] = &[0, 1, 2, 3, -1, 7, i64::MAX, i64::MIN, 4_294_967_296, 9_007_199_254_740_993];
    match rng.u8(0..10) {
        0 => json!(rng.i64(..)),
        1 => json!(rng.f64() * 1e300),
        2 => json!(u64::MAX),
        _ => json!(ODD[rng.usize(..ODD.len())]),
    }
}

fn value(rng: &mut Rng, depth: u8) -> Value {
    match rng.u8(0..10) {
        0..=2 => json!(text(rng)),
        3..=5 => number(rng),
        6 => Value::Null,
        7 => json!(rng.bool()),
        8 if depth < 3 => (0..rng.usize(0..4)).map(|_| value(rng, depth + 1)).collect(),
        _ if depth < 3 => {
            let fields = (0..rng.usize(0..4)).map(|_| (text(rng), value(rng, depth + 1)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        _ => json!([]),
    }
}

/// What Tauri said that it expects, by the argument's name.
type Learned = BTreeMap<String, String>;

/// ``invalid args `spam` for command `conversations`: invalid type: string "x", expected a boolean``
fn learn(learned: &mut Learned, refusal: &str) {
    let name = refusal.split('`').nth(1);
    let expected = refusal.rsplit_once("expected ").map(|(_, expected)| expected);
    if let (Some(name), Some(expected)) = (name, expected) {
        learned.insert(name.to_owned(), expected.to_owned());
    }
}

/// The fields of a type, as the generated TypeScript has them: name and type.
fn fields(name: &str) -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/api/bindings");
    let text = std::fs::read_to_string(folder.join(format!("{name}.ts"))).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with([' ', '/', '*']));
    let pairs = lines.filter_map(|line| line.trim_end_matches([',', ' ', '}', ';']).split_once(": "));
    pairs.map(|(name, kind)| (name.to_owned(), kind.to_owned())).collect()
}

/// Of this TypeScript type.
fn shaped(rng: &mut Rng, kind: &str) -> Value {
    match kind {
        _ if kind.contains("null") && rng.bool() => Value::Null,
        _ if rng.u8(0..40) == 0 => value(rng, 2),
        _ if kind.starts_with("string") => json!(text(rng)),
        _ if kind.starts_with("number") => json!(rng.u8(0..5)),
        _ if kind.starts_with("boolean") => json!(rng.bool()),
        _ => json!([]),
    }
}

/// A rule of the right shape, whose types are nested too deep to be read off their names.
fn rule(rng: &mut Rng) -> Value {
    let whens = [
        json!("message"),
        json!({"no_answer": {"opening_hours": rng.u32(..)}}),
        json!({"time": {"weekdays": [text(rng)], "at": text(rng)}}),
    ];
    let conditions = [
        json!({"words": {"any": [text(rng)]}}),
        json!({"not": {"all": [{"open": rng.bool()}, {"intent": {"is": [text(rng)], "at_least": rng.u8(..)}}]}}),
        json!({"field": {"name": text(rng), "at_least": text(rng)}}),
    ];
    let actions = [
        json!({"answer": {"reply": text(rng)}}),
        json!({"task": {"text": text(rng), "due": {"hours": rng.u32(..)}}}),
        json!("close"),
        value(rng, 2),
    ];
    json!({
        "name": text(rng),
        "mode": rng.choice(["suggest", "ask", "send", ""]),
        "max_age_minutes": rng.u32(..),
        "when": rng.choice(whens),
        "if": rng.choice(conditions),
        "then": [rng.choice(actions)],
    })
}

/// Most often of the type that the name promises, so that the engine is reached and not only the deserialiser.
fn argument(rng: &mut Rng, name: &str, learned: &Learned) -> Value {
    // Whoever is asked is somebody outside; tests stay on this computer.
    if name == "network" {
        return json!(false);
    }
    if rng.u8(0..5) == 0 {
        return value(rng, 0);
    }
    // One of few words, which no random text would be.
    if name == "step" {
        return json!(rng.choice(["hidden", "frame", "inbox"]));
    }
    match learned.get(name).map(String::as_str) {
        Some("a boolean") => return json!(rng.bool()),
        Some("a sequence") => return (0..rng.usize(0..4)).map(|_| number(rng)).collect(),
        Some("a string") => return json!(text(rng)),
        Some(other) if other.starts_with("struct RuleShape") => return rule(rng),
        Some(other) if other.starts_with("struct ") => {
            let fields = fields(other.trim_start_matches("struct ").split(' ').next().unwrap());
            return Value::Object(
                fields.into_iter().map(|(name, kind)| (name, shaped(rng, &kind))).collect(),
            );
        }
        Some(other) if other.starts_with(['i', 'u']) => return number(rng),
        _ => {}
    }
    let id = name.ends_with("id") || name.ends_with("Id") || matches!(name, "conversation" | "limit");
    match name {
        "values" | "secrets" => {
            let fields = (0..rng.usize(0..4)).map(|_| (text(rng), json!(text(rng))));
            Value::Object(fields.collect())
        }
        "attachmentSizes" => (0..rng.usize(0..4)).map(|_| number(rng)).collect(),
        "check" | "pictures" | "withMessages" | "enabled" | "paused" | "spam" => json!(rng.bool()),
        "draftLenChars" => number(rng),
        _ if id => number(rng),
        _ if rng.u8(0..6) == 0 => Value::Null,
        _ => json!(text(rng)),
    }
}

/// A sentence: it says something, it ends, and it is not the inside of the program.
fn is_sentence(text: &str) -> bool {
    text.split_whitespace().count() > 2 && text.ends_with(['.', '?', '!']) && !text.contains("panicked")
}

/// Tauri itself refuses what has the wrong type, with a text; a command refuses with an `ApiError`.
fn wrong_refusal(error: &Value) -> Option<String> {
    if let Some(text) = error.as_str() {
        return (!text.contains("invalid args")).then(|| text.to_owned());
    }
    let (code, message) = (error["code"].as_str()?, error["message"].as_str()?);
    (code == "internal" || !is_sentence(message)).then(|| error.to_string())
}

fn barrage(
    page: &WebviewWindow<MockRuntime>,
    command: &str,
    names: &[String],
    inputs: usize,
) -> (Vec<String>, usize) {
    let mut rng = Rng::with_seed(20_261_121);
    let mut learned = Learned::new();
    let (sender, answers) = mpsc::channel::<Answer>();
    let (mut wrong, mut under_way, mut reached) = (Vec::new(), 0, 0);
    for number in 0..=inputs {
        while under_way >= AT_ONCE || (number == inputs && under_way > 0) {
            let answer = answers.recv_timeout(SILENCE).unwrap_or_else(|_| panic!("{command} is silent"));
            match &answer {
                Err(Value::String(refusal)) => learn(&mut learned, refusal),
                _ => reached += 1,
            }
            match answer {
                Err(error) if error.is_object() || error.is_string() => wrong.extend(wrong_refusal(&error)),
                Err(error) => wrong.push(error.to_string()),
                Ok(_) => {}
            }
            under_way -= 1;
        }
        if number < inputs {
            let kept = names.iter().filter(|_| rng.u8(0..20) != 0).cloned().collect::<Vec<_>>();
            let given: Map<_, _> =
                kept.into_iter().map(|name| (name.clone(), argument(&mut rng, &name, &learned))).collect();
            ask(page, OURS, INVOKE_KEY, (command, &Value::Object(given)), &sender);
            under_way += 1;
        }
    }
    (wrong, reached)
}

#[test]
fn ten_thousand_random_inputs_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path());
    let page = page(&app, window::LABEL);
    let setup = json!({"shop": "Blumen Beispiel", "country": "DE", "passphrase": "korrekt pferd batterie"});
    ask_once(&page, OURS, "profile_create", &setup).unwrap();
    let mail = folder.path().join("frage.eml");
    std::fs::write(&mail, MAIL).unwrap();
    tauri::async_runtime::block_on(async {
        app.state::<Session>().api().await.unwrap().import(vec![mail]).await.unwrap();
    });
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        usual(panic);
    }));

    let known = arguments_by_command();
    let commands = commands_of_capability();
    assert!(commands.len() > 40, "{commands:?}");
    for command in commands.iter().filter(|name| !reaches_outside(name) && *name != "lock") {
        let names = known.get(command).unwrap_or_else(|| panic!("tauri.ts does not call {command}"));
        let inputs = if names.is_empty() { INPUTS_WITHOUT_ARGUMENTS } else { INPUTS };
        let began = std::time::Instant::now();
        let (wrong, reached) = barrage(&page, command, names, inputs);
        let wrong: BTreeSet<_> = wrong.into_iter().collect();
        println!("{command}: {reached} of {inputs} inputs reach it, {:.1} s", began.elapsed().as_secs_f64());
        assert!(
            reached * 100 > inputs,
            "{command}: nearly all inputs end at the deserialiser, {reached} reach it"
        );
        assert!(wrong.is_empty(), "{command}: {:#?}", wrong.iter().take(5).collect::<Vec<_>>());
        assert_eq!(PANICS.load(Ordering::SeqCst), 0, "{command} panicked");
    }
    ask_once(&page, OURS, "overview", &json!({})).unwrap();
    tauri::async_runtime::block_on(app.state::<Session>().close());
}

#[test]
fn nothing_reaches_the_core_from_another_frame_or_window() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path());
    let (ours, other) = (page(&app, window::LABEL), page(&app, "other"));
    let none = json!({});
    assert!(ask_once(&ours, OURS, "profile_status", &none).is_ok(), "the way of asking works");
    for command in commands_of_capability() {
        for foreign in
            ["https://shop.example/", "about:srcdoc", "about:blank", "data:text/html,x", "null:null"]
        {
            assert!(ask_once(&ours, foreign, &command, &none).is_err(), "{command} from {foreign}");
        }
        assert!(ask_once(&other, OURS, &command, &none).is_err(), "{command} from another window");
        // A frame that guesses does not know the key of this start: it is not even answered.
        let (sender, answers) = mpsc::channel();
        ask(&ours, OURS, "guessed", (&command, &none), &sender);
        drop(sender);
        assert_eq!(answers.recv_timeout(SILENCE), Err(mpsc::RecvTimeoutError::Disconnected), "{command}");
    }
}
