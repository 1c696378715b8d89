//! The fields of a machine-readable report (RFC 3464): a block for the message, then one for each recipient.

use super::text;

/// What such a report says of one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The address, lower case.
    pub address: String,
    /// The status code, empty if none was given.
    pub status: String,
    /// The words of the server that refused.
    pub diagnostic: String,
    /// It is still being tried.
    pub delayed: bool,
}

/// The recipients of a report that were not reached.
pub fn read(body: &str) -> Vec<Told> {
    blocks(body).iter().filter_map(recipient).collect()
}

/// Whether the reports name recipients, and all of them were reached.
pub fn names_only_reached(bodies: &[String]) -> bool {
    let actions: Vec<String> =
        bodies.iter().flat_map(|body| blocks(body)).filter_map(|block| field(&block, "action")).collect();
    !actions.is_empty() && actions.iter().all(|action| is_reached(action))
}

type Block = Vec<(String, String)>;

/// Blocks of unfolded fields; an empty line ends a block.
fn blocks(body: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![Vec::new()];
    for line in body.lines() {
        let Some(block) = blocks.last_mut() else { continue };
        if line.trim().is_empty() {
            if !block.is_empty() {
                blocks.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = block.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            block.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    blocks
}

fn field(block: &Block, name: &str) -> Option<String> {
    block.iter().find(|(field, value)| field == name && !value.is_empty()).map(|(_, value)| value.clone())
}

fn is_reached(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    ["delivered", "relayed", "expanded"].iter().any(|reached| action.starts_with(reached))
}

/// The field holds nothing but the address; some systems decorate it.
fn address(value: &str) -> Option<String> {
    let bare = value.trim().trim_matches(['<', '>']).to_lowercase();
    let whole = bare.contains('@') && !bare.contains([' ', '<', '/', '(', '"', ':']);
    if whole { Some(bare) } else { text::addresses(value).pop() }
}

fn recipient(block: &Block) -> Option<Told> {
    let named = ["final-recipient", "original-recipient", "x-actual-recipient"];
    let address = named
        .iter()
        .filter_map(|name| field(block, name))
        .find_map(|value| address(value.rsplit_once(';').map_or(value.as_str(), |(_, address)| address)))?;
    let action = field(block, "action").unwrap_or_default();
    if is_reached(&action) {
        return None;
    }
    let diagnostic = field(block, "diagnostic-code").unwrap_or_default();
    let given = text::status(&field(block, "status").unwrap_or_default());
    // Codes that mean nothing give way to what the server itself said.
    let vague = ["", "5.0.0", "4.0.0", "5.5.0", "5.1.0", "4.4.7"].contains(&given.as_str());
    let said = text::status(&diagnostic);
    let status = if vague && !said.is_empty() { said } else { given };
    let delayed = action.to_ascii_lowercase().starts_with("delayed");
    Some(Told { address, status, diagnostic, delayed })
}
