//! Names of attachments: made safe for every file system, and judged for what opening them does.
//!
//! A name comes from a stranger. What is left of it is one path part that Windows, macOS and Linux take, that hides
//! neither its ending nor its folder. Not here: writing files (`theke-engine`).

use unicode_normalization::UnicodeNormalization;

/// Longest name in bytes; file systems take 255, and a number may be added to it.
const LONGEST_BYTES: usize = 200;
/// Names that are devices on Windows, whatever ending they have.
const DEVICES: [&str; 8] = ["con", "prn", "aux", "nul", "clock$", "conin$", "conout$", "config$"];
/// Endings that run something, change the system, or hide what they lead to.
const RISKY: [&str; 103] = [
    "ade",
    "adp",
    "apk",
    "app",
    "appimage",
    "appref-ms",
    "appx",
    "appxbundle",
    "bash",
    "bat",
    "btm",
    "cab",
    "chm",
    "class",
    "cmd",
    "com",
    "command",
    "cpl",
    "csh",
    "deb",
    "desktop",
    "diagcab",
    "dll",
    "dmg",
    "docm",
    "dotm",
    "elf",
    "exe",
    "fish",
    "gadget",
    "hlp",
    "hta",
    "htm",
    "html",
    "inf",
    "ins",
    "iqy",
    "img",
    "iso",
    "isp",
    "jar",
    "jnlp",
    "js",
    "jse",
    "ksh",
    "library-ms",
    "lnk",
    "mde",
    "mht",
    "mhtml",
    "mobileconfig",
    "msc",
    "msh",
    "msi",
    "msix",
    "msixbundle",
    "msp",
    "mst",
    "ocx",
    "one",
    "osx",
    "out",
    "pif",
    "pkg",
    "pl",
    "potm",
    "ppam",
    "ppsm",
    "pptm",
    "ps1",
    "ps1xml",
    "psm1",
    "py",
    "pyc",
    "pyw",
    "rb",
    "reg",
    "rpm",
    "run",
    "scf",
    "scpt",
    "scr",
    "sct",
    "search-ms",
    "settingcontent-ms",
    "sh",
    "shb",
    "shtml",
    "slk",
    "svg",
    "svgz",
    "sys",
    "terminal",
    "url",
    "vb",
    "vbe",
    "vbs",
    "vhd",
    "vhdx",
    "wsf",
    "xhtml",
    "xlam",
    "xlsm",
];
/// Endings that nobody writes in the middle of a name without wanting to hide them.
const PROGRAMS: [&str; 9] = ["exe", "scr", "bat", "cmd", "pif", "lnk", "hta", "vbs", "ps1"];
/// Types that run something, whatever the name says.
const RISKY_TYPES: [&str; 11] = [
    "application/x-msdownload",
    "application/x-msdos-program",
    "application/x-executable",
    "application/x-sh",
    "application/x-dosexec",
    "application/java-archive",
    "application/hta",
    "application/javascript",
    "text/javascript",
    "text/html",
    "image/svg+xml",
];

/// One safe path part made of `name`. Empty or hopeless names become `attachment`, with an ending for `mime_type`
/// where that is plain.
pub fn safe(name: &str, mime_type: &str) -> String {
    let last = name.split(['/', '\\']).next_back().unwrap_or_default();
    // Normalized last: what goes may have kept two letters apart that become one.
    let seen = last.chars().filter(|&c| !is_hidden(c));
    let kept: String = seen.nfc().map(|c| if is_forbidden(c) { '_' } else { c }).collect();
    let trimmed = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let mut name = if trimmed.chars().all(|c| c == '_') { unnamed(mime_type) } else { trimmed.to_owned() };
    if is_device(&name) {
        name.insert(0, '_');
    }
    shortened(&name)
}

/// Whether opening such a file runs a program or may change the computer: by the ending of the safe name, by a
/// program's ending hidden before another one, and by the type.
pub fn is_risky(name: &str, mime_type: &str) -> bool {
    let name = safe(name, mime_type).to_lowercase();
    let mut endings = name.split('.').skip(1).map(str::trim).collect::<Vec<_>>().into_iter().rev();
    let by_ending = endings.next().is_some_and(|ending| RISKY.contains(&ending))
        || endings.any(|ending| PROGRAMS.contains(&ending));
    let bare_type = mime_type.split(';').next().unwrap_or_default().trim().to_lowercase();
    by_ending || RISKY_TYPES.contains(&bare_type.as_str())
}

/// Control characters, direction marks and other characters that are not seen.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{e000}'..='\u{f8ff}')
}

