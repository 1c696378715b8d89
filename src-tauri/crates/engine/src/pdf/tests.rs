//! Reading text, and readers that never end.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use super::{extract, tidy};

/// A PDF of one page with this content stream, put together by hand.
pub fn pdf(stream: &str) -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{stream}\nendstream", stream.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).as_bytes());
    }
    let xref = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n").as_bytes());
    out
}

fn text_of(bytes: &[u8]) -> Option<String> {
    let mut all = String::new();
    extract(bytes, |page| {
        all.push_str(page);
        true
    })
    .then(|| tidy(&all))
}

#[test]
fn text_is_read_line_by_line() {
    let read =
        text_of(&pdf("BT /F1 12 Tf 50 700 Td (Angebot Nr. 7) Tj 0 -14 Td (Summe 18,90) Tj ET")).unwrap();
    assert_eq!(read.lines().collect::<Vec<_>>(), ["Angebot Nr. 7", "Summe 18,90"]);
}

#[test]
fn a_page_of_lines_has_no_text_and_what_is_no_pdf_is_told_apart() {
    assert_eq!(text_of(&pdf("0 0 m 100 100 l S")).as_deref(), Some(""));
    assert_eq!(text_of(b"PK\x03\x04"), None);
    assert_eq!(text_of(b""), None);
}

#[test]
fn control_characters_and_empty_lines_go() {
    assert_eq!(tidy("\n\n\u{1b}[31mA\u{202e} \n\n\n\nB\n\n"), "[31mA\u{202e}\n\nB");
}

#[cfg(unix)]
#[tokio::test]
async fn a_reader_that_never_ends_is_ended_and_what_it_said_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::Duration;
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("reader");
    std::fs::write(&program, "#!/bin/sh\necho Seite 1\nexec sleep 600\n").unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    // The pipe is full long before the file is through: a reader that takes nothing must not hold it up either.
    let file = vec![0; 4 * 1024 * 1024];
    let read = super::read_with(program.as_os_str(), file, Duration::from_secs(2)).await.unwrap();
    assert_eq!((read.text.as_str(), read.cut, read.whole), ("Seite 1", true, false));
    assert_eq!(
        super::read_with(folder.path().join("none").as_os_str(), Vec::new(), Duration::from_secs(2)).await,
        None
    );
}
