//! Reports in sentences: where they end and the returned message begins, whom they name, what they say of each.

use super::Report;

/// So many characters of a report are looked at.
const LONGEST_CHARS: usize = 20_000;

/// What stands on the line before the returned message, small, without dashes before it.
const CUTS: &[&str] = &[
    "this is a copy of the message",
    "original message",
    "the original message",
    "original mail",
    "below this line is a copy",
    "included is a copy",
    "copy of the message",
    "a copy of the",
    "copy of your message",
    "message header",
    "message headers",
    "message body",
    "message text follows",
    "returned message",
    "returned mail",
    "undelivered message",
    "unsent message",
    "your original message",
    "your original mail",
    "headers of",
    "the header of",
    "the headers of",
    "the first ",
    "body of message",
    "forwarded message",
    "start of returned",
    "failed message",
    "included message",
    "the body of",
    "transcript of failed",
    "received:",
    "return-path:",
];

/// The part of a text that the mail system wrote.
pub fn human(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare =
            line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '>' | '=' | '_'));
        let bare = bare.to_lowercase();
        // "The original message was received at …" opens the report of sendmail.
        let opening = bare.contains("was received") || bare.contains("details");
        if at > 20 && !opening && CUTS.iter().any(|cut| bare.starts_with(cut)) || at > LONGEST_CHARS {
            break;
        }
        at += line.len();
    }
    text.get(..at).unwrap_or(text)
}

/// The addresses in a text, in their order, lower case, each once.
pub fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let separates = |c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"' | ',' | ';' | ':' | '|' | '=')
    };
    for token in text.split(separates).filter(|token| token.contains('@')) {
        let token = token.split("...").next().unwrap_or_default();
        let token = token.trim_matches(|c: char| matches!(c, '.' | '\'' | '!' | '*' | '?' | '`' | '’' | '&'));
        let Some((local, domain)) = token.rsplit_once('@') else { continue };
        let named =
            domain.contains('.') && domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
        let address = token.to_lowercase();
        if !local.is_empty() && !local.contains(['@', '/']) && named && !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// The first status code of a text, empty if there is none.
pub fn status(text: &str) -> String {
    let is_code = |token: &&str| {
        let mut pieces = token.split('.');
        let class = pieces.next().is_some_and(|class| matches!(class, "4" | "5"));
        let rest: Vec<&str> = pieces.collect();
        let number =
            |piece: &&str| (1..=3).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_digit());
        class && rest.len() == 2 && rest.iter().all(number)
    };
    let tokens = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
    tokens.map(|token| token.trim_end_matches('.')).find(is_code).unwrap_or_default().to_owned()
}

/// Recipients with what is said about each: from its line to the line of the next one.
pub fn recipients(report: &Report<'_>, human: &str) -> Vec<(String, String)> {
    let field = |name: &str| {
        let of_name = report.fields.iter().filter(|(field, _)| field.eq_ignore_ascii_case(name));
        of_name.flat_map(|(_, value)| addresses(value)).collect::<Vec<_>>()
    };
    let mut ours: Vec<String> = report.to.iter().flat_map(|party| addresses(&party.raw)).collect();
    ours.extend(addresses(&report.from.raw));
    ours.extend(["return-path", "delivered-to"].iter().flat_map(|name| field(name)));
    let failed = field("x-failed-recipients");
    let lines: Vec<(&str, bool)> = human.lines().map(|line| (line, is_of_the_letter(line))).collect();
    let mut found = collect(&lines, &ours, &failed, false);
    if found.is_empty() {
        found = bare_names(human);
    }
    if found.is_empty() {
        // Some reports name the recipient only as the returned letter does.
        found = collect(&lines, &ours, &failed, true);
    }
    if found.is_empty() {
        found = failed.iter().map(|address| (address.clone(), String::new())).collect();
    }
    if found.is_empty() {
        let returned = report.returned.or_else(|| report.text.get(human.len()..)).unwrap_or_default();
        found =
            to_line(returned).into_iter().filter(|a| !ours.contains(a)).map(|a| (a, String::new())).collect();
    }
    found
}

/// `failed`: where the report's header names them, only these count.
fn collect(
    lines: &[(&str, bool)],
    ours: &[String],
    failed: &[String],
    letter: bool,
) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut current: Option<usize> = None;
    for (line, of_letter) in lines {
        let named = addresses(line).into_iter().find(|address| {
            (letter || !of_letter)
                && !ours.contains(address)
                && (failed.is_empty() || failed.contains(address))
                && !matches!(address.split('@').next(), Some("postmaster" | "mailer-daemon" | "abuse"))
        });
        if let Some(address) = named {
            let at = found.iter().position(|(known, _)| *known == address);
            current = Some(at.unwrap_or(found.len()));
            if at.is_none() {
                found.push((address, String::new()));
            }
        }
        if let Some((_, about)) = current.and_then(|at| found.get_mut(at)) {
            about.push_str(line);
            about.push('\n');
        }
    }
    found
}

