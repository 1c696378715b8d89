//! The log-in page of a guest network: whoever connects to it, on whatever port, for whatever server, gets the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::authority::Authority;

/// How it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portal {
    /// The page, in plain text.
    Page,
    /// A redirect to the page, in plain text.
    Redirect,
    /// TLS with a certificate for its own name, by an authority that nobody knows.
    OwnCertificate,
    /// The connection is closed without a word.
    Closes,
}

/// It runs; its threads end with the test.
pub struct Guest {
    /// Where it listens.
    pub port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Guest {
    /// Starts it on a free port of the loopback interface.
    pub fn start(portal: Portal) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard: Arc<Mutex<Vec<u8>>> = Arc::default();
        let record = heard.clone();
        let config = own_certificate();
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (record, config) = (record.clone(), config.clone());
                std::thread::spawn(move || {
                    // It says its piece, whatever the client makes of it.
                    client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                    let _ = match portal {
                        Portal::Closes => Ok(()),
                        Portal::Page | Portal::Redirect => serve(client, portal, &record),
                        Portal::OwnCertificate => serve(
                            StreamOwned::new(ServerConnection::new(config).unwrap(), client),
                            portal,
                            &record,
                        ),
                    };
                });
            }
        });
        Self { port, heard }
    }

    /// What clients said, behind TLS where it speaks that.
    pub fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

fn own_certificate() -> Arc<ServerConfig> {
    let signed = Authority::new().unwrap().sign(&["login.guest.example"]).unwrap();
    crate::gateway::server_config(&signed)
}

fn serve(mut client: impl Read + Write, portal: Portal, record: &Mutex<Vec<u8>>) -> std::io::Result<()> {
    let mut room = [0; 4096];
    // Mail clients wait for a greeting: a portal that takes them for browsers gives up on them after a while.
    let read = client.read(&mut room)?;
    record.lock().unwrap_or_else(PoisonError::into_inner).extend(room.iter().take(read));
    let page = "<!DOCTYPE html><title>Guest network</title><form>Please log in</form>";
    let answer = match portal {
        Portal::Redirect => {
            "HTTP/1.1 302 Found\r\nLocation: http://login.guest.example/\r\nContent-Length: 0\r\n\r\n"
                .to_owned()
        }
        _ => format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}",
            page.len()
        ),
    };
    client.write_all(answer.as_bytes())?;
    client.flush()
}