/// Characters that Windows forbids, and look-alikes of the slash.
fn is_forbidden(c: char) -> bool {
    matches!(
        c,
        '<' | '>'
            | ':'
            | '"'
            | '|'
            | '?'
            | '*'
            | '\u{2044}'
            | '\u{2215}'
            | '\u{29f5}'
            | '\u{29f8}'
            | '\u{ff0f}'
            | '\u{ff3c}'
    )
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim().to_lowercase();
    let numbered = |head: &str| {
        stem.strip_prefix(head)
            .is_some_and(|tail| tail.chars().count() == 1 && tail.contains(|c: char| c.is_numeric()))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

fn unnamed(mime_type: &str) -> String {
    let ending = match mime_type.split(';').next().unwrap_or_default().trim().to_lowercase().as_str() {
        "application/pdf" => ".pdf",
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/gif" => ".gif",
        "image/webp" => ".webp",
        "text/plain" => ".txt",
        "text/calendar" => ".ics",
        "text/vcard" => ".vcf",
        "message/rfc822" => ".eml",
        "audio/ogg" => ".ogg",
        "audio/mpeg" => ".mp3",
        "video/mp4" => ".mp4",
        _ => "",
    };
    format!("attachment{ending}")
}

/// Cut in the middle so that the ending stays.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST_BYTES {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 16 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut cut = LONGEST_BYTES.saturating_sub(ending.len());
    while !stem.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = stem.get(..cut).unwrap_or_default().trim_end_matches(['.', ' ']);
    format!("{head}{ending}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_made_safe() {
        let table = [
            ("Rechnung.pdf", "Rechnung.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\evil.dll", "evil.dll"),
            ("C:evil.dll", "C_evil.dll"),
            ("\\\\server\\share\\x.txt", "x.txt"),
            ("..", "attachment.pdf"),
            ("", "attachment.pdf"),
            ("???", "attachment.pdf"),
            ("Rechnung\u{202e}fdp.exe", "Rechnungfdp.exe"),
            ("a\u{0}b\r\n.txt", "ab.txt"),
            ("CON", "_CON"),
            ("con.txt", "_con.txt"),
            ("COM1.txt", "_COM1.txt"),
            ("lpt².txt", "_lpt².txt"),
            ("company.txt", "company.txt"),
            ("x.pdf. . .", "x.pdf"),
            (".htaccess", "htaccess"),
            ("Stra\u{00df}e 1.txt", "Straße 1.txt"),
        ];
        for (name, expected) in table {
            assert_eq!(safe(name, "application/pdf"), expected, "{name:?}");
        }
        let long = safe(&format!("{}.pdf", "ä".repeat(1000)), "");
        assert!(long.len() <= LONGEST_BYTES && long.ends_with("ä.pdf"));
    }

    #[test]
    fn what_runs_is_risky() {
        for (name, mime_type) in [
            ("a.exe", ""),
            ("a.EXE", ""),
            ("invoice.pdf.exe", ""),
            ("a.exe.", ""),
            ("a.exe .pdf", ""),
            ("a\u{202e}.js", ""),
            ("b", "application/x-msdownload"),
            ("x.html", ""),
            ("x.docm", ""),
            ("x.lnk", ""),
            ("x", "image/svg+xml; x=1"),
        ] {
            assert!(is_risky(name, mime_type), "{name:?}");
        }
        for (name, mime_type) in
            [("a.pdf", "application/pdf"), ("Brief v1.2.docx", ""), ("exe", ""), ("foto.jpg", "image/jpeg")]
        {
            assert!(!is_risky(name, mime_type), "{name:?}");
        }
    }

    #[test]
    fn a_safe_name_is_its_own_safe_name() {
        for name in ["\u{1145e}\0\u{1cd4}", "a\u{200b}\u{308}.pdf", "<\0\u{338}", "..\u{202e}."] {
            let safe_name = safe(name, "");
            assert_eq!(safe(&safe_name, ""), safe_name, "{name:?}");
        }
        assert_eq!(safe("a\u{200b}\u{308}.pdf", ""), "ä.pdf");
    }

    proptest! {
        #[test]
        fn one_part_always(name in "[\\PC/\\\\.:\u{202e}\u{0}-\u{1f}]{0,300}") {
            let safe_name = safe(&name, "");
            prop_assert!(!safe_name.is_empty() && safe_name.len() <= LONGEST_BYTES + 1);
            prop_assert!(!safe_name.contains(['/', '\\', ':', '\0', '\n', '\r']));
            prop_assert!(safe_name != "." && safe_name != ".." && !safe_name.ends_with('.'));
            prop_assert_eq!(safe(&safe_name, ""), safe_name.clone());
        }
    }
}
