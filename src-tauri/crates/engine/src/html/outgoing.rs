//! What a person may format in a mail. A short list: what the composer offers and what pasting brings in its place.

use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

const TAGS: [&str; 26] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tr",
    "u",
];

/// A fragment without pictures, styles, handlers and scripts; links lead to web pages, mail addresses and numbers only.
pub fn clean(html: &str) -> String {
    let mut builder = Builder::empty();
    let tags: HashSet<&str> = TAGS.into_iter().chain(["ul"]).collect();
    builder
        .tags(tags)
        .clean_content_tags(super::allowed::DROPPED_WITH_CONTENT.into())
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .strip_comments(true);
    builder.clean(super::cut(html)).to_string()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn only_formatting_goes_out() {
        let given = "<p style='color:red' onclick=x()>Guten <b>Tag</b> <img src=x><script>1</script>\
                     <a href='javascript:x'>a</a><a href='https://rad.example'>b</a></p>";
        assert_eq!(clean(given), "<p>Guten <b>Tag</b> <a>a</a><a href=\"https://rad.example\">b</a></p>");
    }
}
