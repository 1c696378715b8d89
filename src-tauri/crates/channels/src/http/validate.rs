//! Checks across the fields of a definition, when it is read: what a file promises must be possible before an
//! account depends on it.

use std::collections::BTreeSet;
use std::ops::Range;

use theke_domain::medium::{ChannelKind, Medium};

use super::definition::{Auth, Definition, FieldWord, Request};
use super::listing::{Page, Since};
use super::read::Fault;
use super::template::{Template, Var};
use super::value::Node;
use crate::web;

/// Which names a place may use besides `secret.` and `setting.`.
#[derive(Clone, Copy)]
struct Allowed {
    cursor: bool,
    id: bool,
    message: bool,
    reference: bool,
}

const NOTHING: Allowed = Allowed { cursor: false, id: false, message: false, reference: false };

struct Check<'a> {
    secrets: BTreeSet<&'a str>,
    settings: BTreeSet<&'a str>,
    faults: Vec<Fault>,
}

/// Everything that is wrong with it.
pub(super) fn faults(definition: &Definition) -> Vec<Fault> {
    let keys = |secret: bool| {
        definition.fields.iter().filter(move |f| f.secret == secret).map(|f| f.key.get_ref().as_str())
    };
    let mut check = Check {
        secrets: keys(true).collect(),
        settings: keys(false).chain(["base_url"]).collect(),
        faults: Vec::new(),
    };
    check.head(definition);
    check.fields(definition);
    check.auth(definition);
    check.receiving(definition);
    check.sending(definition);
    for rule in &definition.errors {
        let given = rule.get_ref();
        let by_pointer = given.ptr.is_some() && given.equals.is_some();
        if given.http.is_empty() && given.body_number.is_empty() && !by_pointer {
            check.wrong(
                rule.span(),
                "an error without a sign, expected http, body_number, or ptr with equals",
            );
        }
    }
    check.faults
}

