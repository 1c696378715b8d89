//! The first wall, tried with what strangers write and with the payload corpora.

use super::*;

fn cleaned(html: &str) -> Cleaned {
    clean(html, Pictures::new())
}

#[test]
fn scripts_handlers_and_frames_go() {
    let html =
        "<p onclick=x()>Hallo <script>alert(1)</script><iframe src=//x.example></iframe><b>Welt</b></p>";
    assert_eq!(cleaned(html).body, "<p>Hallo <b>Welt</b></p>");
}

#[test]
fn links_lose_their_address_and_are_listed_with_their_real_host() {
    let html = "<a href='https://evil.example/login'>www.bank.example</a> <a href='javascript:x()'>x</a> \
                <a href='mailto:a@shop.example'>Mail</a>";
    let cleaned = cleaned(html);
    assert_eq!(cleaned.body, "<a>www.bank.example</a> <a>x</a> <a>Mail</a>");
    let hosts: Vec<_> = cleaned.links.iter().map(|l| (l.host.as_str(), l.misleading)).collect();
    assert_eq!(hosts, [("evil.example", true), ("a@shop.example", false)]);
}

#[test]
fn a_link_to_its_own_site_is_not_misleading() {
    let cleaned = cleaned(
        "<a href='https://mail.shop.example/x'>https://shop.example</a><a href='https://a.example'>hier</a>",
    );
    assert!(cleaned.links.iter().all(|l| !l.misleading), "{:?}", cleaned.links);
}

#[test]
fn links_of_a_text_are_what_a_person_takes_for_one() {
    let text = "Siehe https://shop.example/a?b=1. (www.shop.example/c) z.B. um 12.30Uhr, rechnung.pdf, shop.example; \
                anna@kundin.example, https://bank.example@evil.example/x javascript:alert(1) ftp://a.example \
                https://shop.example/a?b=1";
    let found = in_text(text);
    let found: Vec<_> =
        found.iter().map(|l| (l.text.as_str(), l.href.as_str(), l.host.as_str(), l.misleading)).collect();
    assert_eq!(
        found,
        [
            ("https://shop.example/a?b=1", "https://shop.example/a?b=1", "shop.example", false),
            ("www.shop.example/c", "https://www.shop.example/c", "www.shop.example", false),
            ("anna@kundin.example", "mailto:anna@kundin.example", "anna@kundin.example", false),
            (
                "https://bank.example@evil.example/x",
                "https://bank.example@evil.example/x",
                "evil.example",
                true
            ),
        ]
    );
    assert_eq!(in_text(&"http://a.example ".repeat(3)).len(), 1);
}

#[test]
fn remote_pictures_are_left_out_until_they_are_given() {
    let html = "<img src='https://t.example/p.gif' alt='Logo'><img src='http://t.example/q.gif'><img src='cid:one@x'>";
    let without = cleaned(html);
    assert_eq!(without.body, "<img alt=\"Logo\"><img><img>");
    assert_eq!(without.remote_pictures, ["https://t.example/p.gif"]);
    let given = Pictures::from([
        ("https://t.example/p.gif".to_owned(), "data:image/gif;base64,R0lGODdh".to_owned()),
        ("cid:one@x".to_owned(), "data:image/png;base64,iVBORw0K".to_owned()),
    ]);
    let with = clean(html, given);
    assert_eq!(
        with.body,
        "<img src=\"data:image/gif;base64,R0lGODdh\" alt=\"Logo\"><img><img src=\"data:image/png;base64,iVBORw0K\">"
    );
    assert!(with.remote_pictures.is_empty());
}

#[test]
fn styles_keep_colour_and_lose_addresses_and_places() {
    let html = "<p style='color:red;position:fixed;top:0'>a</p><p style='background:url(https://t.example/x)'>b</p>\
                <p style='background:u\\72l(https://t.example/x)'>c</p>";
    assert_eq!(cleaned(html).body, "<p style=\"color:red\">a</p><p>b</p><p>c</p>");
}

#[test]
fn only_raster_bytes_become_pictures() {
    assert!(picture_url(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_none());
    assert!(picture_url(b"\x89PNG\r\n\x1a\nrest").unwrap().starts_with("data:image/png;base64,"));
}

#[test]
fn text_cannot_leave_its_fragment() {
    assert_eq!(from_text("</div><script>"), "<div class=\"plain\">&lt;/div&gt;&lt;script&gt;</div>");
}

#[test]
fn what_is_unsafe_is_named() {
    let found = unsafe_parts(
        "<img src=https://t.example/x onerror=y><form action=x></form><a href='java\nscript:z'>q</a>",
    );
    let words: Vec<_> = found.iter().map(|u| u.what.as_str()).collect();
    assert_eq!(words, ["remote_picture", "handler", "form", "script_url"]);
}

/// What a browser would do with the cleaned HTML, judged by a tokenizer of its own and not by text search: text may
/// well say "javascript:", an attribute may not.
fn nothing_survives(name: &str, html: &str) {
    let cleaned = clean(html, Pictures::new());
    let left: Vec<_> = unsafe_parts(&cleaned.body);
    assert!(left.is_empty(), "{name}: {left:?} in {}", cleaned.body);
    let addresses = scan::addresses(&cleaned.body);
    assert!(addresses.links.is_empty(), "{name}: {:?}", addresses.links);
    assert!(
        addresses.pictures.iter().all(|p| p.starts_with("data:image/")),
        "{name}: {:?}",
        addresses.pictures
    );
    let again = clean(&cleaned.body, Pictures::new());
    assert_eq!(again.body, cleaned.body, "{name}: cleaning is not stable");
    assert!(cleaned.links.iter().all(|l| {
        ["http", "https", "mailto", "tel"].contains(&l.href.split_once(':').map_or("", |(scheme, _)| scheme))
    }));
}

#[test]
fn payloads_of_the_corpora_do_not_survive() {
    let Some(corpora) = crate::testing::corpora() else {
        println!("skipped: corpora not found");
        return;
    };
    let mut payloads = 0;
    for folder in std::fs::read_dir(&corpora).unwrap().flatten() {
        if !folder.file_name().to_string_lossy().starts_with("html-") {
            continue;
        }
        for file in walk_files(&folder.path()) {
            let bytes = std::fs::read(&file).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            let name = file.display().to_string();
            nothing_survives(&name, &text);
            for line in text.lines().filter(|l| l.contains('<')) {
                nothing_survives(&name, line);
                payloads += 1;
            }
        }
    }
    assert!(payloads > 1000, "only {payloads} payloads were found");
}

fn walk_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            files.extend(walk_files(&entry.path()));
        } else {
            files.push(entry.path());
        }
    }
    files
}
