//! A desktop for one program, without a screen: a virtual display, a session bus that starts nothing by itself, an
//! unlocked keychain, a home of its own. Everything ends when it is dropped.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends here with what went wrong"
)]

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::mailstack::MailStack;
use tempfile::TempDir;
use x11rb::errors::ReplyError;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask};

/// A bus without service files: a keychain that nobody asked for would otherwise come up, locked, and ask.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// What WebKit calls the process of a page.
const PAGE: &str = "WebKitWebProcess";
/// How long anything of the desktop may take.
const PATIENCE: Duration = Duration::from_secs(40);

/// Looks until something is there. Windows, files and programs of others give no signal, so they are looked at again and
/// again; the pause only leaves the processor to them, and no test's answer depends on it.
pub fn wait_within<T>(patience: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let began = Instant::now();
    loop {
        let found = look();
        if found.is_some() || began.elapsed() > patience {
            return found;
        }
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// One desktop at a time: on two cores, seven web views at once make each other wait longer than a person would.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The desktop.
pub struct Desk {
    home: TempDir,
    display: String,
    bus: String,
    children: Vec<Child>,
    profile: String,
    _turn: MutexGuard<'static, ()>,
}

impl Desk {
    /// Opens it.
    pub fn open() -> Self {
        // A test that failed has left nothing behind that the next one could trip over.
        let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let home = TempDir::with_prefix("theke-desk-").unwrap();
        DirBuilder::new().mode(0o700).create(home.path().join("run")).unwrap();
        std::fs::write(home.path().join("bus.conf"), BUS).unwrap();
        let mut desk = Self {
            home,
            display: String::new(),
            bus: String::new(),
            children: Vec::new(),
            profile: "profile".into(),
            _turn: turn,
        };

        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1360x860x24", "-nolisten", "tcp", "-noreset"]);
        desk.display = format!(":{}", desk.first_line(xvfb));

        let mut bus = Command::new("dbus-daemon");
        let config = format!("--config-file={}", desk.home.path().join("bus.conf").display());
        bus.args([config.as_str(), "--nofork", "--print-address=1"]);
        desk.bus = desk.first_line(bus);

        let mut keyring = Command::new("gnome-keyring-daemon");
        keyring.args(["--foreground", "--unlock", "--components=secrets"]);
        let mut keyring = desk.child(keyring.stdin(Stdio::piped()).stdout(Stdio::null()));
        keyring.stdin.take().unwrap().write_all(b"a password\n").unwrap();
        desk.children.push(keyring);
        desk.wait_for_name("org.freedesktop.secrets");
        desk
    }

    /// The folder that is home here.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where its session bus is.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// Where its display is.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// The profile of the program on this desktop.
    pub fn profile(&self) -> PathBuf {
        self.home().join(&self.profile)
    }

    /// Gives the programs that are started from now on another profile.
    pub fn work_on(&mut self, name: &str) {
        name.clone_into(&mut self.profile);
    }

    /// Gives a command this desktop's environment.
    pub fn equip(&self, command: &mut Command) {
        let home = self.home();
        command
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", &self.display)
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home.join("run"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("THEKE_PROFILE", self.profile())
            // What the page says of its drawing is read by tests.
            .env("THEKE_LOG", "warn,theke_shell::graphics=info")
            .env("NO_COLOR", "1")
            // Every system has this locale; the window then speaks German, its first language.
            .env_remove("LANGUAGE")
            .env("LANG", "C.UTF-8");
    }

    /// Starts a program here; its words go to a file in home.
    pub fn start(&self, program: &Path, words: &[&str]) -> Started {
        let log = File::create(self.home().join("started.log")).unwrap();
        let mut command = Command::new(program);
        self.equip(command.args(words));
        Started(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap())
    }

    /// Runs a command line program here to its end, on this desktop's profile.
    pub fn run(&self, program: &Path, words: &[&str]) -> Output {
        let mut command = Command::new(program);
        self.equip(command.arg("--profile").arg(self.profile()).args(words));
        command.stdin(Stdio::null()).output().unwrap_or_else(|e| panic!("{}: {e}", program.display()))
    }

    /// Starts a notification daemon, and keeps what it is told in a file of home.
    pub fn take_notifications(&mut self) {
        let dunst = self.child(Command::new("dunst").stdin(Stdio::null()).stdout(Stdio::null()));
        self.children.push(dunst);
        self.wait_for_name("org.freedesktop.Notifications");
        let told = File::create(self.home().join("told.log")).unwrap();
        let mut monitor = Command::new("dbus-monitor");
        monitor.args(["--session", "interface='org.freedesktop.Notifications',member='Notify'"]);
        let monitor = self.child(monitor.stdin(Stdio::null()).stdout(told));
        self.children.push(monitor);
        // It writes about itself once it listens.
        self.wait_for_notification("");
    }

    /// Takes the focus from the program's window, as a person does who works elsewhere.
    pub fn look_away(&self) {
        let ask = |words: &[&str]| {
            let mut command = Command::new("xdotool");
            self.equip(command.args(words));
            String::from_utf8(command.output().unwrap().stdout).unwrap()
        };
        let background = ask(&["search", "--maxdepth", "0", ".*"]);
        ask(&["windowfocus", "--sync", background.lines().next().unwrap()]);
    }

    /// Waits until the daemon was told something that holds these words, and answers all that it was told.
    pub fn wait_for_notification(&self, words: &str) -> String {
        self.wait_for(&format!("a notification with {words:?}"), || {
            let told = std::fs::read_to_string(self.home().join("told.log")).unwrap();
            (!told.is_empty() && told.contains(words)).then_some(told)
        })
    }

    /// Starts an engine without a window on this desktop's profile; it holds the profile when this returns.
    pub fn start_engine(&self, ctl: &Path) -> Started {
        let mut command = Command::new(ctl);
        command.arg("--profile").arg(self.profile()).arg("run").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = self.child(&mut command);
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "the engine ended at once");
        child.stdout = Some(reader.into_inner());
        Started(child)
    }

    /// Waits until this program's engine runs.
    pub fn wait_for_engine(&self, started: &Started) {
        self.wait_until("the engine holds the profile", || {
            let holder = std::fs::read_to_string(self.profile().join("lock.holder")).unwrap_or_default();
            holder.contains(&format!("\"pid\":{}", started.0.id()))
        });
    }

    /// Clicks the cross in the frame of this program's window; without a window manager, what that one would send.
    pub fn close_window(&self, started: &Started) {
        let window = self.wait_for_window(started);
        self.ask_to_close(window).unwrap();
    }

    /// The same, where there may be none by now. Looked for once and never waited for: a window that is on its way out
    /// may be gone the moment after it was seen.
    pub fn close_window_if_there(&self, started: &Started) {
        if let Some(window) = self.window(started) {
            let _gone_already = self.ask_to_close(window);
        }
    }

    fn ask_to_close(&self, window: u32) -> Result<(), ReplyError> {
        let (connection, _) = x11rb::connect(Some(&self.display)).unwrap();
        let atom = |name: &str| connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
        let words = [atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
        let asked = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS"), words);
        connection.send_event(false, window, EventMask::NO_EVENT, asked)?.check()
    }

    /// Waits until something is so.
    pub fn wait_until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        self.wait_for(what, || is_so().then_some(()));
    }

    /// Waits until something is there.
    fn wait_for<T>(&self, what: &str, look: impl FnMut() -> Option<T>) -> T {
        wait_within(PATIENCE, look).unwrap_or_else(|| {
            let said = std::fs::read_to_string(self.home().join("started.log")).unwrap_or_default();
            panic!("not within {} s: {what}\n{said}", PATIENCE.as_secs())
        })
    }

    /// Whether a page is held in memory by a program of this desktop.
    pub fn has_web_view(&self) -> bool {
        !self.processes(PAGE).is_empty()
    }

    /// Whether the process of a page has this in its surroundings.
    pub fn page_has(&self, variable: &str) -> bool {
        self.processes(PAGE)
            .iter()
            .any(|(_, surroundings)| surroundings.split('\0').any(|one| one == variable))
    }

    /// Kills a program of this desktop as if it had crashed.
    pub fn kill(&self, name: &str) {
        self.signal(name, "KILL");
    }

    /// A program of this desktop does nothing any more, as if it hung in a driver.
    pub fn hold(&self, name: &str) {
        self.signal(name, "STOP");
    }

    fn signal(&self, name: &str, signal: &str) {
        let found = self.processes(name);
        assert!(!found.is_empty(), "{name} does not run");
        for (pid, _) in found {
            assert!(Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
        }
    }

    /// The programs of this desktop with this name, and what surrounds them.
    fn processes(&self, name: &str) -> Vec<(String, String)> {
        let marker = format!("XDG_RUNTIME_DIR={}", self.home().join("run").display());
        // The system keeps fifteen letters of it.
        let name = name.get(..15).unwrap_or(name);
        let of_ours = |pid: String| {
            let called = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            let surroundings = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            let surroundings = String::from_utf8_lossy(&surroundings).into_owned();
            (called.trim() == name && surroundings.contains(&marker)).then_some((pid, surroundings))
        };
        let all = std::fs::read_dir("/proc").unwrap().flatten();
        all.filter_map(|entry| of_ours(entry.file_name().to_string_lossy().into_owned())).collect()
    }

    /// Who holds the profile.
    pub fn engine(&self) -> String {
        std::fs::read_to_string(self.profile().join("lock.holder")).unwrap()
    }

    /// How often a driven page has drawn its inbox.
    pub fn times_drawn(&self) -> usize {
        let said = std::fs::read_to_string(self.home().join("program.log")).unwrap();
        said.matches("step=Inbox").count()
    }

    /// A small picture, as a screenshot would be.
    pub fn picture(&self) -> Vec<u8> {
        let made = Command::new("convert").args(["-size", "40x30", "xc:teal", "png:-"]).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        made.stdout
    }

    /// Presses keys in the program's window, as on a keyboard.
    pub fn press(&self, keys: &str) {
        self.press_in("Theke", keys);
    }

    /// Clicks on a place of a window, as with a mouse.
    pub fn click_at(&self, window: u32, (x, y): (i16, i16)) {
        let mut command = Command::new("xdotool");
        let place = [x.to_string(), y.to_string()];
        self.equip(command.args(["mousemove", "--sync", "--window", &window.to_string()]).args(place));
        assert!(command.args(["click", "1"]).status().unwrap().success());
    }

    /// Presses keys in the window with a title of this form.
    pub fn press_in(&self, form: &str, keys: &str) {
        let window = self.titled(form);
        let mut command = Command::new("xdotool");
        self.equip(command.args(["windowfocus", "--sync", &window.to_string(), "key", keys]));
        assert!(command.status().unwrap().success());
    }

    /// The window with a title of this form.
    pub fn titled(&self, form: &str) -> u32 {
        self.wait_for(&format!("a window called {form}"), || {
            let mut ask = Command::new("xdotool");
            self.equip(ask.args(["search", "--onlyvisible", "--name", form]));
            let answer = String::from_utf8(ask.output().unwrap().stdout).unwrap();
            answer.lines().next().and_then(|line| line.parse().ok())
        })
    }

    /// Sets up a mailbox by the command line.
    pub fn add_mail_account(&self, ctl: &Path, mail: &MailStack, user: &str) {
        self.add_mail_account_with(ctl, mail, user, BTreeMap::new());
    }

    /// The same, with some values of its own.
    pub fn add_mail_account_with(
        &self,
        ctl: &Path,
        mail: &MailStack,
        user: &str,
        own: BTreeMap<String, String>,
    ) {
        let mut words = vec!["accounts".to_owned(), "add".into(), "email".into()];
        let mut values = mail.account_values(user);
        values.extend(own);
        for (key, value) in values {
            words.extend(["--set".to_owned(), format!("{key}={value}")]);
        }
        words.extend(["--secret".to_owned(), format!("password={}", mail.password_file().display())]);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let added = self.run(ctl, &words);
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    }

    /// Clicks on the newest notification.
    pub fn click_notification(&self) {
        let mut click = Command::new("dunstctl");
        self.equip(click.args(["action", "0"]));
        assert!(click.status().unwrap().success());
    }

    /// Waits until this program shows a window.
    pub fn wait_for_window(&self, started: &Started) -> u32 {
        self.wait_for("a window", || self.window(started))
    }

    /// Waits until there is something on this window: more colours than an empty page has.
    pub fn wait_until_drawn(&self, window: u32) {
        self.wait_until("the page is drawn", || {
            let mut ask = Command::new("import");
            self.equip(ask.args(["-silent", "-window", &window.to_string(), "-format", "%k", "info:-"]));
            let colours = String::from_utf8(ask.output().unwrap().stdout).unwrap();
            colours.trim().parse::<u32>().is_ok_and(|colours| colours > 40)
        });
    }

    /// What this desktop starts by itself after a log-in.
    pub fn autostart_entry(&self) -> Option<String> {
        let folders = [self.home().join(".config/autostart"), self.home().join("config/autostart")];
        let entries =
            folders.into_iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
        entries.filter_map(|entry| std::fs::read_to_string(entry.path()).ok()).next()
    }

    /// Whether some window has a title of this form.
    pub fn shows_title(&self, form: &str) -> bool {
        let mut ask = Command::new("xdotool");
        self.equip(ask.args(["search", "--onlyvisible", "--name", form]));
        !ask.output().unwrap().stdout.is_empty()
    }

    /// The window that this program shows.
    pub fn window(&self, started: &Started) -> Option<u32> {
        let mut ask = Command::new("xdotool");
        let pid = started.0.id().to_string();
        self.equip(ask.args(["search", "--onlyvisible", "--pid", &pid, "--name", "Theke"]));
        let answer = String::from_utf8(ask.output().unwrap().stdout).unwrap();
        answer.lines().next().and_then(|line| line.parse().ok())
    }

    fn child(&self, command: &mut Command) -> Child {
        self.equip(command);
        let name = command.get_program().to_string_lossy().into_owned();
        let started = command.stderr(Stdio::null()).spawn();
        started.unwrap_or_else(|e| panic!("{name} cannot be started ({e}); `cargo verify` installs it"))
    }

    /// Starts a program of the desktop and reads the line in which it says where it is.
    fn first_line(&mut self, mut command: Command) -> String {
        let mut child = self.child(command.stdin(Stdio::null()).stdout(Stdio::piped()));
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        // The pipe stays open: some of them end when it closes.
        child.stdout = Some(reader.into_inner());
        self.children.push(child);
        let line = line.trim().to_owned();
        assert!(!line.is_empty(), "{command:?} did not come up");
        line
    }

    /// Waits until somebody on the bus has this name.
    fn wait_for_name(&self, name: &str) {
        let found = wait_within(Duration::from_secs(20), || {
            let mut ask = Command::new("dbus-send");
            let words = [
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.NameHasOwner",
            ];
            self.equip(ask.args(words).arg(format!("string:{name}")));
            let answer = ask.output().unwrap();
            String::from_utf8_lossy(&answer.stdout).contains("boolean true").then_some(())
        });
        assert!(found.is_some(), "nobody on the bus has the name {name}");
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            let _ended_already = child.kill();
            let _ended_already = child.wait();
        }
    }
}

/// A program that was started here.
pub struct Started(Child);

impl Started {
    /// One that was started by somebody else.
    pub fn of(child: Child) -> Self {
        Self(child)
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// True if it ended in time, however.
    pub fn has_ended_within(&mut self, patience: Duration) -> bool {
        wait_within(patience, || self.has_ended().then_some(())).is_some()
    }

    /// Asks it to end, as a log-out does.
    pub fn ask_to_end(&self) {
        let asked = Command::new("kill").arg(self.0.id().to_string()).status().unwrap();
        assert!(asked.success());
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }

    /// How it ended, for a failure.
    pub fn how_it_ended(&mut self) -> String {
        self.0.try_wait().unwrap().map_or_else(|| "it still runs".to_owned(), |status| status.to_string())
    }

    /// True if it ended well in time.
    pub fn wait_for_end(&mut self, patience: Duration) -> bool {
        wait_within(patience, || self.0.try_wait().unwrap()).is_some_and(|status| status.success())
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ended_already = self.0.kill();
        let _ended_already = self.0.wait();
    }
}