/// Whether a line speaks of the letter or of somebody else than the recipient.
fn is_of_the_letter(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['*', '>', '-', ' ']).to_lowercase();
    let about = [
        "from:",
        "to:",
        "cc:",
        "subject:",
        "sender:",
        "message-id:",
        "reporting-mta:",
        "date:",
        "sent:",
        "mail from:",
    ]
    .iter()
    .any(|field| line.starts_with(field));
    let others = [
        "mail from:",
        "from <",
        " contact ",
        "please contact",
        "for help",
        "for further assistance",
        "accepting mail from",
    ]
    .iter()
    .any(|word| line.contains(word));
    (about || others) && !line.contains("rcpt to")
}

/// AOL names its customers without a domain, one on each line below this sentence.
fn bare_names(human: &str) -> Vec<(String, String)> {
    let small = human.to_lowercase();
    if !small.contains("mail to the following recipients could not be delivered") {
        return Vec::new();
    }
    let names = human.lines().filter(|line| line.starts_with(['\t', ' '])).map(str::trim);
    let is_name =
        |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    names.filter(is_name).map(|name| (format!("{}@aol.com", name.to_lowercase()), human.to_owned())).collect()
}

/// The recipients of a returned message.
fn to_line(returned: &str) -> Vec<String> {
    let head = returned.split("\n\n").next().unwrap_or_default();
    let line =
        head.lines().find(|line| line.trim_start_matches(['>', ' ']).to_lowercase().starts_with("to:"));
    line.map(addresses).unwrap_or_default()
}

/// The lines around the first mention of an address: its own, and the two below as far as they speak of nobody else.
pub fn about(human: &str, address: &str) -> String {
    let lines = human.lines().skip_while(|line| !line.to_lowercase().contains(address)).take(3);
    let of_others = |line: &&str| addresses(line).iter().all(|other| other == address);
    lines.take_while(of_others).collect::<Vec<_>>().join("\n")
}

/// Whether it says at all that something did not arrive.
pub fn speaks_of_failure(human: &str) -> bool {
    let text = human.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let failed = [
        "been returned",
        "not be delivered",
        "able to deliver",
        "unable to deliver",
        "delivery problem",
        "delivery fail",
        "delivery error",
        "could not deliver",
        "undeliver",
        "failed",
        "not deliver",
        "returned to sender",
        "nicht zugestellt",
        "pas pu être remis",
        "pas été remis",
        "non è stato recapitato",
        "impossibile recapitare",
    ];
    failed.iter().any(|words| text.contains(words))
}

/// Whether the recipient was refused only after the whole message had come. Who does so knows the recipient: a filter
/// that says "unknown user" to what it does not want.
pub fn refused_after_the_message(text: &str) -> bool {
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    ["in reply to end of data", "smtp command data", ">>> data <<< 55"]
        .iter()
        .any(|words| text.contains(words))
}

/// Whether the report only warns that it takes longer.
pub fn speaks_of_delay(subject: &str, human: &str) -> bool {
    let text = format!("{subject}\n{human}").to_lowercase();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        "this is a warning message only",
        "you do not need to resend",
        "delivery status notification (delay)",
        "delayed mail",
        "warning: could not send message for past",
        "warning: message delayed",
        "has not yet been delivered",
        "delivery attempts will continue",
        "will keep trying",
        "will continue to try",
        "still trying to deliver",
        "no action is required on your part",
        "wird weiterhin versucht",
        "verzögert",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// The first Message-ID field in header lines, also where it goes on in the next line.
pub fn message_id(text: &str) -> Option<String> {
    let mut lines = text.lines().map(|line| line.trim_start_matches(['>', ' ', '\t', '*'])).peekable();
    while let Some(line) = lines.next() {
        let small = line.get(..24.min(line.len())).map(str::to_ascii_lowercase).unwrap_or_default();
        let named = ["message-id:", "original-message-id:", "x-original-message-id:"];
        if named.iter().any(|name| small.starts_with(name)) {
            let value = line.split_once(':').map_or("", |(_, value)| value);
            return last_id(value).or_else(|| lines.peek().and_then(|next| last_id(next)));
        }
    }
    None
}

/// The last `<…>` of a header value.
pub fn last_id(value: &str) -> Option<String> {
    let (head, _) = value.rsplit_once('>')?;
    let (_, id) = head.rsplit_once('<')?;
    let plain = !id.is_empty() && id.len() <= 998 && !id.chars().any(|c| c.is_whitespace() || c.is_control());
    plain.then(|| format!("<{id}>"))
}
