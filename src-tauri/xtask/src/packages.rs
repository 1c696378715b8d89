//! The system's packages, by their names in Debian 12 and Ubuntu 24.04. What is there is left alone: a second run
//! asks dpkg once and installs nothing.
//!
//! Not here: other systems. There the missing programs are named by whatever needs them first.

use std::process::Command;

use anyhow::{Result, bail};

use crate::run;

/// To build the window.
pub const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "libssl-dev",
    "patchelf",
    "file",
];

/// To open a window where there is no screen, and to take its picture.
pub const PICTURE: &[&str] = &[
    "xvfb",
    "xauth",
    "dbus",
    "dbus-x11",
    "imagemagick",
    "xdotool",
    "fonts-dejavu-core",
    "fonts-noto-color-emoji",
];

/// To run the tests: real mail servers, a keychain, a notification daemon, the window's driver.
pub const TEST: &[&str] = &[
    "webkit2gtk-driver",
    "gnome-keyring",
    "dunst",
    "libnotify-bin",
    "dovecot-imapd",
    "dovecot-lmtpd",
    "chasquid",
    "openssl",
];

/// The browser of the front end's tests. Apart from the others, because Ubuntu has it as a snap only.
pub const BROWSER: &[&str] = &["chromium"];

/// What the measurements stand beside, and the servers they run against.
pub const BENCH: &[&str] = &["isync", "notmuch", "dovecot-imapd", "dovecot-lmtpd", "chasquid", "openssl"];

/// Installs what is missing of these lists.
pub fn ensure(lists: &[&[&str]]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted: Vec<&str> = lists.iter().flat_map(|list| list.iter().copied()).collect();
    let Some(missing) = missing(&wanted) else {
        println!("This system has no dpkg. These packages, or what they are called here, are needed:");
        println!("  {}", wanted.join(" "));
        return Ok(());
    };
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing {} missing system packages: {}", missing.len(), missing.join(" "));
    let mut words = as_root(&missing)?;
    words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"].map(str::to_owned));
    let by_hand = format!("apt-get update && apt-get install --no-install-recommends {}", missing.join(" "));
    let advice = format!("Look at what apt-get said above. By hand, as root: {by_hand}");
    run::must(apt(&words)?.args(["-o", "DPkg::Lock::Timeout=300", "--quiet", "update"]), &advice)?;
    let mut install = apt(&words)?;
    install.args(["-o", "DPkg::Lock::Timeout=300", "--quiet", "--yes", "--no-install-recommends", "install"]);
    run::must(install.args(&missing), &advice)
}

/// True if the system's package lists offer this package as a real one.
pub fn offered(package: &str) -> bool {
    let Ok(output) = Command::new("apt-cache").args(["policy", package]).output() else { return false };
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().any(|line| line.trim_start().starts_with("Candidate:") && !line.contains("(none)"))
}

/// Which of these dpkg does not have installed; `None` without dpkg.
fn missing<'a>(wanted: &[&'a str]) -> Option<Vec<&'a str>> {
    let output = Command::new("dpkg-query")
        .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
        .args(wanted)
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let installed: Vec<&str> = text.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    Some(wanted.iter().copied().filter(|name| !installed.contains(name)).collect())
}

/// The words before a command that needs root: none for root, sudo otherwise.
fn as_root(missing: &[&str]) -> Result<Vec<String>> {
    let id = Command::new("id").arg("-u").output()?;
    if id.stdout.trim_ascii() == b"0" {
        return Ok(Vec::new());
    }
    if crate::version_of("sudo").is_some() {
        return Ok(vec!["sudo".to_owned()]);
    }
    bail!(
        "System packages are missing, and this user is neither root nor has sudo. Ask whoever looks after this \
         computer to run, as root:\n  apt-get update && apt-get install --no-install-recommends {}",
        missing.join(" ")
    )
}

fn apt(words: &[String]) -> Result<Command> {
    let Some((program, rest)) = words.split_first() else { bail!("no program to start") };
    let mut command = Command::new(program);
    command.args(rest);
    Ok(command)
}
