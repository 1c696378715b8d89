//! Bounces as servers write them, and what only looks like one.

use super::*;
use crate::machine::{self, Letter};

fn party(raw: &str) -> Party {
    let address = raw.rsplit_once('<').map_or(raw, |(_, rest)| rest.trim_end_matches('>'));
    Party { name: None, address: crate::address::Address::parse(address, "").ok(), raw: raw.to_owned() }
}

struct Mail<'a> {
    from: &'a str,
    subject: &'a str,
    fields: &'a [(&'a str, &'a str)],
    text: &'a str,
    statuses: &'a [&'a str],
    returned: Option<&'a str>,
}

const MAIL: Mail<'_> = Mail {
    from: "Mail Delivery System <MAILER-DAEMON@mx.example>",
    subject: "Undelivered Mail Returned to Sender",
    fields: &[],
    text: "",
    statuses: &[],
    returned: None,
};

fn read_mail(mail: &Mail<'_>) -> Option<Bounce> {
    let fields: Vec<(String, String)> =
        mail.fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let from = party(mail.from);
    let signs = machine::signs(&Letter {
        fields: &fields,
        from: &from,
        reply_to: &[],
        subject: mail.subject,
        text: mail.text,
        parts: &[],
        own: &[],
    });
    let statuses: Vec<String> = mail.statuses.iter().map(|status| (*status).to_owned()).collect();
    read(&Report {
        fields: &fields,
        from: &from,
        to: &[party("Laden <info@laden.example>")],
        subject: mail.subject,
        text: mail.text,
        statuses: &statuses,
        returned: mail.returned,
        signs: &signs,
    })
}

/// Address, hard, reason of each recipient.
fn short(bounce: Option<Bounce>) -> Vec<(String, Option<bool>, Reason)> {
    let recipients = bounce.map(|bounce| bounce.recipients).unwrap_or_default();
    recipients.into_iter().map(|one| (one.address, one.hard, one.reason)).collect()
}

#[test]
fn a_report_in_fields() {
    for (status, code, diagnostic, expected, hard) in [
        (
            "failed",
            "5.1.1",
            "smtp; 550 5.1.1 <anna@kunde.example>: User unknown",
            Reason::UserUnknown,
            Some(true),
        ),
        ("failed", "5.0.0", "smtp; 550 Postfach nicht gefunden", Reason::UserUnknown, Some(true)),
        ("failed", "5.2.2", "smtp; 552 Requested mail action aborted", Reason::MailboxFull, Some(false)),
        ("failed", "5.4.4", "X-Postfix; Host or domain name not found", Reason::HostUnknown, Some(true)),
        (
            "failed",
            "5.7.1",
            "smtp; 554 5.7.1 Service unavailable; blocked using zen.spamhaus.org",
            Reason::Blocked,
            Some(false),
        ),
        (
            "failed",
            "5.3.4",
            "smtp; 552 Message size exceeds fixed limit",
            Reason::MessageTooLarge,
            Some(false),
        ),
        (
            "failed",
            "4.4.1",
            "X-Postfix; connect to mx.kunde.example[192.0.2.1]:25: Connection timed out",
            Reason::Expired,
            Some(false),
        ),
        (
            "failed",
            "5.7.26",
            "smtp; 550-5.7.26 Unauthenticated email is not accepted",
            Reason::AuthFailure,
            Some(false),
        ),
        (
            "failed",
            "5.1.10",
            "smtp; 556 5.1.10 Domain does not accept mail (nullMX)",
            Reason::NotAccept,
            Some(true),
        ),
        ("failed", "", "", Reason::Undefined, None),
        // Still being tried: the address may be good.
        ("delayed", "4.4.1", "X-Postfix; unknown user", Reason::UserUnknown, Some(false)),
        ("delayed", "", "", Reason::Expired, Some(false)),
    ] {
        let body = format!(
            "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; Anna@Kunde.example\nAction: {status}\nStatus: {code}\n\
             Diagnostic-Code: {diagnostic}\n"
        );
        let bounce = read_mail(&Mail { statuses: &[&body], ..MAIL });
        assert_eq!(short(bounce), [("anna@kunde.example".to_owned(), hard, expected)], "{code} {diagnostic}");
    }
}

