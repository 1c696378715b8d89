//! A second real IMAP server: Cyrus, which differs from Dovecot in whatever the standard leaves open. It runs in a
//! temporary folder, on a free port, as an ordinary user.
//!
//! Debian's package excludes Dovecot's, so `cargo verify` fetches it and unpacks it beside the build without installing
//! it. Where that could not be done [`Cyrus::start`] gives `None` and says so.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::authority::Authority;
use crate::mailstack::{Owner, PASSWORD};
use crate::program::PATIENCE;

/// The only user.
pub const USER: &str = "shop";

/// The running server; dropping it ends it.
pub struct Cyrus {
    folder: tempfile::TempDir,
    master: Child,
    /// IMAP with implicit TLS.
    pub port: u16,
}

impl Drop for Cyrus {
    fn drop(&mut self) {
        // Its children end with it.
        let _ = Command::new("kill").arg("-TERM").arg(self.master.id().to_string()).status();
        let _ = self.master.wait();
    }
}

/// Where the package lies: unpacked by `cargo verify`, or installed.
fn package() -> Option<PathBuf> {
    let unpacked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/servers/cyrus");
    let named = std::env::var_os("THEKE_CYRUS").map(PathBuf::from);
    let places = [named, Some(unpacked), Some(PathBuf::from("/"))].into_iter().flatten();
    let found = places.into_iter().find(|place| place.join("usr/lib/cyrus/bin/master").is_file());
    if found.is_none() {
        println!("skipped: the package cyrus-imapd could not be fetched (cargo verify does that)");
    }
    found
}

/// The folders of the shared libraries below `root`.
fn libraries(root: &Path, more: &str) -> String {
    let of = |part: &str| std::fs::read_dir(root.join(part)).ok();
    let folders = ["usr/lib", "lib"].iter().filter_map(|part| of(part)).flatten().flatten();
    let folders =
        folders.map(|entry| entry.path()).filter(|path| path.to_string_lossy().ends_with("-linux-gnu"));
    folders.map(|path| path.join(more).display().to_string()).collect::<Vec<_>>().join(":")
}

impl Cyrus {
    /// Starts it with one user and a folder for sent mail that has an unusual name; `None` where there is no Cyrus.
    pub fn start() -> Option<Self> {
        let package = package()?;
        let folder = tempfile::tempdir().unwrap();
        let owner = Owner::of_mail().unwrap();
        // The server's user may not be able to look into the home of whoever runs the tests.
        let root = if owner.is_root && package != Path::new("/") {
            let copy = folder.path().join("package");
            std::fs::create_dir(&copy).unwrap();
            let parts =
                ["usr", "lib"].map(|part| package.join(part)).into_iter().filter(|part| part.is_dir());
            let copied = Command::new("cp").arg("-r").args(parts).arg(&copy).status().unwrap();
            assert!(copied.success(), "the package cannot be copied");
            copy
        } else {
            package
        };
        for part in ["conf", "mail", "sock", "proc", "lock"] {
            std::fs::create_dir(folder.path().join(part)).unwrap();
        }
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let authority = Authority::new().unwrap();
        authority.write_into(folder.path()).unwrap();
        let signed = authority.sign(&["localhost"]).unwrap();
        signed.write(&folder.path().join("server.pem"), &folder.path().join("server.key")).unwrap();
        configure(folder.path(), &root, &owner, port);
        let program = |name: &str| {
            let mut command = Command::new(root.join(name));
            let system = "/usr/lib/x86_64-linux-gnu/sasl2:/usr/lib/aarch64-linux-gnu/sasl2";
            command.env("LD_LIBRARY_PATH", libraries(&root, ""));
            command.env("SASL_PATH", format!("{}:{system}", libraries(&root, "sasl2")));
            command.current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
            command
        };
        let mut passwords = program("usr/sbin/saslpasswd2");
        passwords.args(["-p", "-c", "-f", "sasldb2", "-u", "localhost", USER]).stdin(Stdio::piped());
        let mut passwords = passwords.spawn().expect("saslpasswd2 can be started");
        passwords.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
        assert!(passwords.wait().unwrap().success(), "the user cannot be made");
        let mut master = program("usr/lib/cyrus/bin/master");
        master.args(["-C", "imapd.conf", "-M", "cyrus.conf", "-p", "pid", "-D"]).stdin(Stdio::null());
        if owner.is_root {
            let whom = format!("{}:{}", owner.user, owner.group);
            let given = Command::new("chown").arg("-R").arg(whom).arg(folder.path()).status().unwrap();
            assert!(given.success(), "the folder cannot be given away");
            master.uid(owner.uid).gid(owner.gid);
        }
        let master = master.spawn().expect("Cyrus can be started");
        let cyrus = Self { folder, master, port };
        let mut hand = cyrus.hand();
        hand.run("CREATE Ausgang (USE (\\Sent))");
        Some(cyrus)
    }

