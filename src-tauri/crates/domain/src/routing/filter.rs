//! What speaks against one account and one address.

use crate::address::Address;
use crate::phone;

use super::{Account, AddressState, Health, Identity, Refusal, Request};

/// How strictly a way is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// There may be a better way: ailing accounts and bounced addresses are refused.
    Usual,
    /// Nothing better was found, or a person insists: only what cannot or must not work is refused.
    LastResort,
}

/// The first thing that speaks against sending this draft by `account` to `identity`.
pub(super) fn refusal(
    request: &Request,
    account: &Account,
    identity: &Identity,
    care: Care,
) -> Option<Refusal> {
    if let Some(why) = account_refusal(account, care) {
        return Some(why);
    }
    address_refusal(request, identity, care)
        .or_else(|| window_refusal(request, account, identity))
        .or_else(|| draft_refusal(request, account))
}

/// What speaks against an account whoever is written to.
pub(super) fn account_refusal(account: &Account, care: Care) -> Option<Refusal> {
    if !account.capabilities.sends {
        return Some(Refusal::CannotSend);
    }
    if !account.enabled {
        return Some(Refusal::AccountOff);
    }
    (care == Care::Usual && account.health == Health::NeedsAttention)
        .then_some(Refusal::AccountNeedsAttention)
}

fn address_refusal(request: &Request, identity: &Identity, care: Care) -> Option<Refusal> {
    // Who opted out still gets the answer to a question that came from this very address.
    let asked = request.asked_from.as_ref() == Some(&identity.address);
    if identity.state == AddressState::OptedOut && !asked {
        return Some(Refusal::OptedOut);
    }
    if let Address::Phone { value } = &identity.address {
        let phone_type = phone::classify(value).phone_type;
        if let Some(why) = phone_type.refusal() {
            return Some(Refusal::NumberRefused { phone_type: phone_type.word(), why });
        }
    }
    (care == Care::Usual && identity.state == AddressState::Bounced).then_some(Refusal::Bounced)
}

fn window_refusal(request: &Request, account: &Account, identity: &Identity) -> Option<Refusal> {
    let Some(since) = identity.last_in_at else {
        let needs_first =
            account.capabilities.answers_only || account.capabilities.reply_window_hours.is_some();
        return needs_first.then_some(Refusal::AnswersOnly);
    };
    let hours = account.capabilities.reply_window_hours?;
    let passed = request.now.secs_since(since) > i64::from(hours) * 3600;
    passed.then_some(Refusal::WindowClosed { hours, since })
}

fn draft_refusal(request: &Request, account: &Account) -> Option<Refusal> {
    let chars = request.draft.text_chars;
    if let Some(max_chars) = account.capabilities.text_max_chars.filter(|&max| chars > max) {
        return Some(Refusal::TextTooLong { chars, max_chars });
    }
    let bytes = *request.draft.attachment_bytes.iter().max()?;
    match account.capabilities.attachment_max_bytes {
        None => Some(Refusal::NoAttachments),
        Some(max_bytes) if bytes > max_bytes => Some(Refusal::AttachmentTooLarge { bytes, max_bytes }),
        Some(_) => None,
    }
}