#[test]
fn several_recipients_and_the_returned_message() {
    let body = "Reporting-MTA: dns; mx.example\n\n\
        Final-Recipient: rfc822; a@kunde.example\nAction: failed\nStatus: 5.1.1\n\n\
        Final-Recipient: rfc822; b@kunde.example\nAction: delivered\nStatus: 2.0.0\n\n\
        Original-Recipient: rfc822;c@kunde.example\nAction: failed\nStatus: 5.2.2\n";
    let returned = "From: info@laden.example\nMessage-ID:\n <17.ab@laden.example>\nSubject: Ihr Rad\n";
    let bounce = read_mail(&Mail { statuses: &[body], returned: Some(returned), ..MAIL }).unwrap();
    assert_eq!(bounce.original_message_id.as_deref(), Some("<17.ab@laden.example>"));
    let (a, c) = ("a@kunde.example".to_owned(), "c@kunde.example".to_owned());
    let expected = [(a, Some(true), Reason::UserUnknown), (c, Some(false), Reason::MailboxFull)];
    assert_eq!(short(Some(bounce)), expected);
}

#[test]
fn reports_in_sentences() {
    let qmail = "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the \
        following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n\
        <anna@kunde.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 no such user here\n\n\
        --- Below this line is a copy of the message.\n\nReturn-Path: <info@laden.example>\n\
        Message-ID: <9@laden.example>\nTo: anna@kunde.example, karl@kunde.example\n";
    let exim = "This message was created automatically by mail delivery software.\n\nA message that you sent could not be \
        delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  \
        anna@kunde.example\n    host mx.kunde.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<anna@kunde.example>:\n    \
        552 5.2.2 mailbox full\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: <9@laden.example>\n";
    let gmx = "Diese E-Mail wurde automatisch erzeugt.\n\nIhre Nachricht an\n\nanna@kunde.example\n\nkonnte nicht zugestellt \
        werden: Postfach existiert nicht.\n";
    let sendmail = "The original message was received at Mon, 2 Nov 2026\n\n   ----- The following addresses had permanent fatal \
        errors -----\n<anna@kunde.example>\n\n   ----- Transcript of session follows -----\n550 5.1.2 <anna@kunde.example>... Host unknown\n";
    for (text, reason, hard, id) in [
        (qmail, Reason::UserUnknown, true, Some("<9@laden.example>")),
        (exim, Reason::MailboxFull, false, Some("<9@laden.example>")),
        (gmx, Reason::UserUnknown, true, None),
        (sendmail, Reason::HostUnknown, true, None),
    ] {
        let bounce = read_mail(&Mail { text, ..MAIL }).unwrap();
        assert_eq!(bounce.original_message_id.as_deref(), id, "{text}");
        assert_eq!(short(Some(bounce)), [("anna@kunde.example".to_owned(), Some(hard), reason)], "{text}");
    }
}

#[test]
fn a_warning_is_soft() {
    let text = "THIS IS A WARNING MESSAGE ONLY.\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\nDelivery to the following recipient \
        has been delayed:\n\n    anna@kunde.example\n\nMessage will be retried for 2 more day(s)\nTechnical details: The \
        recipient server did not accept our requests to connect: unknown host\n";
    let mail = Mail { subject: "Delivery Status Notification (Delay)", text, ..MAIL };
    let [(_, hard, _)] = short(read_mail(&mail)).try_into().unwrap();
    assert_eq!(hard, Some(false));
}

#[test]
fn what_is_no_bounce() {
    let delivered = "Final-Recipient: rfc822; a@kunde.example\nAction: delivered\nStatus: 2.1.5\n";
    let abuse = [("Content-Type", "multipart/report; report-type=feedback-report")];
    let receipt = [("Content-Type", "multipart/report; report-type=disposition-notification")];
    let null = [("Return-Path", "<>")];
    for mail in [
        Mail { statuses: &[delivered], subject: "Delivery Status Notification (Success)", ..MAIL },
        Mail {
            fields: &abuse,
            from: "a@kunde.example",
            subject: "Abuse",
            text: "a@kunde.example user unknown",
            ..MAIL
        },
        Mail {
            fields: &receipt,
            from: "a@kunde.example",
            subject: "Gelesen: Ihr Rad",
            text: "gelesen",
            ..MAIL
        },
        Mail {
            fields: &null,
            from: "a@kunde.example",
            subject: "Abwesenheitsnotiz: Ihr Rad",
            text: "Bei Fragen: b@kunde.example. Mein Konto a2@kunde.example ist nicht mehr aktiv.",
            ..MAIL
        },
        Mail {
            from: "Anna <anna@kunde.example>",
            subject: "Mail kam zurück",
            text: "karl@kunde.example: user unknown - was ist da los?",
            ..MAIL
        },
        Mail { subject: "Willkommen", text: "Ihr Postfach ist eingerichtet.", ..MAIL },
    ] {
        assert_eq!(read_mail(&mail), None, "{}", mail.subject);
    }
}

#[test]
fn slugs_are_what_is_stored() {
    for reason in [
        Reason::UserUnknown,
        Reason::NotAccept,
        Reason::MessageTooLarge,
        Reason::NetworkError,
        Reason::Undefined,
    ] {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.slug());
    }
}
