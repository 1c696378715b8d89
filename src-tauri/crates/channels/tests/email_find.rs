//! Servers found from an address: by our own table without asking anybody, and with consent by the domain's own file,
//! its mail server and its service records. A web server and a name server that do as they are told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "support/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::net::{SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use hickory_resolver::proto::op::{Message, MessageType, ResponseCode};
use hickory_resolver::proto::rr::rdata::{MX, SRV};
use hickory_resolver::proto::rr::{Name, RData, Record};
use server::Server;
use theke_channels::email::find::Finder;
use theke_channels::{Found, Outcome, Source};

const PATIENCE: Duration = Duration::from_secs(5);

fn name(text: &str) -> Name {
    Name::from_ascii(text).unwrap()
}

/// A name server that knows these records, and what it was asked.
struct Phonebook {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Phonebook {
    fn with(records: Vec<(&str, RData)>) -> Self {
        let known: Vec<(Name, RData)> =
            records.into_iter().map(|(of, data)| (name(&format!("{of}.")), data)).collect();
        let socket = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
        let address = socket.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let record = asked.clone();
        std::thread::spawn(move || {
            let mut room = [0; 4096];
            while let Ok((count, from)) = socket.recv_from(&mut room) {
                let Ok(question) = Message::from_vec(&room[..count]) else { continue };
                let query = question.queries[0].clone();
                record.lock().unwrap().push(query.name().to_ascii());
                let mut answer = question.clone();
                answer.metadata.message_type = MessageType::Response;
                answer.metadata.recursion_available = true;
                let wanted = query.query_type();
                let of_name =
                    |one: &&(Name, RData)| one.0.to_ascii().eq_ignore_ascii_case(&query.name().to_ascii());
                for (of, data) in
                    known.iter().filter(of_name).filter(|(_, data)| data.record_type() == wanted)
                {
                    answer.add_answer(Record::from_rdata(of.clone(), 60, data.clone()));
                }
                if answer.answers.is_empty() {
                    answer.metadata.response_code = ResponseCode::NXDomain;
                }
                socket.send_to(&answer.to_vec().unwrap(), from).unwrap();
            }
        });
        Self { address, asked }
    }

    /// One that hears everything and says nothing.
    fn silent() -> (SocketAddr, UdpSocket) {
        let socket = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
        (socket.local_addr().unwrap(), socket)
    }
}

fn mx(host: &str) -> RData {
    RData::MX(MX::new(10, name(&format!("{host}."))))
}

fn srv(port: u16, host: &str) -> RData {
    RData::SRV(SRV::new(0, 1, port, name(host)))
}

/// A web server of this domain that has these files by path.
fn web(files: &[(&str, String)]) -> Server {
    let files: BTreeMap<String, String> =
        files.iter().map(|(path, file)| ((*path).to_owned(), file.clone())).collect();
    let names = |a: &theke_tests::authority::Authority| {
        a.sign(&["autoconfig.firma.example", "firma.example"]).unwrap()
    };
    Server::with_certificate(names, move |peer, config| {
        let Some(mut peer) = peer.encrypt(&config) else { return };
        let Some(request) = peer.line() else { return };
        let mut host = String::new();
        while let Some(line) = peer.line().filter(|line| !line.is_empty()) {
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("host:") {
                host = value.trim().split(':').next().unwrap().to_owned();
            }
        }
        let path = request.split(' ').nth(1).unwrap_or_default().split('?').next().unwrap().to_owned();
        let answer = match files.get(&format!("{host}{path}")) {
            Some(moved) if moved.starts_with("Location:") => {
                format!("HTTP/1.1 302 Found\r\n{moved}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            }
            Some(file) => {
                format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{file}",
                    file.len()
                )
            }
            None => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
        };
        peer.say(answer);
    })
}

fn finder(names: &Phonebook, web: &Server) -> Finder {
    Finder::at(names.address, ([127, 0, 0, 1], web.port).into(), &web.ca_file, PATIENCE)
}

fn file(server: &str, socket: &str, way: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"firma.example\"><displayName>Firma &amp; Co</displayName>\
         <incomingServer type=\"pop3\"><hostname>pop.firma.example</hostname><port>995</port><socketType>SSL</socketType></incomingServer>\
         <incomingServer type=\"imap\"><hostname>imap.{server}</hostname><port>993</port><socketType>{socket}</socketType>\
         <username>%EMAILLOCALPART%@%EMAILDOMAIN%</username><authentication>{way}</authentication></incomingServer>\
         <outgoingServer type=\"smtp\"><hostname>smtp.{server}</hostname><port>587</port><socketType>STARTTLS</socketType>\
         <username>%EMAILADDRESS%</username><authentication>{way}</authentication></outgoingServer></emailProvider></clientConfig>"
    )
}

const FIRST: &str = "autoconfig.firma.example/mail/config-v1.1.xml";
const SECOND: &str = "firma.example/.well-known/autoconfig/mail/config-v1.1.xml";
const SHOP: &str = "laden@firma.example";

fn value<'a>(found: &'a Found, key: &str) -> &'a str {
    found.values.get(key).map_or("", String::as_str)
}

