//! Channel kinds as shells see them. Needs no profile, so that a form can be drawn before there is one.

use theke_channels::registry::Registry;
use theke_channels::{Field, FieldKind, Spec};
use theke_domain::capability::{Capabilities, Segments};

use super::types::{CapabilitiesView, FieldView, KindView};

/// Every kind of `registry`, in the order in which it is offered.
pub fn kinds(registry: &Registry) -> Vec<KindView> {
    registry.specs().iter().map(kind_view).collect()
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
        FieldKind::Choice { options } => ("choice", options.clone()),
    };
    FieldView {
        key: field.key.clone(),
        label: field.label.clone(),
        input: input.to_owned(),
        options,
        secret: field.secret,
        required: field.required,
        default: field.default.clone(),
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
