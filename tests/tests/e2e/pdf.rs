//! The reader of PDFs on files that were made to break it: it ends by itself or by its bounds, and says what it has.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use theke_tests::program::thekectl;

fn read(file: &[u8]) -> Output {
    let mut reader = Command::new(thekectl())
        .arg("read-pdf")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // A reader that refuses early closes its side.
    let _refused = reader.stdin.take().unwrap().write_all(file);
    reader.wait_with_output().unwrap()
}

/// Objects by number, with a table of contents that is right.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", index + 1).as_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").as_bytes()));
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    out
}

fn page_with(stream: &[u8], more: &str) -> Vec<u8> {
    let mut content = format!("<</Length {}{more}>>stream\n", stream.len()).into_bytes();
    content.extend(stream);
    content.extend(b"\nendstream");
    pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>> >> >>"
            .to_vec(),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ])
}

#[test]
fn a_sound_file_is_read() {
    let read = read(&page_with(b"BT /F1 12 Tf 50 700 Td (Angebot Nr. 7) Tj ET", ""));
    assert!(read.status.success(), "{read:?}");
    assert!(String::from_utf8_lossy(&read.stdout).contains("Angebot Nr. 7"), "{read:?}");
}

#[test]
fn files_made_to_break_it_end_it_at_most() {
    let nested = [vec![b'['; 300_000], vec![b']'; 300_000]].concat();
    let loops = pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".to_vec(),
    ]);
    let itself = page_with(b"(x) Tj", "/Length 4 0 R");
    let cut = page_with(b"BT /F1 12 Tf (Halb) Tj ET", "").into_iter().take(200).collect::<Vec<_>>();
    let hostile: [(&str, Vec<u8>); 7] = [
        ("nothing", Vec::new()),
        ("noise", (0..65_536_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect()),
        ("a deep nest", page_with(&nested, "")),
        ("a nest for a catalogue", pdf(std::slice::from_ref(&nested))),
        ("a tree of pages that leads into itself", loops),
        ("a length that is itself", itself),
        ("half a file", cut),
    ];
    // Whatever happens in there happens in there: this process waits for its end and goes on.
    for (name, file) in hostile {
        let ended = read(&file);
        println!("{name}: {} with {} bytes of text", ended.status, ended.stdout.len());
        assert!(ended.stdout.len() < 1_000_000, "{name} answers without bound");
    }
}
