//! Two computers at one mailbox: exactly one of them may answer a mail by itself. Against Dovecot and Cyrus, and
//! against servers that can not, will not, or lie.
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
mod support;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use server::{Peer, Server};
use support::{Taken, impatient, mailbox, raw, settings};
use theke_channels::email::{Deadlines, Mailbox};
use theke_channels::{Channel, Claim, Error, ErrorKind, Result, Retry};
use theke_domain::message::{Flags, RemoteId};
use theke_tests::cyrus::Cyrus;
use theke_tests::mailstack::MailStack;

const HERE: &str = "3f9a1c0027bd55e1";
const THERE: &str = "b2000c4d11aa90ff";

/// Claims one mail after the other, as an engine does.
async fn claim_all(channel: Arc<Mailbox>, ids: Vec<RemoteId>, installation: &'static str) -> Vec<Claim> {
    let mut claims = Vec::new();
    for id in &ids {
        claims.push(channel.claim(id, installation).await.unwrap());
    }
    claims
}

/// Both computers want all mails at once while a third program marks them as read and unread.
async fn exactly_one_each(open: impl Fn() -> Mailbox, ids: Vec<RemoteId>) -> (usize, usize) {
    let (here, there, phone) = (Arc::new(open()), Arc::new(open()), open());
    let both = [tokio::spawn(claim_all(here.clone(), ids.clone(), HERE)), {
        tokio::spawn(claim_all(there.clone(), ids.clone(), THERE))
    }];
    for (nth, id) in ids.iter().enumerate() {
        phone.set_flags(id, Flags { seen: nth % 3 != 0, answered: false }).await.unwrap();
    }
    let [first, second] = both;
    let (first, second) = (first.await.unwrap(), second.await.unwrap());
    for (nth, pair) in first.iter().zip(&second).enumerate() {
        let one_won = matches!(pair, (Claim::Won, Claim::Lost) | (Claim::Lost, Claim::Won));
        assert!(one_won, "mail {nth}: {pair:?}");
    }
    // After a restart, over new connections, it is as it was.
    assert_eq!(claim_all(Arc::new(open()), ids.clone(), HERE).await, first);
    assert_eq!(claim_all(Arc::new(open()), ids, THERE).await, second);
    let won = |claims: &[Claim]| claims.iter().filter(|claim| **claim == Claim::Won).count();
    (won(&first), won(&second))
}

