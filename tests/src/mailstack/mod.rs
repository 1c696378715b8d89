//! A real mail server for tests: Dovecot (IMAP, LMTP) and chasquid (submission) on free ports of the loopback
//! interface, in a temporary folder, with a certificate authority of their own.
//!
//! Works as root and as an ordinary user. Both servers are children of the test and end when the value is dropped.
//! Where they are not installed the test fails with a sentence, because a skipped mail test proves nothing.

mod config;
mod maildir;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

pub(crate) use config::Owner;

/// The password of every user.
pub const PASSWORD: &str = "secret";
/// The domain of every user.
pub const DOMAIN: &str = "test.local";
/// How long a server may take to start, and mail to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

/// Both servers, running.
pub struct MailStack {
    folder: PathBuf,
    owner: config::Owner,
    children: Vec<Child>,
    capability: Option<&'static str>,
    /// IMAP with STARTTLS.
    pub imap_port: u16,
    /// IMAP with implicit TLS.
    pub imaps_port: u16,
    /// LMTP, for deliveries.
    pub lmtp_port: u16,
    /// SMTP from other servers.
    pub smtp_port: u16,
    /// Submission with STARTTLS.
    pub submission_port: u16,
    /// Submission with implicit TLS.
    pub submissions_port: u16,
}

impl Default for MailStack {
    fn default() -> Self {
        Self::start()
    }
}

impl MailStack {
    /// Starts both servers with the users alice and bob.
    ///
    /// # Panics
    /// With a sentence that says what to do, if they cannot be started.
    pub fn start() -> Self {
        Self::start_as(None)
    }

    /// Starts an IMAP server that says it can do only what `capability` lists, as old servers do.
    ///
    /// # Panics
    /// As [`MailStack::start`].
    pub fn start_old(capability: &'static str) -> Self {
        Self::start_as(Some(capability))
    }

    #[allow(clippy::panic, reason = "a test cannot go on without its servers")]
    fn start_as(capability: Option<&'static str>) -> Self {
        let mut last = None;
        // A port that was free a moment ago may be taken by another test.
        for _ in 0..3 {
            match Self::try_start(capability) {
                Ok(stack) => return stack,
                Err(error) => last = Some(error),
            }
        }
        panic!(
            "the mail servers for this test do not start: {:#}",
            last.unwrap_or_else(|| anyhow::anyhow!("unknown"))
        );
    }

    fn try_start(capability: Option<&'static str>) -> Result<Self> {
        for program in ["dovecot", "chasquid"] {
            find(program).with_context(|| {
                format!("{program} is not installed. Install it with: apt-get install dovecot-imapd dovecot-lmtpd chasquid (cargo verify does that)")
            })?;
        }
        let folder = new_folder()?;
        let [imap_port, imaps_port, lmtp_port, smtp_port, submission_port, submissions_port] = free_ports()?;
        let owner = config::Owner::of_mail()?;
        let mut stack = Self {
            folder,
            owner,
            children: Vec::new(),
            capability,
            imap_port,
            imaps_port,
            lmtp_port,
            smtp_port,
            submission_port,
            submissions_port,
        };
        config::write(&stack)?;
        stack.add_user("alice");
        stack.add_user("bob");
        let dovecot = find("dovecot")?;
        let mut command = Command::new(dovecot);
        command.arg("-F").arg("-c").arg(stack.folder.join("dovecot/dovecot.conf"));
        stack.spawn(command, "starting up", "dovecot")?;
        let mut command = Command::new(find("chasquid")?);
        command.arg(format!("-config_dir={}", stack.folder.join("chasquid/conf").display()));
        stack.spawn(command, "erver listening", "chasquid")?;
        for port in [imap_port, imaps_port, lmtp_port, submission_port, submissions_port] {
            wait_for_port(port)?;
        }
        Ok(stack)
    }

