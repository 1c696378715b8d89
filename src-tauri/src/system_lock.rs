//! Hears when the system locks its screen or goes to sleep, where the desktop tells on its buses: the screen saver on the
//! session bus (freedesktop's name and GNOME's), the login manager on the system bus. Elsewhere nothing is heard.
//!
//! Not here: what follows from it ([`crate::lock`]).

use tauri::async_runtime::JoinHandle;
use tokio::sync::mpsc::Sender;

/// Those that listen; they end when this is dropped.
pub struct Listening(Vec<JoinHandle<()>>);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

/// Tells `locks` of each lock of the system.
#[cfg(all(unix, not(target_os = "macos")))]
pub fn listen(locks: Sender<()>) -> Listening {
    let start = |signal| tauri::async_runtime::spawn(linux::hear(signal, locks.clone()));
    Listening(linux::SIGNALS.iter().map(start).collect())
}

/// Windows and macOS are not asked yet.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub fn listen(_locks: Sender<()>) -> Listening {
    Listening(Vec::new())
}

#[cfg(all(unix, not(target_os = "macos")))]
mod linux {
    use std::future::poll_fn;
    use std::pin::Pin;

    use tokio::sync::mpsc::Sender;
    use zbus::export::futures_core::Stream;
    use zbus::message::Type;
    use zbus::{Connection, MatchRule, MessageStream};

    pub struct Signal {
        system: bool,
        interface: &'static str,
        member: &'static str,
        /// It says true or false, and only true counts.
        says: bool,
    }

    pub const SIGNALS: &[Signal] = &[
        Signal {
            system: false,
            interface: "org.freedesktop.ScreenSaver",
            member: "ActiveChanged",
            says: true,
        },
        Signal { system: false, interface: "org.gnome.ScreenSaver", member: "ActiveChanged", says: true },
        Signal { system: true, interface: "org.freedesktop.login1.Session", member: "Lock", says: false },
        Signal {
            system: true,
            interface: "org.freedesktop.login1.Manager",
            member: "PrepareForSleep",
            says: true,
        },
    ];

    /// Hears one signal until nobody wants to know any more.
    pub async fn hear(signal: &'static Signal, locks: Sender<()>) {
        let mut stream = match stream(signal).await {
            Ok(stream) => stream,
            Err(error) => return tracing::debug!(%error, interface = signal.interface, "no such bus here"),
        };
        while let Some(message) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
            let locked = match message {
                Ok(message) if signal.says => {
                    let body = message.body();
                    body.deserialize::<bool>().unwrap_or(false)
                }
                Ok(_) => true,
                Err(_) => false,
            };
            if locked && locks.send(()).await.is_err() {
                return;
            }
        }
    }

    async fn stream(signal: &Signal) -> zbus::Result<MessageStream> {
        let bus = if signal.system { Connection::system().await? } else { Connection::session().await? };
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .interface(signal.interface)
            .member(signal.member)
            .build()?;
        MessageStream::for_match_rule(rule, &bus, None).await
    }
}
