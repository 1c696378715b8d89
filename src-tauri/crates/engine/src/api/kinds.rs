//! Channel kinds as shells see them, and settings found from an address. Needs no profile, so that a form can be drawn
//! before there is one.

use theke_channels::registry::Registry;
use theke_channels::{Field, FieldKind, Spec};
use theke_domain::capability::{Capabilities, Segments};
use theke_domain::medium::ChannelKind;

use super::types::{CapabilitiesView, FieldView, FoundSettingsView, KindView, TriedView};
use super::{ApiError, ApiResult, Code};
use crate::failure;

/// Every kind of `registry`, in the order in which it is offered.
pub fn kinds(registry: &Registry) -> Vec<KindView> {
    registry.specs().iter().map(kind_view).collect()
}

/// Looks for the settings of an account of this kind by its address. Without `ask_network` nothing is contacted: ask the
/// person first. At most five seconds.
///
/// # Errors
/// `BadInput` if the kind is unknown or finds nothing by addresses, `AccountSettings` if the text is no address.
pub async fn find_settings(
    registry: &Registry,
    kind: &str,
    address: &str,
    ask_network: bool,
) -> ApiResult<FoundSettingsView> {
    let spec = registry.get(&ChannelKind::new(kind));
    let Some(find) = spec.and_then(|spec| spec.find_settings.clone()) else {
        let sentence = "The settings of this kind cannot be found by an address. Fill them in by hand.";
        return Err(ApiError::new(Code::BadInput, sentence).with("field", "kind"));
    };
    let found = find(address.trim().to_owned(), ask_network).await;
    let found = found.map_err(|error| failure::of_channel(&error).with("field", "address"))?;
    let tried = found.tried.iter().map(|one| TriedView {
        source: word(one.source),
        place: one.place.clone(),
        outcome: word(one.outcome),
    });
    Ok(FoundSettingsView {
        source: word(found.source),
        provider: found.provider.clone(),
        values: found.values.clone(),
        help: found.help.clone(),
        tried: tried.collect(),
    })
}

/// The word that serde writes for a plain enum.
fn word(of: impl serde::Serialize) -> String {
    serde_json::to_value(of).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// One kind.
pub(crate) fn kind_view(spec: &Spec) -> KindView {
    KindView {
        kind: spec.kind.as_str().to_owned(),
        name: spec.name.clone(),
        medium: spec.medium.as_str().to_owned(),
        fields: spec.fields.iter().map(field_view).collect(),
        capabilities: capabilities_view(&spec.capabilities),
    }
}

fn field_view(field: &Field) -> FieldView {
    let (input, options) = match &field.kind {
        FieldKind::Text => ("text", Vec::new()),
        FieldKind::Email => ("email", Vec::new()),
        FieldKind::Host => ("host", Vec::new()),
        FieldKind::Port => ("port", Vec::new()),
        FieldKind::Phone => ("phone", Vec::new()),
        FieldKind::Url => ("url", Vec::new()),
        FieldKind::File => ("file", Vec::new()),
        FieldKind::Choice { options, .. } => ("choice", options.clone()),
    };
    let proposed = match &field.kind {
        FieldKind::Choice { proposed, .. } => proposed.clone(),
        _ => None,
    };
    FieldView {
        key: field.key.clone(),
        label: field.label.clone(),
        input: input.to_owned(),
        options,
        secret: field.secret,
        required: field.required,
        default: field.default.clone(),
        proposed,
    }
}

/// What a kind can do.
pub(crate) fn capabilities_view(can: &Capabilities) -> CapabilitiesView {
    CapabilitiesView {
        receives: can.receives,
        sends: can.sends,
        subject: can.subject,
        cc: can.cc,
        formatting: can.formatting,
        attachment_max_bytes: can.attachment_max_bytes,
        segments: match can.segments {
            Segments::None => "none",
            Segments::Sms => "sms",
        }
        .to_owned(),
        reply_window_hours: can.reply_window_hours,
        answers_only: can.answers_only,
        text_max_chars: can.text_max_chars,
        delivery_states: can.delivery_states,
        client_reference: can.client_reference,
        is_public: can.is_public,
        sandbox: can.sandbox,
    }
}