    /// Starts a server and returns once it says `ready` on its standard error.
    fn spawn(&mut self, mut command: Command, ready: &'static str, name: &str) -> Result<()> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("{name} cannot be started"))?;
        let stderr = child.stderr.take().context("no standard error")?;
        self.children.push(child);
        let mut log = std::fs::File::create(self.folder.join(format!("log/{name}.log")))?;
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            let mut tail = String::new();
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                // A log that cannot be written does not matter to the test.
                let _ = writeln!(log, "{line}");
                tail = line;
                if tail.contains(ready) {
                    let _ = tell.send(Ok(()));
                }
            }
            let _ = tell.send(Err(tail));
        });
        match told.recv_timeout(PATIENCE) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(last)) => bail!("{name} ended: {last}"),
            Err(_) => bail!("{name} did not start within {} s", PATIENCE.as_secs()),
        }
    }

    /// Adds `name@test.local` with [`PASSWORD`]; returns once the server knows it.
    #[allow(clippy::expect_used, reason = "a test cannot go on without its user")]
    pub fn add_user(&self, name: &str) {
        config::add_user(self, name).expect("the user file can be written");
        self.wait_for_login(name, PASSWORD).expect("the server takes up its new user");
    }

    /// Gives a user another password; returns once the server takes it.
    ///
    /// # Panics
    /// If the server goes on with the old one.
    #[allow(clippy::expect_used, reason = "a test cannot go on with the old password")]
    pub fn set_password(&self, name: &str, password: &str) {
        config::set_password(self, name, password).expect("the user file can be written");
        self.wait_for_login(name, password).expect("the server takes up the new password");
    }

    /// Dovecot looks at its user file at most once a second, so a change shows a moment later.
    fn wait_for_login(&self, name: &str, password: &str) -> Result<()> {
        // Before the servers run, the file is simply what they start with.
        if self.children.is_empty() {
            return Ok(());
        }
        let until = Instant::now() + PATIENCE;
        loop {
            let tried = Command::new(find("doveadm")?)
                .arg("-c")
                .arg(self.folder.join("dovecot/dovecot.conf"))
                .args(["auth", "test", &format!("{name}@{DOMAIN}"), password])
                .output()?;
            if tried.status.success() {
                return Ok(());
            }
            if Instant::now() > until {
                bail!("{name} cannot log in: {}", String::from_utf8_lossy(&tried.stderr).trim());
            }
            std::thread::park_timeout(Duration::from_millis(50));
        }
    }

    /// The authority's certificate.
    pub fn ca_file(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    /// A file that holds the password of every user.
    pub fn password_file(&self) -> PathBuf {
        self.folder.join("password")
    }

    /// Everything of the servers.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The plain fields of an e-mail account for this user.
    pub fn account_values(&self, user: &str) -> BTreeMap<String, String> {
        let pairs = [
            ("name", user.to_owned()),
            ("address", format!("{user}@{DOMAIN}")),
            ("username", format!("{user}@{DOMAIN}")),
            ("imap_host", "localhost".to_owned()),
            ("imap_port", self.imaps_port.to_string()),
            ("imap_security", "tls".to_owned()),
            ("smtp_host", "localhost".to_owned()),
            ("smtp_port", self.submissions_port.to_string()),
            ("smtp_security", "tls".to_owned()),
            ("ca_file", self.ca_file().display().to_string()),
        ];
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    /// Delivers a mail by LMTP; it lies in INBOX when this returns.
    ///
    /// # Panics
    /// If the server does not take it.
    #[allow(clippy::expect_used, reason = "a test cannot go on without its mail")]
    pub fn deliver(&self, user: &str, raw: &[u8]) {
        self.try_deliver(user, raw).expect("the server takes the mail");
    }

    fn try_deliver(&self, user: &str, raw: &[u8]) -> Result<()> {
        let stream = TcpStream::connect(("127.0.0.1", self.lmtp_port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut writer = stream;
        answer(&mut reader)?;
        for command in [
            "LHLO test".to_owned(),
            "MAIL FROM:<sender@elsewhere.example>".to_owned(),
            format!("RCPT TO:<{user}@{DOMAIN}>"),
            "DATA".to_owned(),
        ] {
            write!(writer, "{command}\r\n")?;
            answer(&mut reader)?;
        }
        let mut body = Vec::with_capacity(raw.len() + 64);
        for line in raw.split_inclusive(|&b| b == b'\n') {
            if line.starts_with(b".") {
                body.push(b'.');
            }
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            body.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b".\r\n");
        writer.write_all(&body)?;
        answer(&mut reader)?;
        write!(writer, "QUIT\r\n")?;
        // The answer to QUIT says nothing that matters.
        let _ = reader.read(&mut [0; 64]);
        Ok(())
    }
}

impl Drop for MailStack {
    fn drop(&mut self) {
        for child in &self.children {
            let _ = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status();
        }
        for child in &mut self.children {
            let _ = child.wait();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn answer(reader: &mut impl BufRead) -> Result<()> {
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            bail!("the server closed the connection");
        }
        if line.as_bytes().get(3) != Some(&b'-') {
            return if line.starts_with(['2', '3']) {
                Ok(())
            } else {
                Err(anyhow::anyhow!("refused: {}", line.trim()))
            };
        }
    }
}

fn find(program: &str) -> Result<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([
        PathBuf::from("/usr/sbin"),
        PathBuf::from("/usr/bin"),
        PathBuf::from("/usr/local/bin"),
    ]);
    folders
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
        .with_context(|| format!("{program} was not found"))
}

fn new_folder() -> Result<PathBuf> {
    let nanos = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_nanos();
    // Dovecot's socket paths must stay short.
    let folder =
        std::env::temp_dir().join(format!("theke-mail-{}-{}", std::process::id(), nanos % 1_000_000_000));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn free_ports() -> Result<[u16; 6]> {
    let mut ports = [0; 6];
    let mut held = Vec::new();
    for port in &mut ports {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        *port = listener.local_addr()?.port();
        held.push(listener);
    }
    Ok(ports)
}

fn wait_for_port(port: u16) -> Result<()> {
    let until = Instant::now() + PATIENCE;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > until {
            bail!("nothing listens on port {port}");
        }
        std::thread::park_timeout(Duration::from_millis(5));
    }
    Ok(())
}