impl Check<'_> {
    fn wrong(&mut self, at: Range<usize>, what: impl Into<String>) {
        let at = (!at.is_empty()).then_some(at);
        self.faults.push(Fault { at, what: what.into() });
    }

    fn head(&mut self, definition: &Definition) {
        let slug = "lower-case letters, digits, - and _, beginning with a letter, at most 40";
        if ChannelKind::parse(definition.id.get_ref()).is_none() {
            self.wrong(definition.id.span(), format!("id is not a name for a channel, expected {slug}"));
        }
        if Medium::parse(definition.medium.get_ref()).is_none() {
            self.wrong(definition.medium.span(), format!("medium is not a name, expected {slug}"));
        }
        if definition.hosts.is_empty() && !definition.lan {
            self.wrong(0..1, "no host is declared, expected hosts = [\"gateway.example\"] or lan = true");
        }
        if let Some(url) = &definition.base_url
            && let Err(error) = web::base(url.get_ref(), &definition.hosts, definition.lan)
        {
            self.wrong(url.span(), error.text);
        }
        if definition.inbound.is_none() && definition.send.is_none() {
            self.wrong(0..1, "nothing can be done with it, expected [inbound] or [send]");
        }
        if definition.poll.min_s > definition.poll.max_s || definition.poll.budget_per_min == 0 {
            self.wrong(
                0..1,
                "[poll] cannot be kept, expected min_s <= max_s and budget_per_min of at least 1",
            );
        }
    }

    fn fields(&mut self, definition: &Definition) {
        let mut seen = BTreeSet::new();
        for field in &definition.fields {
            let key = field.key.get_ref();
            if ChannelKind::parse(key).is_none() {
                self.wrong(
                    field.key.span(),
                    format!("\"{key}\" is no key, expected lower-case letters and _"),
                );
            }
            if !seen.insert(key) {
                self.wrong(field.key.span(), format!("the field {key} stands here twice, expected it once"));
            }
            if (field.kind == FieldWord::Choice) == field.options.is_empty() {
                self.wrong(field.key.span(), format!("{key}: expected options with type = \"choice\" only"));
            }
        }
    }

    fn auth(&mut self, definition: &Definition) {
        match &definition.auth {
            Some(Auth::Basic { user, password }) => {
                self.template(user, NOTHING, 0..0);
                self.template(password, NOTHING, 0..0);
            }
            Some(Auth::Header { value, .. } | Auth::Query { value, .. }) => {
                self.template(value, NOTHING, 0..0);
            }
            Some(Auth::Bearer { token }) => self.template(token, NOTHING, 0..0),
            None => {}
        }
        if let Some(request) = &definition.check {
            self.request(request, NOTHING, 0..0);
        }
    }

    fn receiving(&mut self, definition: &Definition) {
        let Some(inbound) = &definition.inbound else { return };
        let at = inbound.span();
        let inbound = inbound.get_ref();
        self.request(&inbound.request, Allowed { cursor: true, ..NOTHING }, at.clone());
        if let Some(ack) = &inbound.ack {
            self.request(ack, Allowed { id: true, ..NOTHING }, at.clone());
        }
        if let Page::Offset { limit: 0, .. } = inbound.page {
            self.wrong(at.clone(), "limit is 0, expected how many records a page holds");
        }
        let (Since::Time { param, .. } | Since::Id { param }) = &inbound.since else { return };
        let named = inbound.request.query.values().chain([&inbound.request.path]);
        if param.is_none() && !named.flat_map(Template::vars).any(|var| *var == Var::Cursor) {
            self.wrong(at, "since is used nowhere, expected param = \"…\" or {{cursor}} in the query");
        }
    }

    fn sending(&mut self, definition: &Definition) {
        let Some(send) = &definition.send else {
            for at in
                [definition.status.as_ref().map(|s| s.span()), definition.look_up.as_ref().map(|l| l.span())]
                    .into_iter()
                    .flatten()
            {
                self.wrong(at, "there is nothing to follow without [send], expected [send] or neither");
            }
            return;
        };
        let message = Allowed { message: true, reference: true, ..NOTHING };
        self.request(&send.get_ref().request, message, send.span());
        if !names(&send.get_ref().request).contains(&&Var::To) {
            self.wrong(
                send.span(),
                "the recipient is missing, expected {{msg.to}} in the path, query or body",
            );
        }
        if send.get_ref().reference_max_chars < 16 {
            self.wrong(send.span(), "reference_max_chars is too small, expected at least 16");
        }
        if let Some(status) = &definition.status {
            let inner = status.get_ref();
            self.request(&inner.request, Allowed { id: true, ..NOTHING }, status.span());
            let by_id = names(&inner.request).contains(&&Var::Id);
            if inner.records.is_some() != inner.id.is_some() || inner.records.is_some() == by_id {
                self.wrong(status.span(), "expected records with id (a listing), or {{id}} in the request");
            }
        }
        if let Some(look_up) = &definition.look_up {
            let inner = look_up.get_ref();
            let allowed = Allowed { reference: true, ..NOTHING };
            self.request(&inner.request, allowed, look_up.span());
            let by_reference = names(&inner.request).contains(&&Var::Reference);
            if inner.records.is_some() != inner.reference.is_some() || inner.records.is_some() == by_reference
            {
                let wanted =
                    "expected records with reference (a listing), or {{msg.reference}} in the request";
                self.wrong(look_up.span(), wanted);
            }
            if !names(&send.get_ref().request).contains(&&Var::Reference) {
                self.wrong(
                    send.span(),
                    "[look_up] needs the reference to be sent, expected {{msg.reference}}",
                );
            }
        }
    }

    fn request(&mut self, request: &Request, allowed: Allowed, at: Range<usize>) {
        if !request.path.starts_with_slash() {
            self.wrong(request.path.span.clone(), "the path does not begin with /, expected /name");
        }
        self.template(&request.path, allowed, at.clone());
        for template in request.query.values() {
            self.template(template, allowed, at.clone());
        }
        if let Some(body) = &request.body {
            let mut found = Vec::new();
            texts(body, &mut found);
            for template in found {
                self.template(template, allowed, at.clone());
            }
        }
    }

    fn template(&mut self, template: &Template, allowed: Allowed, at: Range<usize>) {
        let at = if template.span.is_empty() { at } else { template.span.clone() };
        for var in template.vars() {
            match var {
                Var::Secret(key) if !self.secrets.contains(key.as_str()) => {
                    let known = self.secrets.iter().copied().collect::<Vec<_>>().join(", ");
                    let known =
                        if known.is_empty() { "a [[field]] with secret = true" } else { &known }.to_owned();
                    self.wrong(
                        at.clone(),
                        format!("the secret {key} is not among the fields, expected {known}"),
                    );
                }
                Var::Setting(key) if !self.settings.contains(key.as_str()) => {
                    let known = self.settings.iter().copied().collect::<Vec<_>>().join(", ");
                    self.wrong(
                        at.clone(),
                        format!("the setting {key} is not among the fields, expected {known}"),
                    );
                }
                Var::Cursor if !allowed.cursor => self.misplaced(&at, "cursor", "[inbound]"),
                Var::Id if !allowed.id => self.misplaced(&at, "id", "ack or [status]"),
                Var::To if !allowed.message => self.misplaced(&at, "msg.to", "[send]"),
                Var::Text if !allowed.message => self.misplaced(&at, "msg.text", "[send]"),
                Var::Reference if !allowed.reference => {
                    self.misplaced(&at, "msg.reference", "[send] or [look_up]");
                }
                _ => {}
            }
        }
    }

    fn misplaced(&mut self, at: &Range<usize>, name: &str, place: &str) {
        self.wrong(at.clone(), format!("{{{{{name}}}}} has no value here, expected it in {place} only"));
    }
}

fn texts<'a>(node: &'a Node, into: &mut Vec<&'a Template>) {
    match node {
        Node::Text(template) => into.push(template),
        Node::List(list) => list.iter().for_each(|node| texts(node, into)),
        Node::Table(table) => table.iter().for_each(|(_, node)| texts(node, into)),
        Node::Integer(_) | Node::Float(_) | Node::Flag(_) => {}
    }
}

/// Every name that a request uses.
fn names(request: &Request) -> Vec<&Var> {
    let mut templates: Vec<&Template> = request.query.values().chain([&request.path]).collect();
    if let Some(body) = &request.body {
        texts(body, &mut templates);
    }
    templates.into_iter().flat_map(Template::vars).collect()
}