fn servers(found: &Found) -> String {
    let of = |which: &str| {
        let part = |key: &str| value(found, &format!("{which}_{key}")).to_owned();
        format!("{}:{} {}", part("host"), part("port"), part("security"))
    };
    format!("{} | {}", of("imap"), of("smtp"))
}

#[tokio::test]
async fn the_usual_providers_are_in_the_table() {
    // Address, IMAP, SMTP with its port, words of help.
    let cases = [
        ("a@t-online.de", "secureimap.t-online.de", "securesmtp.t-online.de:465", "own_mail_password"),
        ("a@magenta.de", "secureimap.t-online.de", "securesmtp.t-online.de:465", "own_mail_password"),
        ("a@gmx.de", "imap.gmx.net", "mail.gmx.net:465", "imap_off app_password_with_2fa"),
        ("a@GMX.net", "imap.gmx.net", "mail.gmx.net:465", "imap_off app_password_with_2fa"),
        ("a@gmx.at", "imap.gmx.net", "mail.gmx.net:465", "imap_off app_password_with_2fa"),
        ("a@web.de", "imap.web.de", "smtp.web.de:465", "imap_off app_password_with_2fa"),
        ("a@online.de", "imap.ionos.de", "smtp.ionos.de:465", ""),
        ("a@1und1.de", "imap.ionos.de", "smtp.ionos.de:465", ""),
        ("a@strato.de", "imap.strato.de", "smtp.strato.de:465", ""),
        ("a@freenet.de", "mx.freenet.de", "mx.freenet.de:465", "imap_off"),
        ("a@mailbox.org", "imap.mailbox.org", "smtp.mailbox.org:465", "app_password_with_2fa"),
        ("a@posteo.de", "posteo.de", "posteo.de:465", "imap_locked_by_protection"),
        ("a@vodafone.de", "imap.vodafonemail.de", "smtp.vodafonemail.de:465", "own_mail_password"),
        ("a@arcor.de", "imap.vodafonemail.de", "smtp.vodafonemail.de:465", "own_mail_password"),
        ("a@o2online.de", "imap.o2mail.de", "smtp.o2mail.de:465", ""),
        ("a@mail.de", "imap.mail.de", "smtp.mail.de:465", "app_password_with_2fa"),
        ("a@df.eu", "sslin.df.eu", "sslout.df.eu:465", ""),
        ("a@your-server.de", "mail.your-server.de", "mail.your-server.de:465", ""),
        ("a@variomedia.de", "imap.variomedia.de", "smtp.variomedia.de:465", ""),
        ("a@googlemail.com", "imap.gmail.com", "smtp.gmail.com:465", "app_password"),
        ("a@outlook.de", "outlook.office365.com", "smtp-mail.outlook.com:587", "sign_in_only"),
        ("a@aon.at", "securemail.a1.net", "securemail.a1.net:587", ""),
        ("a@bluewin.ch", "imaps.bluewin.ch", "smtpauths.bluewin.ch:465", ""),
        ("a@ik.me", "mail.infomaniak.com", "mail.infomaniak.com:465", "app_password"),
        ("a@icloud.com", "imap.mail.me.com", "smtp.mail.me.com:587", "app_password"),
        ("a@proton.me", "", ":", "bridge_needed"),
    ];
    for (address, imap, smtp, help) in cases {
        let found = Finder::default().find(address, false).await.unwrap();
        let said = format!("{}:{}", value(&found, "smtp_host"), value(&found, "smtp_port"));
        assert_eq!((value(&found, "imap_host"), said.as_str()), (imap, smtp), "{address}");
        assert_eq!((found.source, found.help.join(" ").as_str()), (Source::Table, help), "{address}");
        let port = value(&found, "smtp_port");
        let security = if port == "587" { "starttls" } else { "tls" };
        assert!(port.is_empty() || value(&found, "smtp_security") == security, "{address}");
        assert!(port.is_empty() || value(&found, "imap_port") == "993", "{address}");
        assert_eq!(value(&found, "address"), address.to_lowercase());
    }
    let local = Finder::default().find("Kundin@WEB.de", false).await.unwrap();
    assert_eq!(value(&local, "username").to_lowercase(), "kundin", "the part before the @");
    assert!(Finder::default().find("keine Adresse", false).await.is_err());
}

