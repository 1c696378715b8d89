//! The programs that Theke is measured beside: mbsync, notmuch and a raw IMAP reader, on the same server in the same run.
//!
//! An anchor that is not installed is left out and said so; a ratio without its anchor is not printed. mbsync runs
//! without fsync, as its fastest; all read over TLS, as Theke does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};

/// A server and the account on it.
pub struct Server {
    /// Port of IMAP over TLS on loopback.
    pub imaps_port: u16,
    /// The server's CA.
    pub ca_file: std::path::PathBuf,
    /// User name.
    pub user: String,
    /// Password.
    pub password: String,
}

/// Whether a program is installed.
pub fn installed(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

fn timed(command: &mut Command) -> Result<Duration> {
    let start = Instant::now();
    let output = command.stdout(Stdio::null()).stderr(Stdio::piped()).output()?;
    if !output.status.success() {
        bail!("{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(start.elapsed())
}

/// mbsync into `folder`: the first sync, then one with nothing to do.
pub fn mbsync(server: &Server, folder: &Path) -> Result<(Duration, Duration)> {
    std::fs::create_dir_all(folder.join("mail"))?;
    let config = folder.join("mbsyncrc");
    std::fs::write(
        &config,
        format!(
            "FSync no\nIMAPAccount a\nHost localhost\nPort {}\nUser {}\nPass {}\nSSLType IMAPS\nCertificateFile {}\nAuthMechs PLAIN LOGIN\n\n\
             IMAPStore far\nAccount a\n\nMaildirStore near\nPath {mail}/\nInbox {mail}/INBOX\n\n\
             Channel c\nFar :far:\nNear :near:\nPatterns INBOX\nSync Pull\nCreate Near\nSyncState *\n",
            server.imaps_port,
            server.user,
            server.password,
            server.ca_file.display(),
            mail = folder.join("mail").display(),
        ),
    )?;
    let run = || timed(Command::new("mbsync").arg("-c").arg(&config).arg("-q").arg("c"));
    Ok((run()?, run()?))
}

/// notmuch over what mbsync fetched: the time until it is searchable.
pub fn notmuch(folder: &Path) -> Result<Duration> {
    let config = folder.join("notmuchrc");
    std::fs::write(
        &config,
        format!(
            "[database]\npath={}\n[user]\nname=Bench\nprimary_email=alice@test.local\n[new]\ntags=new\n[maildir]\nsynchronize_flags=false\n",
            folder.join("mail").display()
        ),
    )?;
    timed(Command::new("notmuch").arg("new").env("NOTMUCH_CONFIG", &config))
}

/// The barest IMAP client: sends a line, reads to its tag, throws all away.
pub struct RawReader {
    stream: BufReader<rustls::StreamOwned<rustls::ClientConnection, TcpStream>>,
    tag: u32,
}

impl RawReader {
    /// Connects, logs in and opens INBOX.
    pub fn open(server: &Server) -> Result<Self> {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(&server.ca_file).context("the CA file")?)?;
        let config =
            rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()?
                .with_root_certificates(roots)
                .with_no_client_auth();
        let session = rustls::ClientConnection::new(Arc::new(config), ServerName::try_from("localhost")?)?;
        let tcp = TcpStream::connect(("127.0.0.1", server.imaps_port))?;
        tcp.set_nodelay(true)?;
        tcp.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut reader = Self {
            stream: BufReader::with_capacity(1 << 16, rustls::StreamOwned::new(session, tcp)),
            tag: 0,
        };
        reader.line()?;
        reader.command(&format!("LOGIN {} {}", server.user, server.password))?;
        reader.command("SELECT INBOX")?;
        Ok(reader)
    }

    fn line(&mut self) -> Result<Vec<u8>> {
        let mut line = Vec::new();
        if self.stream.read_until(b'\n', &mut line)? == 0 {
            bail!("the server closed the connection");
        }
        Ok(line)
    }

    /// Sends one command and reads on to its answer. Returns the bytes read.
    pub fn command(&mut self, text: &str) -> Result<u64> {
        self.tag += 1;
        let tag = format!("x{} ", self.tag);
        self.send(&format!("{tag}{text}\r\n"))?;
        let mut bytes = 0;
        loop {
            let line = self.line()?;
            bytes += line.len() as u64;
            if let Some(size) = literal(&line) {
                bytes += std::io::copy(&mut (&mut self.stream).take(size), &mut std::io::sink())?;
            } else if line.starts_with(tag.as_bytes()) {
                return Ok(bytes);
            }
        }
    }

    fn send(&mut self, text: &str) -> Result<()> {
        self.stream.get_mut().write_all(text.as_bytes())?;
        Ok(self.stream.get_mut().flush()?)
    }

    /// IDLE until the server says EXISTS; returns the moment. Call `ready` once the server listens.
    pub fn idle_until_exists(&mut self, ready: impl FnOnce()) -> Result<Instant> {
        self.send("i IDLE\r\n")?;
        self.line()?;
        ready();
        loop {
            let line = self.line()?;
            if line.windows(6).any(|w| w == b"EXISTS") {
                let seen = Instant::now();
                self.send("DONE\r\n")?;
                while !self.line()?.starts_with(b"i ") {}
                return Ok(seen);
            }
        }
    }
}

fn literal(line: &[u8]) -> Option<u64> {
    let line = line.strip_suffix(b"\r\n")?.strip_suffix(b"}")?;
    let open = line.iter().rposition(|b| *b == b'{')?;
    std::str::from_utf8(line.get(open + 1..)?).ok()?.parse().ok()
}