async fn ids_of(channel: &Mailbox, count: usize) -> Vec<RemoteId> {
    let mut taken = Taken::default();
    taken.all(channel).await;
    assert_eq!(taken.messages.len(), count);
    taken.messages.into_keys().map(RemoteId).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_computers_exactly_one_answers_each_mail() {
    // With QRESYNC as Dovecot has it, and with CONDSTORE alone as Gmail.
    let gmail = "IMAP4rev1 UNSELECT IDLE NAMESPACE ID UIDPLUS SPECIAL-USE ENABLE MOVE CONDSTORE AUTH=PLAIN";
    for mail in [MailStack::start(), MailStack::start_old(gmail)] {
        for n in 0..50 {
            mail.drop_into("alice", "INBOX", &raw(n, &format!("Text {n}")));
        }
        let ids = ids_of(&mailbox(&mail, "alice"), 50).await;
        let (here, there) = exactly_one_each(|| mailbox(&mail, "alice"), ids).await;
        println!("Dovecot: {here} and {there}");
        assert_eq!(here + there, 50);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_at_cyrus() {
    let Some(cyrus) = Cyrus::start() else { return };
    let mut hand = cyrus.hand();
    for n in 0..50 {
        hand.append("INBOX", "", &raw(n, &format!("Text {n}")));
    }
    let open = || Mailbox::open(&settings(cyrus.account_values()), Deadlines::default()).unwrap();
    let ids = ids_of(&open(), 50).await;
    let (here, there) = exactly_one_each(open, ids).await;
    println!("Cyrus: {here} and {there}");
    assert_eq!(here + there, 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_server_offers_none() {
    let mail = MailStack::start_old("IMAP4rev1 AUTH=PLAIN");
    mail.drop_into("alice", "INBOX", &raw(1, "Text"));
    let channel = mailbox(&mail, "alice");
    let ids = ids_of(&channel, 1).await;
    assert_eq!(channel.claim(&ids[0], HERE).await.unwrap(), Claim::NotOffered);
}

/// What a scripted server does with its only mail, UID 5 of UIDVALIDITY 7.
#[derive(Clone)]
struct Script {
    capabilities: &'static str,
    permanent: &'static str,
    /// What is said of the changes of the mailbox.
    counts: &'static str,
    /// What each look at the mail shows; the last again and again; nothing for a mail that is gone.
    looks: &'static [&'static str],
    /// What each change is answered with; the last again and again.
    stores: &'static [&'static str],
}

const USUAL: Script = Script {
    capabilities: "IMAP4rev1 ENABLE CONDSTORE AUTH=PLAIN",
    permanent: "(\\Seen \\Answered \\*)",
    counts: "HIGHESTMODSEQ 40",
    looks: &["FLAGS (\\Seen) MODSEQ (31)"],
    stores: &["OK done"],
};

fn serve(peer: &mut Peer, script: &Script) -> Option<()> {
    let mut looks: VecDeque<&str> = script.looks.iter().copied().collect();
    let mut stores: VecDeque<&str> = script.stores.iter().copied().collect();
    let next = |left: &mut VecDeque<&'static str>| {
        if left.len() > 1 { left.pop_front() } else { left.front().copied() }.unwrap_or_default()
    };
    peer.say("* OK ready\r\n")?;
    loop {
        let line = peer.line()?;
        let (tag, command) = line.split_once(' ')?;
        let mut ending = "OK done";
        let answer = match command.to_ascii_uppercase() {
            c if c.starts_with("CAPABILITY") => format!("* CAPABILITY {}\r\n", script.capabilities),
            c if c.starts_with("AUTHENTICATE") => {
                peer.say("+ \r\n")?;
                peer.line()?;
                String::new()
            }
            c if c.starts_with("SELECT") => format!(
                "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [PERMANENTFLAGS {}] ok\r\n* OK [{}] ok\r\n",
                script.permanent, script.counts
            ),
            c if c.starts_with("UID FETCH 5 ") => match next(&mut looks) {
                "" => String::new(),
                look => format!("* 1 FETCH (UID 5 {look})\r\n"),
            },
            c if c.starts_with("UID STORE 5 ") => {
                ending = next(&mut stores);
                String::new()
            }
            _ => String::new(),
        };
        peer.say(format!("{answer}{tag} {ending}\r\n"))?;
    }
}

fn scripted(script: Script) -> (Server, Mailbox) {
    let server = Server::tls(move |mut peer| {
        let _ = serve(&mut peer, &script);
    });
    let values = [
        ("address", "laden@shop.example".to_owned()),
        ("imap_host", "localhost".to_owned()),
        ("imap_port", server.port.to_string()),
        ("smtp_host", "localhost".to_owned()),
        ("ca_file", server.ca_file.display().to_string()),
    ];
    let values: BTreeMap<_, _> = values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let channel = Mailbox::open(&settings(values), impatient()).unwrap();
    (server, channel)
}

/// What comes of a claim, and the changes that the server was asked for.
async fn claimed(script: Script) -> (Result<Claim>, Vec<String>) {
    let (server, channel) = scripted(script);
    let claim = channel.claim(&RemoteId("INBOX\u{1f}7\u{1f}5".to_owned()), HERE).await;
    let heard = server.heard();
    let stores = heard.lines().filter_map(|line| line.split_once(" UID STORE ")).map(|(_, rest)| rest);
    (claim, stores.map(|rest| rest.trim_end().to_owned()).collect())
}

const FREE: &str = "FLAGS (\\Seen) MODSEQ (31)";
const CHANGED: &str = "FLAGS () MODSEQ (35)";
const OURS: &str = "FLAGS (\\Seen $ThekeClaim-3F9A1C0027BD55E1) MODSEQ (41)";
const THEIRS: &str = "FLAGS (\\Seen $ThekeClaim-b2000c4d11aa90ff) MODSEQ (41)";
const BOTH: &str = "FLAGS ($ThekeClaim-3f9a1c0027bd55e1 $ThekeClaim-b2000c4d11aa90ff) MODSEQ (42)";

#[tokio::test]
async fn what_each_server_says_means_what_it_says() {
    use Claim::{Lost, NotOffered, Won};
    let moved = &["OK [MODIFIED 5] somebody was first", "OK done"];
    let no_moved = &["NO [MODIFIED 5] somebody was first", "OK done"];
    // What happens, the server, what comes of it, and how often it was asked for a change.
    let cases: &[(&str, Script, Claim, usize)] = &[
        ("nobody else", Script { looks: &[FREE, OURS], ..USUAL }, Won, 1),
        ("ours from before", Script { looks: &[OURS], ..USUAL }, Won, 0),
        ("another's from before", Script { looks: &[THEIRS], ..USUAL }, Lost, 0),
        ("read meanwhile", Script { looks: &[FREE, CHANGED, OURS], stores: moved, ..USUAL }, Won, 2),
        (
            "read meanwhile, by NO",
            Script { looks: &[FREE, CHANGED, OURS], stores: no_moved, ..USUAL },
            Won,
            2,
        ),
        ("claimed meanwhile", Script { looks: &[FREE, THEIRS], stores: moved, ..USUAL }, Lost, 1),
        ("the condition is not heeded", Script { looks: &[FREE, BOTH], ..USUAL }, Lost, 1),
        ("no CONDSTORE", Script { capabilities: "IMAP4rev1 AUTH=PLAIN", ..USUAL }, NotOffered, 0),
        ("no keywords", Script { permanent: "(\\Seen \\Answered)", ..USUAL }, NotOffered, 0),
        ("no changes are counted", Script { counts: "NOMODSEQ", ..USUAL }, NotOffered, 0),
        ("none for this mail", Script { looks: &["FLAGS ()"], ..USUAL }, NotOffered, 0),
        ("too many keywords", Script { stores: &["NO [LIMIT] enough of them"], ..USUAL }, NotOffered, 1),
        ("keywords get lost", Script { looks: &[FREE], ..USUAL }, NotOffered, 1),
        ("the condition is not known", Script { stores: &["BAD what?"], ..USUAL }, NotOffered, 1),
        (
            "refused, but claimed by another",
            Script { looks: &[FREE, THEIRS], stores: &["NO no"], ..USUAL },
            Lost,
            1,
        ),
    ];
    for (name, script, expected, changes) in cases {
        let (claim, stores) = claimed(script.clone()).await;
        assert_eq!(
            (claim.unwrap_or_else(|e| panic!("{name}: {e}")), stores.len()),
            (*expected, *changes),
            "{name}"
        );
    }
}

#[tokio::test]
async fn the_condition_is_the_state_that_was_looked_at() {
    let looks = &[FREE, CHANGED, OURS];
    let (claim, stores) =
        claimed(Script { looks, stores: &["OK [MODIFIED 5] no", "OK done"], ..USUAL }).await;
    assert_eq!(claim.unwrap(), Claim::Won);
    let keyword = "+FLAGS.SILENT ($ThekeClaim-3f9a1c0027bd55e1)";
    let expected = [format!("5 (UNCHANGEDSINCE 31) {keyword}"), format!("5 (UNCHANGEDSINCE 35) {keyword}")];
    assert_eq!(stores, expected);
}

#[tokio::test]
async fn what_is_not_certain_is_an_error() {
    let cases: &[(Script, Retry, usize)] = &[
        // It changes and changes.
        (Script { looks: &[FREE], stores: &["OK [MODIFIED 5] no"], ..USUAL }, Retry::Backoff, 8),
        (Script { stores: &["NO [INUSE] later"], ..USUAL }, Retry::Backoff, 1),
        // Another program deleted it.
        (Script { looks: &[""], ..USUAL }, Retry::Never, 0),
        (Script { looks: &[FREE, ""], stores: &["NO [EXPUNGEISSUED] gone"], ..USUAL }, Retry::Never, 1),
    ];
    for (script, retry, changes) in cases {
        let (claim, stores) = claimed(script.clone()).await;
        let error: Error = claim.unwrap_err();
        assert_eq!(
            (error.kind, error.retry, stores.len()),
            (ErrorKind::Rejected, *retry, *changes),
            "{error}"
        );
    }
}

#[tokio::test]
async fn another_mailbox_and_an_odd_installation_claim_nothing() {
    let (server, channel) = scripted(USUAL);
    let renumbered = RemoteId("INBOX\u{1f}8\u{1f}5".to_owned());
    assert_eq!(channel.claim(&renumbered, HERE).await.unwrap_err().kind, ErrorKind::Rejected);
    for odd in ["", "a b", "x)\r\ny STORE", "0123456789012345678901234567890123"] {
        let error = channel.claim(&RemoteId("INBOX\u{1f}7\u{1f}5".to_owned()), odd).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Config, "{odd:?}");
    }
    assert!(!server.heard().contains("UID STORE"), "{}", server.heard());
}
