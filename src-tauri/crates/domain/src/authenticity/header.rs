//! Reading one `Authentication-Results` header: its name, its methods with their results and properties.
//!
//! The grammar (RFC 8601, 2.2) allows comments and folding nearly everywhere, and providers deviate from it: no
//! name, no blank before a comment, properties without their kind. What cannot be read is left out; it never makes
//! a result better.

/// Longest header that is read, in characters.
const LONGEST_CHARS: usize = 16_000;
/// So many methods of a header are read.
const MOST_METHODS: usize = 64;

/// One header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Who wrote it, lower case; empty where it has no name.
    pub id: String,
    /// The methods in their order.
    pub methods: Vec<Method>,
}

/// One method with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// `dkim`, `spf`, `dmarc` …, lower case.
    pub name: String,
    /// `pass`, `fail` …, lower case.
    pub result: String,
    /// `header.d` and the like with their values, lower case.
    properties: Vec<(String, String)>,
}

impl Method {
    /// The first value of a property.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The domain that signed.
    pub fn signer(&self) -> Option<&str> {
        let identity =
            || self.property("header.i").and_then(|value| value.rsplit_once('@')).map(|(_, domain)| domain);
        self.property("header.d").or_else(identity)
    }

    /// The address or domain of the envelope.
    pub fn sender(&self) -> Option<&str> {
        ["smtp.mailfrom", "smtp.mail", "envelope-from"].iter().find_map(|name| self.property(name))
    }

    /// Whether a login was that of `address`.
    pub fn is_about(&self, address: &str) -> bool {
        ["smtp.auth", "smtp.mailfrom"].iter().any(|name| self.property(name) == Some(address))
    }
}

impl Report {
    /// Reads a header; `None` if it is another one (such as `ARC-Authentication-Results`) or empty.
    pub fn parse(header: &str) -> Option<Self> {
        let header: String = header.chars().take(LONGEST_CHARS).collect();
        let value = match header.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("authentication-results") => value,
            Some((name, _)) if name.trim().to_ascii_lowercase().ends_with("authentication-results") => {
                return None;
            }
            _ => header.as_str(),
        };
        let mut parts = parts(value).into_iter();
        let head = parts.next()?;
        // Without a name the first part is a method already.
        let nameless = head.first().is_some_and(|word| word.contains('='));
        let id = if nameless { String::new() } else { head.first()?.clone() };
        let first = nameless.then_some(head);
        let methods =
            first.into_iter().chain(parts).take(MOST_METHODS).filter_map(|words| method(&words)).collect();
        Some(Self { id, methods })
    }
}

/// `dkim=pass reason="…" header.d=…`, each word with its equals sign.
fn method(words: &[String]) -> Option<Method> {
    let (name, result) = words.first()?.split_once('=')?;
    let name = name.split('/').next().unwrap_or_default().to_owned();
    if name.is_empty() || result.is_empty() {
        return None;
    }
    let properties = words.iter().skip(1).filter_map(|word| {
        let (name, value) = word.split_once('=')?;
        let value = value.trim_matches(|c: char| "<>".contains(c));
        (!value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
    });
    Some(Method { name, result: result.to_owned(), properties: properties.collect() })
}

/// The parts between semicolons as lower-case words, without comments, with nothing around equals signs, and
/// quoted texts as part of their word.
fn parts(value: &str) -> Vec<Vec<String>> {
    let mut parts = vec![Vec::new()];
    let mut word = String::new();
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted || depth > 0 => {
                let next = chars.next();
                if depth == 0 {
                    word.extend(next.map(plain));
                }
            }
            '"' if depth == 0 => quoted = !quoted,
            _ if quoted => word.push(plain(c)),
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            ';' => {
                finish(&mut parts, &mut word);
                parts.push(Vec::new());
            }
            _ if c.is_whitespace() || c.is_control() => {
                // The value may stand behind blanks.
                if !word.ends_with('=') {
                    finish(&mut parts, &mut word);
                }
            }
            // `header.d = x`: what stands alone before the sign belongs to it.
            '=' if word.is_empty() => {
                if let Some(last) = parts.last_mut().and_then(Vec::pop) {
                    if last.contains('=') {
                        parts.last_mut().into_iter().for_each(|part| part.push(last.clone()));
                    } else {
                        word = last;
                    }
                }
                word.push('=');
            }
            _ => word.extend(c.to_lowercase()),
        }
    }
    finish(&mut parts, &mut word);
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

/// Quoted text may hold anything; what would end a word or a value becomes an underscore.
fn plain(c: char) -> char {
    if c.is_whitespace() || c.is_control() || "=;()\"".contains(c) { '_' } else { c.to_ascii_lowercase() }
}

fn finish(parts: &mut [Vec<String>], word: &mut String) {
    if !word.is_empty() {
        parts.last_mut().into_iter().for_each(|part| part.push(std::mem::take(word)));
    }
}

/// The `Authentication-Results` headers in the head of a mail, topmost first, unfolded. What stands below the first
/// empty line is no header.
pub fn headers(source: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut inside = false;
    for line in source.lines().take_while(|line| !line.trim_end_matches('\r').is_empty()) {
        if line.starts_with([' ', '\t']) {
            if let Some(last) = found.last_mut().filter(|header| inside && header.len() < LONGEST_CHARS) {
                last.push(' ');
                last.push_str(line.trim());
            }
            continue;
        }
        let value = line
            .split_once(':')
            .filter(|(name, _)| name.trim_end().eq_ignore_ascii_case("authentication-results"));
        inside = value.is_some();
        if let Some((_, value)) = value {
            found.push(value.trim().to_owned());
        }
    }
    found
}