#[tokio::test]
async fn without_consent_nobody_is_asked() {
    let names = Phonebook::with(vec![("firma.example", mx("mx00.kundenserver.de"))]);
    let web = web(&[(FIRST, file("firma.example", "SSL", "password-cleartext"))]);
    let found = finder(&names, &web).find(SHOP, false).await.unwrap();
    assert_eq!((found.source, servers(&found).as_str()), (Source::None, ":  | : "));
    assert_eq!(found.tried.len(), 1);
    // What is in the table needs no asking, allowed or not.
    let known = finder(&names, &web).find("a@gmx.de", true).await.unwrap();
    assert_eq!(known.source, Source::Table);
    assert!(names.asked.lock().unwrap().is_empty());
    assert_eq!(web.heard(), "");
}

#[tokio::test]
async fn the_domain_s_own_file_goes_first() {
    let records = || {
        vec![
            ("firma.example", mx("mx00.kundenserver.de")),
            ("_imaps._tcp.firma.example", srv(993, "imap.elsewhere.example.")),
        ]
    };
    for place in [FIRST, SECOND] {
        let web = web(&[(place, file("firma.example", "SSL", "password-cleartext"))]);
        let found = finder(&Phonebook::with(records()), &web).find(SHOP, true).await.unwrap();
        assert_eq!((found.source, found.provider.as_str()), (Source::Autoconfig, "Firma & Co"), "{place}");
        assert_eq!(servers(&found), "imap.firma.example:993 tls | smtp.firma.example:587 starttls");
        assert_eq!(value(&found, "username"), SHOP);
        assert!(found.help.is_empty());
        let ways: Vec<_> = found.tried.iter().map(|one| (one.source, one.outcome)).collect();
        assert_eq!(ways[0], (Source::Table, Outcome::Nothing));
        assert!(
            ways.contains(&(Source::Autoconfig, Outcome::Found))
                && ways.contains(&(Source::Mx, Outcome::Found))
        );
        assert!(web.heard().contains("@firma.example") || web.heard().contains("%40firma.example"));
        assert!(!web.heard().contains("laden"), "the domain is all that is told: {}", web.heard());
    }
    // A redirect is followed, but never out of TLS.
    let there =
        web(&[(FIRST, format!("Location: https://{SECOND}")), (SECOND, file("firma.example", "TLS", ""))]);
    let found = finder(&Phonebook::with(vec![]), &there).find(SHOP, true).await.unwrap();
    assert_eq!(found.source, Source::Autoconfig);
    let out = web(&[(FIRST, format!("Location: http://{SECOND}"))]);
    assert_eq!(finder(&Phonebook::with(vec![]), &out).find(SHOP, true).await.unwrap().source, Source::None);
}

