//! Authentication-Results (RFC 8601): whether the shop's own provider has checked the sender.
//!
//! Anybody can write such a header into a mail, so only one of the account's own provider counts, known by its
//! authserv-id, and of these the topmost, which was added last. An id `mail.example` also stands for its hosts,
//! because large providers name each host.

use super::inspect::Authentication;
use super::key::values;

/// Reads the verdict from a header block. `authserv`: the ids of the account's own provider; `from_domain`: the
/// domain of the From address in ASCII.
pub fn read(headers: &[u8], authserv: &[String], from_domain: Option<&str>) -> Authentication {
    let mut seen = None;
    for value in values(headers, "authentication-results") {
        let text = without_comments(&String::from_utf8_lossy(value));
        let mut pieces = text.split(';').map(str::trim);
        let id = pieces
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if authserv.iter().any(|own| is_host_of(&id, own)) {
            let results: Vec<&str> = pieces.filter(|p| !p.is_empty()).collect();
            return Authentication { result: verdict(&results, from_domain), by: Some(id) };
        }
        seen.get_or_insert(id);
    }
    let result = if seen.is_some() { "untrusted" } else { "none" };
    Authentication { result: result.to_owned(), by: seen }
}

fn is_host_of(id: &str, own: &str) -> bool {
    let own = own.trim().to_ascii_lowercase();
    !own.is_empty() && (id == own || id.strip_suffix(&own).is_some_and(|host| host.ends_with('.')))
}

/// DMARC decides where it was checked; else DKIM or SPF in line with the From domain.
fn verdict(results: &[&str], from_domain: Option<&str>) -> String {
    let of =
        |method: &str| results.iter().filter(|r| result_of(r, method).is_some()).copied().collect::<Vec<_>>();
    let any = |method: &str, wanted: &str| of(method).iter().any(|r| result_of(r, method) == Some(wanted));
    if any("dmarc", "pass") {
        return "pass".to_owned();
    }
    if any("dmarc", "fail") {
        return "fail".to_owned();
    }
    let aligned = |result: &&str, properties: &[&str]| {
        let domain = properties.iter().find_map(|p| property(result, p)).unwrap_or_default();
        from_domain.is_some_and(|from| in_line(&domain, from))
    };
    let dkim = of("dkim")
        .iter()
        .any(|r| result_of(r, "dkim") == Some("pass") && aligned(r, &["header.d", "header.i"]));
    let spf = of("spf").iter().any(|r| result_of(r, "spf") == Some("pass") && aligned(r, &["smtp.mailfrom"]));
    let result = if dkim || spf {
        "pass"
    } else if any("dkim", "fail") || any("spf", "fail") {
        "fail"
    } else {
        "none"
    };
    result.to_owned()
}

fn result_of<'r>(result: &'r str, method: &str) -> Option<&'r str> {
    let (name, rest) = result.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case(method) {
        return None;
    }
    rest.split_whitespace().next()
}

/// The domain of a property such as `header.d=` or `smtp.mailfrom=`.
fn property(result: &str, name: &str) -> Option<String> {
    let word = result.split_whitespace().find_map(|w| w.strip_prefix(name)?.strip_prefix('='))?;
    let domain = word.trim_matches('"').rsplit('@').next().unwrap_or_default();
    Some(domain.trim_end_matches('.').to_ascii_lowercase())
}

/// Relaxed alignment: one is the other or a host of it.
fn in_line(domain: &str, from: &str) -> bool {
    let host_of = |a: &str, b: &str| a == b || a.strip_suffix(b).is_some_and(|host| host.ends_with('.'));
    !domain.is_empty() && domain.contains('.') && (host_of(domain, from) || host_of(from, domain))
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                out.push(' ');
            }
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(headers: &str, own: &str) -> String {
        read(headers.as_bytes(), &[own.to_owned()], Some("kunde.example")).result
    }

    #[test]
    fn only_the_own_provider_counts() {
        let forged = "Authentication-Results: evil.example; dmarc=pass header.from=kunde.example\r\n\r\n";
        assert_eq!(result(forged, "mx.shop.example"), "untrusted");
        assert_eq!(result("Subject: x\r\n\r\n", "mx.shop.example"), "none");
        let both = format!("Authentication-Results: mx1.shop.example 1;\r\n dmarc=fail\r\n{forged}");
        assert_eq!(result(&both, "shop.example"), "fail");
        assert_eq!(
            result("Authentication-Results: evilshop.example; dmarc=pass\r\n\r\n", "shop.example"),
            "untrusted"
        );
    }

    #[test]
    fn without_dmarc_the_domain_must_be_in_line() {
        let of = |rest: &str| {
            result(&format!("Authentication-Results: mx.example;\r\n {rest}\r\n\r\n"), "mx.example")
        };
        assert_eq!(of("dkim=pass (good) header.d=mail.kunde.example"), "pass");
        assert_eq!(of("dkim=pass header.d=example; spf=softfail"), "none");
        assert_eq!(of("dkim=pass header.i=@other.example; spf=fail smtp.mailfrom=kunde.example"), "fail");
        assert_eq!(of("spf=pass smtp.mailfrom=a@kunde.example"), "pass");
    }
}