    /// The folder with `ca.pem`, and the certificate for a submission server beside it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The plain fields of an e-mail account, without those of the submission server.
    pub fn account_values(&self) -> BTreeMap<String, String> {
        let pairs = [
            ("address", "shop@test.local".to_owned()),
            ("username", USER.to_owned()),
            ("imap_host", "localhost".to_owned()),
            ("imap_port", self.port.to_string()),
            ("imap_security", "tls".to_owned()),
            ("smtp_host", "localhost".to_owned()),
            ("ca_file", self.folder().join("ca.pem").display().to_string()),
        ];
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    /// Another mail program at the same mailbox.
    pub fn hand(&self) -> Hand {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Ok(tcp) = TcpStream::connect(("127.0.0.1", self.port)) {
                return Hand::log_in(tcp, &self.folder().join("ca.pem"));
            }
            assert!(Instant::now() < until, "Cyrus does not listen");
            std::thread::park_timeout(Duration::from_millis(20));
        }
    }
}

fn configure(folder: &Path, root: &Path, owner: &Owner, port: u16) {
    let (here, root) = (folder.display(), root.display());
    let imapd = format!(
        "configdirectory: {here}/conf\nproc_path: {here}/proc\nmboxname_lockpath: {here}/lock\n\
         defaultpartition: default\npartition-default: {here}/mail\nadmins: cyrus\ncyrus_user: {user}\n\
         cyrus_group: {group}\nservername: localhost\nallowplaintext: no\nsasl_pwcheck_method: auxprop\n\
         sasl_auxprop_plugin: sasldb\nsasl_mech_list: PLAIN\nsasl_sasldb_path: {here}/sasldb2\n\
         virtdomains: off\nunixhierarchysep: no\naltnamespace: yes\nautocreate_quota: 0\n\
         idlesocket: {here}/sock/idle\nnotifysocket: {here}/sock/notify\n\
         tls_server_cert: {here}/server.pem\ntls_server_key: {here}/server.key\n",
        user = owner.user,
        group = owner.group,
    );
    std::fs::write(folder.join("imapd.conf"), imapd).unwrap();
    let bin = format!("{root}/usr/lib/cyrus/bin");
    let cyrus = format!(
        "START {{\n  recover cmd=\"{bin}/ctl_cyrusdb -C {here}/imapd.conf -r\"\n  idled cmd=\"{bin}/idled -C {here}/imapd.conf\"\n}}\n\
         SERVICES {{\n  imaps cmd=\"{bin}/imapd -s -C {here}/imapd.conf\" listen=\"127.0.0.1:{port}\" prefork=0\n}}\nEVENTS {{\n}}\n"
    );
    std::fs::write(folder.join("cyrus.conf"), cyrus).unwrap();
}

/// A mail program of few words.
pub struct Hand {
    stream: BufReader<StreamOwned<ClientConnection, TcpStream>>,
    tag: u32,
}

impl Hand {
    fn log_in(tcp: TcpStream, ca_file: &Path) -> Self {
        tcp.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(rustls::pki_types::CertificateDer::from_pem_file(ca_file).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.unwrap().with_root_certificates(roots).with_no_client_auth();
        let name = ServerName::try_from("localhost").unwrap();
        let tls = ClientConnection::new(Arc::new(config), name).unwrap();
        let mut hand = Self { stream: BufReader::new(StreamOwned::new(tls, tcp)), tag: 0 };
        hand.line();
        hand.run(&format!("LOGIN {USER} {PASSWORD}"));
        hand
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert!(self.stream.read_line(&mut line).unwrap() > 0, "the server hung up");
        // A literal belongs to its line.
        let length =
            line.trim_end().strip_suffix('}').and_then(|l| l.rsplit_once('{')?.1.parse::<u64>().ok());
        if let Some(length) = length {
            let mut literal = Vec::new();
            self.stream.by_ref().take(length).read_to_end(&mut literal).unwrap();
            line.push_str(&String::from_utf8_lossy(&literal));
            line.push_str(&self.line());
        }
        line
    }

    fn say(&mut self, bytes: &[u8]) {
        let stream = self.stream.get_mut();
        stream.write_all(bytes).unwrap();
        stream.flush().unwrap();
    }

    /// Runs a command and gives the lines of its answer.
    pub fn run(&mut self, command: &str) -> Vec<String> {
        self.tag += 1;
        let tag = format!("h{} ", self.tag);
        self.say(format!("{tag}{command}\r\n").as_bytes());
        self.answer(&tag, command)
    }

    fn answer(&mut self, tag: &str, command: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            if let Some(ending) = line.strip_prefix(tag) {
                assert!(ending.starts_with("OK"), "{command}: {ending}");
                return lines;
            }
            lines.push(line);
        }
    }

    /// Puts a mail into a mailbox.
    pub fn append(&mut self, mailbox: &str, flags: &str, raw: &[u8]) {
        self.tag += 1;
        let tag = format!("h{} ", self.tag);
        self.say(format!("{tag}APPEND {mailbox} ({flags}) {{{}+}}\r\n", raw.len()).as_bytes());
        self.say(raw);
        self.say(b"\r\n");
        self.answer(&tag, "APPEND");
    }
}
