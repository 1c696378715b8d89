//! How much script the page takes in before its first picture: what `index.html` names and what that imports at once.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::report::Report;

/// Weighs the built front end, as `gzip -9` makes it.
pub fn weigh(report: &mut Report) -> Result<()> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist");
    let page =
        std::fs::read_to_string(dist.join("index.html")).context("ui/dist is missing: npm run build")?;
    let mut open: Vec<String> = named(&page, &["src=\"/", "href=\"/"]);
    let mut taken = BTreeSet::new();
    let mut bytes = 0;
    while let Some(file) = open.pop() {
        if !taken.insert(file.clone()) {
            continue;
        }
        let text = std::fs::read_to_string(dist.join(&file)).with_context(|| file.clone())?;
        bytes += gzipped(text.as_bytes())?;
        let folder = Path::new(&file).parent().unwrap_or(Path::new(""));
        let imports = named(&text, &["from\"./", "import\"./"]);
        open.extend(imports.iter().map(|name| folder.join(name).display().to_string()));
    }
    let kb = bytes as f64 / 1024.0;
    report.figure(&format!("script at start, gzipped ({} files)", taken.len()), vec![kb], "KB");
    report.ratio("script at start / 250 KB", kb, 250.0, 1.0);
    Ok(())
}

/// The script files that stand behind one of these words. `import("./x.js")`, with a bracket, is fetched later.
fn named(text: &str, before: &[&str]) -> Vec<String> {
    let behind = before.iter().flat_map(|word| text.split(word).skip(1));
    let names = behind.filter_map(|rest| rest.split('"').next());
    names.filter(|name| name.ends_with(".js")).map(str::to_owned).collect()
}

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut child =
        Command::new("gzip").args(["-9", "-c"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut into = child.stdin.take().context("gzip takes nothing")?;
    std::thread::scope(|scope| -> Result<usize> {
        let writer = scope.spawn(move || into.write_all(bytes));
        let output = child.wait_with_output()?;
        writer.join().map_err(|_| anyhow::anyhow!("gzip was not given all"))??;
        Ok(output.stdout.len())
    })
}
