//! Walks over HTML tokens: lists the addresses of cleaned HTML, and names what is unsafe in HTML as received.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Something that the frame leaves out or that a person should know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsafe {
    /// What: `script`, `handler`, `script_url`, `frame`, `form`, `refresh`, `remote_picture`, `remote_style` …
    pub what: String,
    /// Where: the element or attribute that it stood in.
    pub place: String,
}

/// Addresses in cleaned HTML.
#[derive(Debug, Default)]
pub struct Addresses {
    /// Text and address of each link.
    pub links: Vec<(String, String)>,
    /// Each picture's address once.
    pub pictures: Vec<String>,
}

/// Lists the addresses of HTML that went through the first pass.
pub fn addresses(clean_html: &str) -> Addresses {
    let sink = AddressSink::default();
    walk(clean_html, sink, |sink| {
        let mut state = sink.0.take();
        state.end_link();
        state.found
    })
}

/// Names what is unsafe, each once, at most 100.
pub fn unsafe_parts(html: &str) -> Vec<Unsafe> {
    walk(html, UnsafeSink::default(), |sink| sink.0.take())
}

fn walk<S: TokenSink, T>(html: &str, sink: S, take: impl FnOnce(&S) -> T) -> T {
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    take(&tokenizer.sink)
}

#[derive(Default)]
struct AddressState {
    found: Addresses,
    open: Option<(String, String)>,
}

impl AddressState {
    fn end_link(&mut self) {
        if let Some((text, href)) = self.open.take() {
            self.found.links.push((text.split_whitespace().collect::<Vec<_>>().join(" "), href));
        }
    }
}

#[derive(Default)]
struct AddressSink(RefCell<AddressState>);

impl TokenSink for AddressSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if &*tag.name == "a" => {
                state.end_link();
                if tag.kind == TagKind::StartTag
                    && let Some(href) = attribute(&tag, "href")
                {
                    state.open = Some((String::new(), href));
                }
            }
            Token::TagToken(tag) if &*tag.name == "img" => {
                if let Some(src) = attribute(&tag, "src")
                    && !state.found.pictures.contains(&src)
                    && state.found.pictures.len() < 1000
                {
                    state.found.pictures.push(src);
                }
                if let (Some(alt), Some((text, _))) = (attribute(&tag, "alt"), state.open.as_mut()) {
                    text.push_str(&alt);
                }
            }
            Token::CharacterTokens(chars) => {
                if let Some((text, _)) = state.open.as_mut()
                    && text.len() < 1000
                {
                    text.push_str(&chars);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.trim().to_owned())
}

#[derive(Default)]
struct UnsafeSink(RefCell<Vec<Unsafe>>);

impl UnsafeSink {
    fn note(&self, what: &str, place: String) {
        let mut list = self.0.borrow_mut();
        let entry = Unsafe { what: what.to_owned(), place };
        if list.len() < 100 && !list.contains(&entry) {
            list.push(entry);
        }
    }

    fn element(&self, name: &str) {
        let what = match name {
            "script" => "script",
            "iframe" | "frame" | "frameset" | "object" | "embed" | "applet" | "portal" => "frame",
            "form" | "input" | "button" | "textarea" | "select" => "form",
            "svg" | "math" => "drawing",
            "base" => "base",
            "audio" | "video" | "source" | "track" => "media",
            "link" => "remote_style",
            _ => return,
        };
        self.note(what, format!("<{name}>"));
    }

    fn attribute(&self, element: &str, name: &str, value: &str) {
        let place = || format!("<{element} {name}>");
        let folded: String = value
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .take(4000)
            .collect::<String>()
            .to_ascii_lowercase();
        if name.starts_with("on") {
            self.note("handler", place());
        }
        if folded.starts_with("javascript:")
            || folded.starts_with("vbscript:")
            || folded.starts_with("data:text/html")
        {
            self.note("script_url", place());
        }
        if element == "meta" && name == "http-equiv" && folded == "refresh" {
            self.note("refresh", place());
        }
        let remote = folded.starts_with("http:") || folded.starts_with("https:") || folded.starts_with("//");
        if remote && matches!(name, "src" | "srcset" | "background" | "poster" | "lowsrc" | "dynsrc") {
            self.note("remote_picture", place());
        }
        if name == "style" && (folded.contains("url(") || folded.contains("expression(")) {
            self.note("remote_style", place());
        }
    }
}

impl TokenSink for UnsafeSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            self.element(&tag.name);
            for a in &tag.attrs {
                self.attribute(&tag.name, &a.name.local, &a.value);
            }
        }
        TokenSinkResult::Continue
    }
}
