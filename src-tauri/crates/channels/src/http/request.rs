//! From a request in a definition to a request on the wire. The place where a value stands decides its encoding:
//! one path segment, a query or form parameter, a JSON text.

use base64::Engine;
use reqwest::RequestBuilder;
use reqwest::header::{HeaderName, HeaderValue};
use serde_json::{Map, Number, Value};
use url::Url;

use super::definition::{Auth, Encoding, Method, Request};
use super::template::{Template, Values, path_segment};
use super::value::Node;
use crate::error::{Error, ErrorKind, Result};
use crate::web::Web;

fn unfinished(what: &str) -> Error {
    Error::new(ErrorKind::Config, format!("{what} cannot be filled in: a field of the account is empty"))
}

/// The address of a request below the account's base address. Parameters whose values are missing are left out.
pub(super) fn url(
    base: &Url,
    request: &Request,
    values: &Values<'_>,
    extra: &[(String, String)],
) -> Result<Url> {
    let path = request.path.render(values, path_segment).ok_or_else(|| unfinished("the path"))?;
    let text = format!("{}{path}", base.as_str().trim_end_matches('/'));
    let mut url = Url::parse(&text).map_err(|e| {
        Error::new(ErrorKind::Config, "the base address cannot be extended by a path").with_source(e)
    })?;
    let named = request.query.iter().filter_map(|(name, value)| Some((name.clone(), value.plain(values)?)));
    let parameters: Vec<(String, String)> = named.chain(extra.iter().cloned()).collect();
    if !parameters.is_empty() {
        url.query_pairs_mut().extend_pairs(parameters);
    }
    Ok(url)
}

/// The request, with body and authentication.
pub(super) fn build(
    web: &Web,
    url: Url,
    request: &Request,
    auth: Option<&Auth>,
    values: &Values<'_>,
) -> Result<RequestBuilder> {
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    };
    let url = authenticated_url(url, auth, values)?;
    let mut builder = web.request(method, url);
    if let Some((name, value)) = auth_header(auth, values)? {
        builder = builder.header(name, value);
    }
    let Some(body) = &request.body else { return Ok(builder) };
    Ok(match request.encoding {
        Encoding::Json => builder.json(&json(body, values).unwrap_or(Value::Object(Map::new()))),
        Encoding::Form => builder.form(&form(body, values)),
    })
}

fn authenticated_url(mut url: Url, auth: Option<&Auth>, values: &Values<'_>) -> Result<Url> {
    if let Some(Auth::Query { name, value }) = auth {
        let value = value.plain(values).ok_or_else(|| unfinished("the key"))?;
        url.query_pairs_mut().append_pair(name, &value);
    }
    Ok(url)
}

fn auth_header(auth: Option<&Auth>, values: &Values<'_>) -> Result<Option<(HeaderName, HeaderValue)>> {
    let filled = |template: &Template, what: &str| template.plain(values).ok_or_else(|| unfinished(what));
    let (name, value) = match auth {
        None | Some(Auth::Query { .. }) => return Ok(None),
        Some(Auth::Header { name, value }) => (name.as_str(), filled(value, "the key")?),
        Some(Auth::Bearer { token }) => ("authorization", format!("Bearer {}", filled(token, "the token")?)),
        Some(Auth::Basic { user, password }) => {
            let pair = format!("{}:{}", filled(user, "the user name")?, filled(password, "the password")?);
            let encoded = base64::engine::general_purpose::STANDARD.encode(pair);
            ("authorization", format!("Basic {encoded}"))
        }
    };
    let unfit = || Error::new(ErrorKind::Config, "the key or password holds a character that cannot be sent");
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())?;
    let mut value = HeaderValue::from_str(value.trim()).map_err(|_| unfit())?;
    value.set_sensitive(true);
    Ok(Some((name, value)))
}

fn json(node: &Node, values: &Values<'_>) -> Option<Value> {
    Some(match node {
        Node::Text(template) => Value::String(template.plain(values)?),
        Node::Integer(number) => Value::from(*number),
        Node::Float(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Node::Flag(flag) => Value::Bool(*flag),
        Node::List(list) => Value::Array(list.iter().filter_map(|node| json(node, values)).collect()),
        Node::Table(table) => Value::Object(
            table.iter().filter_map(|(name, node)| Some((name.clone(), json(node, values)?))).collect(),
        ),
    })
}

fn form(node: &Node, values: &Values<'_>) -> Vec<(String, String)> {
    let Node::Table(table) = node else { return Vec::new() };
    let scalar = |node: &Node| match json(node, values)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    };
    table.iter().filter_map(|(name, node)| Some((name.clone(), scalar(node)?))).collect()
}