#[tokio::test]
async fn a_server_that_fills_in_what_it_is_asked_with_fills_in_a_placeholder() {
    let filled = file("firma.example", "SSL", "")
        .replace("%EMAILLOCALPART%@%EMAILDOMAIN%", "%EMAILLOCALPART%@firma.example");
    let web = web(&[(FIRST, filled)]);
    let found = finder(&Phonebook::with(vec![]), &web).find(SHOP, true).await.unwrap();
    assert_eq!(value(&found, "username"), SHOP);
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_none() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><clientConfig>&c;</clientConfig>";
    let files = [
        String::new(),
        "<html>Welcome</html>".to_owned(),
        "<clientConfig><emailProvider>".to_owned(),
        bomb.to_owned(),
        file("firma.example", "plain", "password-cleartext"),
        file("bad host/\u{fc}", "SSL", "password-cleartext"),
        "x".repeat(2_000_000),
        format!("<a>{}", "<b>".repeat(50_000)),
    ];
    for bad in files {
        let web = web(&[(FIRST, bad.clone())]);
        let found = finder(&Phonebook::with(vec![]), &web).find(SHOP, true).await.unwrap();
        assert_eq!(found.source, Source::None, "{:.60}", bad);
    }
    // Only by signing in at the provider: found, and said.
    let web = web(&[(FIRST, file("firma.example", "SSL", "OAuth2"))]);
    let found = finder(&Phonebook::with(vec![]), &web).find(SHOP, true).await.unwrap();
    assert_eq!((found.source, found.help), (Source::Autoconfig, vec!["sign_in_only".to_owned()]));
}

#[tokio::test]
async fn the_mail_server_tells_the_provider() {
    for (host, provider, expected) in [
        ("mx00.kundenserver.de", "IONOS", "imap.ionos.de:993 tls | smtp.ionos.de:465 tls"),
        ("aspmx.l.google.com", "Gmail", "imap.gmail.com:993 tls | smtp.gmail.com:465 tls"),
        (
            "w0123456.kasserver.com",
            "ALL-INKL.COM",
            "w0123456.kasserver.com:993 tls | w0123456.kasserver.com:465 tls",
        ),
        (
            "firma-example.mail.protection.outlook.com",
            "Outlook",
            "outlook.office365.com:993 tls | smtp-mail.outlook.com:587 starttls",
        ),
    ] {
        let names = Phonebook::with(vec![("firma.example", mx(host))]);
        let found = finder(&names, &web(&[])).find(SHOP, true).await.unwrap();
        assert_eq!((found.source, found.provider.as_str()), (Source::Mx, provider), "{host}");
        assert_eq!((servers(&found).as_str(), value(&found, "username")), (expected, SHOP), "{host}");
    }
    // A name that only looks like one.
    let names = Phonebook::with(vec![("firma.example", mx("evilgoogle.com"))]);
    assert_eq!(finder(&names, &web(&[])).find(SHOP, true).await.unwrap().source, Source::None);
}

#[tokio::test]
async fn srv_records_come_last_and_with_a_warning() {
    let names = Phonebook::with(vec![
        ("_imaps._tcp.firma.example", srv(0, ".")),
        ("_imap._tcp.firma.example", srv(143, "post.firma.example.")),
        ("_submissions._tcp.firma.example", srv(465, "post.firma.example.")),
        ("_submission._tcp.firma.example", srv(587, "andere.firma.example.")),
    ]);
    let found = finder(&names, &web(&[])).find(SHOP, true).await.unwrap();
    assert_eq!(found.source, Source::Srv);
    assert_eq!(servers(&found), "post.firma.example:143 starttls | post.firma.example:465 tls");
    assert_eq!(found.help, ["look_at_the_server"]);
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for() {
    let (silent, _socket) = Phonebook::silent();
    let mute = Server::start(|mut peer, _| while peer.bytes().is_some() {});
    let finder =
        Finder::at(silent, ([127, 0, 0, 1], mute.port).into(), &mute.ca_file, Duration::from_millis(300));
    let began = Instant::now();
    let found = finder.find(SHOP, true).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_eq!(found.source, Source::None);
    let ways: Vec<_> = found.tried.iter().skip(1).map(|one| one.outcome).collect();
    assert_eq!(ways, [Outcome::Unreachable; 3]);
}

#[tokio::test]
async fn a_web_server_that_cannot_prove_itself_tells_nothing() {
    let good = file("evil.example", "SSL", "password-cleartext");
    let web = Server::with_certificate(
        |_| theke_tests::authority::self_signed(&["autoconfig.firma.example", "firma.example"]).unwrap(),
        move |peer, config| {
            if let Some(mut peer) = peer.encrypt(&config) {
                peer.say(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{good}", good.len()));
            }
        },
    );
    let found = finder(&Phonebook::with(vec![]), &web).find(SHOP, true).await.unwrap();
    assert_eq!(found.source, Source::None);
    assert_eq!(web.heard(), "", "the address was not said to it");
}
