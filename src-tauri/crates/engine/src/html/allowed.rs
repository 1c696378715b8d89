//! What may stay in a message's HTML. A list of what is allowed, never of what is forbidden.

use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

const TAGS: [&str; 53] = [
    "a",
    "abbr",
    "address",
    "article",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
];
const TABLE_TAGS: [&str; 11] =
    ["table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul"];

/// Elements that go with all that is in them.
pub const DROPPED_WITH_CONTENT: [&str; 11] = [
    "script", "style", "title", "template", "iframe", "object", "noembed", "noframes", "noscript",
    "textarea", "select",
];

const STYLE_PROPERTIES: [&str; 54] = [
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "color",
    "direction",
    "display",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "min-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "vertical-align",
    "white-space",
    "width",
];

/// The list as a sanitiser. Addresses of links and pictures are still in; the second pass takes them out.
pub fn builder() -> Builder<'static> {
    let mut builder = Builder::empty();
    let sized: HashSet<&str> =
        ["width", "height", "align", "valign", "bgcolor", "colspan", "rowspan", "nowrap"].into();
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    attributes.insert("a", ["href"].into());
    attributes.insert("img", ["src", "alt", "width", "height", "border"].into());
    attributes.insert("font", ["color", "face", "size"].into());
    attributes.insert("ol", ["start", "type"].into());
    attributes.insert("ul", ["type"].into());
    attributes.insert("hr", ["size", "width", "align"].into());
    attributes.insert(
        "table",
        ["border", "cellpadding", "cellspacing", "width", "height", "align", "bgcolor"].into(),
    );
    for cell in ["td", "th", "tr", "tbody", "thead", "tfoot", "col", "colgroup", "div", "p", "h1", "h2", "h3"]
    {
        attributes.insert(cell, sized.clone());
    }
    builder
        .tags(TAGS.into_iter().chain(TABLE_TAGS).collect())
        .clean_content_tags(DROPPED_WITH_CONTENT.into())
        .tag_attributes(attributes)
        .generic_attributes(["dir", "lang", "title", "style"].into())
        .filter_style_properties(STYLE_PROPERTIES.into())
        .url_schemes(["http", "https", "mailto", "tel", "cid", "data"].into())
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .strip_comments(true);
    builder
}

/// A style value with anything that could name an address, or hide one behind an escape, goes as a whole.
pub fn is_harmless_style(style: &str) -> bool {
    let lower = style.to_ascii_lowercase();
    !["url", "\\", "@", "expression", "image", "src(", "element(", "var(", "attr("]
        .iter()
        .any(|bad| lower.contains(bad))
}

/// Pictures that came inside the HTML itself: raster types in base64, nothing that can hold script.
pub fn is_raster_data_url(src: &str) -> bool {
    let Some((head, body)) = src.split_once(',') else { return false };
    let head = head.to_ascii_lowercase();
    [
        "data:image/png;base64",
        "data:image/jpeg;base64",
        "data:image/jpg;base64",
        "data:image/gif;base64",
        "data:image/webp;base64",
    ]
    .contains(&head.as_str())
        && body.len() <= 3 * 1024 * 1024
        && body.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b' ' | b'\r' | b'\n' | b'%')
        })
}
