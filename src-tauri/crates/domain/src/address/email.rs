//! E-mail addresses: from what people type or headers hold to `local@domain`.

use super::AddressProblem;

/// Longest local part in bytes (RFC 5321, 4.5.3.1.1).
const LOCAL_BYTES: usize = 64;
/// Longest address in bytes (RFC 5321, 4.5.3.1.3, without the brackets).
const ADDRESS_BYTES: usize = 254;

/// Normalizes an address: blanks, `mailto:`, a name before `<…>` and a trailing dot go, case is folded, the domain
/// becomes ASCII (IDNA). Dots and plus-tags of the local part stay: elsewhere they are different mailboxes.
///
/// # Errors
/// `NotAnEmail`, `TooLong`, or `ControlCharacter`: line breaks are never taken out in silence, because whoever put
/// them there meant to write a header.
pub fn normalize(text: &str) -> Result<String, AddressProblem> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(AddressProblem::ControlCharacter);
    }
    let inner = match text.rsplit_once('<') {
        Some((_, tail)) => tail.split_once('>').map_or(tail, |(inner, _)| inner),
        None => text,
    };
    let inner = without_mailto(inner.trim());
    let inner = inner.trim().trim_end_matches(['.', ',', ';']);
    if inner.len() > 4 * ADDRESS_BYTES {
        return Err(AddressProblem::TooLong);
    }
    let (local, domain) = inner.rsplit_once('@').ok_or(AddressProblem::NotAnEmail)?;
    let local = local_part(local).ok_or(AddressProblem::NotAnEmail)?;
    let domain = domain_in_ascii(domain).ok_or(AddressProblem::NotAnEmail)?;
    if local.len() > LOCAL_BYTES || local.len() + domain.len() + 1 > ADDRESS_BYTES {
        return Err(AddressProblem::TooLong);
    }
    Ok(format!("{local}@{domain}"))
}

fn without_mailto(text: &str) -> String {
    let head: String = text.chars().take(7).collect();
    if !head.eq_ignore_ascii_case("mailto:") {
        return text.to_owned();
    }
    let rest: String = text.chars().skip(7).take_while(|&c| c != '?').collect();
    percent_decoded(&rest).unwrap_or(rest)
}

/// Decodes `%40`; `None` if what comes out is no text or holds control characters.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped =
            (first == b'%').then(|| tail.get(..2)).flatten().and_then(|two| std::str::from_utf8(two).ok());
        if let Some(byte) = escaped.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control))
}

/// The local part in lower case. A quoted one is taken if it could have been written without quotes.
fn local_part(local: &str) -> Option<String> {
    let bare = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(local);
    let fits = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    (!bare.is_empty() && bare.chars().all(fits)).then(|| bare.to_lowercase())
}

fn domain_in_ascii(domain: &str) -> Option<String> {
    let domain = domain.trim().trim_end_matches('.');
    let ascii = idna::domain_to_ascii(domain).ok()?;
    let label_fits = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    ascii.split('.').all(label_fits).then_some(ascii)
}

/// The address as people read it: an international domain in its own letters.
pub fn display(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return address.to_owned();
    };
    let (shown, result) = idna::domain_to_unicode(domain);
    // A domain that mixes scripts to look like another stays in ASCII.
    let plain = shown.chars().all(|c| c.is_ascii() || ('\u{c0}'..='\u{17f}').contains(&c));
    if result.is_ok() && plain { format!("{local}@{shown}") } else { address.to_owned() }
}
