//! Makes one permission per command. The capability file is the list of commands: what is not named there has no
//! permission, and what has none is refused by Tauri before it reaches us.

use anyhow::{Context, Result};

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=capabilities/main.json");
    let text = std::fs::read_to_string("capabilities/main.json")?;
    let capability: serde_json::Value = serde_json::from_str(&text)?;
    let permissions = capability.get("permissions").and_then(|list| list.as_array());
    let commands: Vec<&'static str> = permissions
        .context("capabilities/main.json has no permissions")?
        .iter()
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        // Tauri wants the list to live as long as the program; this program ends in a moment.
        .map(|name| &*name.replace('-', "_").leak())
        .collect();
    // Tauri writes the permissions of these commands into `permissions/` and, without a pattern of ours, asks cargo to watch
    // that folder: a first build would then have changed what it was made from, and the second one builds all again.
    let manifest = tauri_build::AppManifest::new()
        .commands(commands.leak())
        .permissions_path_pattern("permissions/*.toml");
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
}
