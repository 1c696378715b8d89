//! SMS gateways and their like, driven by a connector file: one generic channel, no code for any of them.
//!
//! A file (TOML, see `definitions/`) says how messages are listed and paged, which JSON pointer leads to which field,
//! how one is sent, followed and looked for, and what counts as an error. It can name values but compute nothing,
//! and it reaches only the hosts that it declares (or this computer, or with `lan = true` the local network). Shipped
//! files are compiled in; the user's own lie in the profile.
//!
//! Not here: retries, rate of polling beyond a gateway's own limits, and who may be written to.

mod budget;
mod channel;
mod convert;
mod definition;
mod inbound;
mod listing;
mod outbound;
mod pointer;
mod position;
mod read;
mod request;
mod sending;
mod states;
mod template;
mod validate;
mod value;
mod verdict;
mod when;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use theke_domain::address::Address;
use theke_domain::capability::{AddressKind, Capabilities, Segments};
use theke_domain::medium::{ChannelKind, Medium, media};
use theke_domain::phone;

use self::channel::{CA_FILE, HttpChannel};
use self::definition::{Definition, FieldDefinition, FieldWord, Identity};
use crate::channel::Channel;
use crate::spec::{AccountSettings, Field, FieldKind, Spec};

/// The definitions that come with the program, by file name.
const SHIPPED: [(&str, &str); 2] = [
    ("sms-seven.toml", include_str!("definitions/sms-seven.toml")),
    ("sms-android.toml", include_str!("definitions/sms-android.toml")),
];

/// A definition file of the user's own larger than this is not read.
const FILE_MAX_BYTES: u64 = 256 * 1024;

/// The kinds that come with the program.
pub fn specs() -> (Vec<Spec>, Vec<String>) {
    from_texts(SHIPPED.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())))
}

/// The kinds of the user's own `*.toml` files in a folder, and what is wrong with files that could not be read. A
/// missing folder has none.
pub fn user_specs(dir: &Path) -> (Vec<Spec>, Vec<String>) {
    let mut files: Vec<_> = std::fs::read_dir(dir)
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let mut unreadable = Vec::new();
    let mut texts = Vec::new();
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let size = std::fs::metadata(&path).map_or(0, |meta| meta.len());
        match std::fs::read_to_string(&path) {
            Ok(text) if size <= FILE_MAX_BYTES => texts.push((name, text)),
            Ok(_) => unreadable.push(format!("{name}: larger than 256 KB, expected a connector definition")),
            Err(_) => unreadable.push(format!("{name}: cannot be read, expected a UTF-8 text file")),
        }
    }
    let (specs, mut broken) = from_texts(texts.into_iter());
    broken.extend(unreadable);
    (specs, broken)
}

fn from_texts(files: impl Iterator<Item = (String, String)>) -> (Vec<Spec>, Vec<String>) {
    let (mut specs, mut broken) = (Vec::new(), Vec::new());
    for (file, text) in files {
        match read::read(&file, &text) {
            Ok(definition) => specs.push(spec_of(definition)),
            Err(faults) => broken.extend(faults),
        }
    }
    (specs, broken)
}

fn spec_of(definition: Definition) -> Spec {
    let definition = Arc::new(definition);
    let for_open = Arc::clone(&definition);
    Spec {
        kind: ChannelKind::new(definition.id.get_ref().clone()),
        name: definition.label.clone(),
        medium: Medium::new(definition.medium.get_ref().clone()),
        address_kind: match definition.identity {
            Identity::Phone => AddressKind::Phone,
            Identity::Email => AddressKind::Email,
            Identity::Opaque => AddressKind::Handle(definition.id.get_ref().clone()),
        },
        fields: fields(&definition),
        capabilities: capabilities(&definition),
        own_address,
        open: Arc::new(move |settings| {
            let channel = HttpChannel::open(Arc::clone(&for_open), settings)?;
            Ok(Arc::new(channel) as Arc<dyn Channel>)
        }),
        find_settings: None,
    }
}

fn capabilities(definition: &Definition) -> Capabilities {
    let send = definition.send.as_ref().map(|send| send.get_ref());
    let inbound = definition.inbound.as_ref().map(|inbound| inbound.get_ref());
    Capabilities {
        receives: inbound.is_some(),
        sends: send.is_some(),
        segments: if definition.medium.get_ref() == media::SMS { Segments::Sms } else { Segments::None },
        reply_window_hours: definition.reply_window_hours,
        answers_only: definition.answers_only,
        text_max_chars: send.and_then(|send| send.max_chars),
        delivery_states: definition.status.is_some(),
        client_reference: definition.look_up.is_some(),
        is_public: definition.is_public,
        sandbox: definition.sandbox,
        forgets_acknowledged: inbound.is_some_and(|inbound| inbound.destructive || inbound.ack.is_some()),
        ..Capabilities::TEXT
    }
}

/// The form. `base_url` is there for every connector, so that a test or a relay on this computer can stand in; a
/// gateway in the shop's own network may have a certificate of its own making.
fn fields(definition: &Definition) -> Vec<Field> {
    let mut fields: Vec<Field> = definition.fields.iter().map(field).collect();
    if !fields.iter().any(|field| field.key == "base_url") {
        fields.push(Field {
            key: "base_url".to_owned(),
            label: "Base address".to_owned(),
            kind: FieldKind::Url,
            secret: false,
            required: definition.base_url.is_none(),
            default: definition.base_url.as_ref().map(|url| url.get_ref().clone()),
        });
    }
    if definition.lan && !fields.iter().any(|field| field.key == CA_FILE) {
        fields.push(Field {
            key: CA_FILE.to_owned(),
            label: "Certificate authority of your own (PEM file)".to_owned(),
            kind: FieldKind::File,
            secret: false,
            required: false,
            default: None,
        });
    }
    fields
}

fn field(definition: &FieldDefinition) -> Field {
    Field {
        key: definition.key.get_ref().clone(),
        label: definition.label.clone(),
        kind: match definition.kind {
            FieldWord::Text => FieldKind::Text,
            FieldWord::Email => FieldKind::Email,
            FieldWord::Host => FieldKind::Host,
            FieldWord::Port => FieldKind::Port,
            FieldWord::Phone => FieldKind::Phone,
            FieldWord::Url => FieldKind::Url,
            FieldWord::Choice => FieldKind::Choice { options: definition.options.clone(), proposed: None },
        },
        secret: definition.secret,
        required: definition.required,
        default: definition.default.clone(),
    }
}

/// The account's number, as the person typed it into the form.
fn own_address(settings: &AccountSettings) -> Option<Address> {
    let number = phone::parse(settings.get("number")?, &settings.country).ok()?;
    Some(Address::Phone { value: number.value })
}
