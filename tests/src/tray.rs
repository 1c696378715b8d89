//! A tray for the virtual desktop: the watcher with whom programs register their icons, and a hand in their menus.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends here with what went wrong"
)]

use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use zbus::message::Header;

use crate::desk::Desk;

const PATIENCE: Duration = Duration::from_secs(30);

/// Who registered, as bus name and path.
type Items = Arc<Mutex<Vec<(String, String)>>>;

struct Watcher(Items);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        self.0.lock().unwrap().push((sender, service.to_owned()));
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().map(|(name, path)| format!("{name}{path}")).collect()
    }
}

/// The desktop's tray.
pub struct Tray<'d> {
    desk: &'d Desk,
    items: Items,
    _bus: zbus::Connection,
}

impl<'d> Tray<'d> {
    /// Puts one on this desktop.
    pub async fn on(desk: &'d Desk) -> Self {
        let items = Items::default();
        let bus = zbus::connection::Builder::address(desk.bus())
            .name("org.kde.StatusNotifierWatcher")
            .serve_at("/StatusNotifierWatcher", Watcher(items.clone()))
            .build()
            .await
            .unwrap();
        Self { desk, items, _bus: bus }
    }

    /// Whether a program has put its icon there.
    pub fn has_an_icon(&self) -> bool {
        !self.items.lock().unwrap().is_empty()
    }

    /// Clicks on the entry that shows these words, once it is there.
    pub async fn wait_and_click(&self, words: &str) {
        let (name, menu, id) = self.wait_for_entry(words).await;
        let answer = self.ask(
            &name,
            &menu,
            "com.canonical.dbusmenu.Event",
            &[&format!("int32:{id}"), "string:clicked", "variant:int32:0", "uint32:0"],
        );
        assert!(answer.is_some(), "the entry «{words}» took no click");
    }

    /// Waits until the newest icon's menu has an entry with these words.
    pub async fn wait_for_entry(&self, words: &str) -> (String, String, String) {
        let began = Instant::now();
        let mut seen = String::new();
        while began.elapsed() < PATIENCE {
            let newest = self.items.lock().unwrap().last().cloned();
            if let Some((name, path)) = newest {
                // libayatana puts the menu there.
                let menu = format!("{path}/Menu");
                let layout = ["int32:0", "int32:-1", "array:string:"];
                seen =
                    self.ask(&name, &menu, "com.canonical.dbusmenu.GetLayout", &layout).unwrap_or_default();
                if let Some(id) = id_of(&seen, words) {
                    return (name, menu, id);
                }
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        panic!("no entry «{words}» in the tray; what is there:\n{seen}");
    }

    fn ask(&self, name: &str, path: &str, method: &str, words: &[&str]) -> Option<String> {
        let mut command = Command::new("dbus-send");
        command.args(["--session", "--print-reply", &format!("--dest={name}"), path, method]).args(words);
        self.desk.equip(&mut command);
        let output = command.output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// The number of the entry with these words: it stands before them, as the first of its struct.
fn id_of(layout: &str, words: &str) -> Option<String> {
    let (before, _) = layout.split_once(words)?;
    let (_, structure) = before.rsplit_once("struct {")?;
    let (_, number) = structure.split_once("int32 ")?;
    Some(number.lines().next()?.trim().to_owned())
}
