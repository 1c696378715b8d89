//! The sort and country of a number, from its normalized form.

use phonenumber::{Metadata, metadata::DATABASE};

use super::{Phone, PhoneType};

/// Sort and country of a normalized number (`+` and digits, or a short code). Never fails: what is no possible
/// number is [`PhoneType::Unknown`].
pub fn classify(value: &str) -> Phone {
    let Some(digits) = value.strip_prefix('+') else {
        return Phone { value: value.to_owned(), phone_type: PhoneType::ShortCode, country: None };
    };
    let (phone_type, country) =
        split(digits).map_or((PhoneType::Unknown, None), |(code, national)| sort(code, national));
    Phone { value: value.to_owned(), phone_type, country }
}

/// Why nothing is sent to this normalized number; `None` if it may be written to.
pub fn refusal(value: &str) -> Option<&'static str> {
    classify(value).phone_type.refusal()
}

/// The digits of a normalized number without its country code; `None` for short codes and unknown countries.
pub fn national_digits(value: &str) -> Option<&str> {
    split(value.strip_prefix('+')?).map(|(_, national)| national)
}

/// Country code and national number of the digits behind a `+`.
pub(super) fn split(digits: &str) -> Option<(u16, &str)> {
    (1..=3).find_map(|length| {
        let code: u16 = digits.get(..length)?.parse().ok()?;
        DATABASE.region(&code).is_some().then_some(())?;
        Some((code, digits.get(length..)?))
    })
}

/// Sort and country of a national number, leading zeros included.
pub(super) fn sort(code: u16, national: &str) -> (PhoneType, Option<String>) {
    let tables = DATABASE.by_code(&code).unwrap_or_default();
    for table in &tables {
        let leads = table
            .leading_digits()
            .map(|leading| leading.find(national).is_some_and(|found| found.start() == 0));
        if leads == Some(false) {
            continue;
        }
        let phone_type = by_table(table, national);
        if leads == Some(true) || phone_type != PhoneType::Unknown {
            return (phone_type.or_mobile(code, national), country_of(table));
        }
    }
    let main = tables.iter().find(|table| table.is_main_country_for_code()).or(tables.first());
    (PhoneType::Unknown.or_mobile(code, national), main.and_then(|table| country_of(table)))
}

fn country_of(table: &Metadata) -> Option<String> {
    let id = table.id();
    (id.len() == 2 && id.bytes().all(|b| b.is_ascii_uppercase())).then(|| id.to_owned())
}

/// The order is libphonenumber's: what costs money comes before what does not.
fn by_table(table: &Metadata, national: &str) -> PhoneType {
    let kinds = table.descriptors();
    if !kinds.general().is_match(national) {
        return PhoneType::Unknown;
    }
    let order = [
        (kinds.premium_rate(), PhoneType::PremiumRate),
        (kinds.toll_free(), PhoneType::TollFree),
        (kinds.shared_cost(), PhoneType::SharedCost),
        (kinds.voip(), PhoneType::Voip),
        (kinds.personal_number(), PhoneType::PersonalNumber),
        (kinds.pager(), PhoneType::Pager),
        (kinds.uan(), PhoneType::Uan),
        (kinds.voicemail(), PhoneType::Voicemail),
    ];
    let special = order.into_iter().find(|(kind, _)| kind.is_some_and(|kind| kind.is_match(national)));
    let fixed = kinds.fixed_line().is_some_and(|kind| kind.is_match(national));
    let mobile = kinds.mobile().is_some_and(|kind| kind.is_match(national));
    match (special, fixed, mobile) {
        (Some((_, phone_type)), _, _) => phone_type,
        (None, true, true) => PhoneType::FixedLineOrMobile,
        (None, true, false) => PhoneType::FixedLine,
        (None, false, true) => PhoneType::Mobile,
        (None, false, false) => PhoneType::Unknown,
    }
}

impl PhoneType {
    /// A number of no known sort in a national mobile range is a mobile: blocks are given out before tables are.
    fn or_mobile(self, code: u16, national: &str) -> Self {
        if self == Self::Unknown && is_mobile_range(code, national) { Self::Mobile } else { self }
    }
}

/// The mobile ranges of the countries around the shop, by their numbering plans.
fn is_mobile_range(code: u16, national: &str) -> bool {
    let length = national.len();
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| national.starts_with(prefix));
    match code {
        49 => (10..=11).contains(&length) && begins(&["15", "16", "17"]),
        43 => (10..=13).contains(&length) && begins(&["65", "66", "67", "68", "69"]),
        41 => length == 9 && begins(&["75", "76", "77", "78", "79"]),
        33 => length == 9 && begins(&["6", "73", "74", "75", "76", "77", "78", "79"]),
        39 => (9..=10).contains(&length) && begins(&["3"]),
        44 => length == 10 && begins(&["71", "72", "73", "74", "75", "7700", "77", "78", "79"]),
        _ => false,
    }
}

/// The country whose mobile number these national digits are, for a number that the shop's own country does not
/// have. Only forms that no two of these countries share.
pub(super) fn foreign_mobile(national: &str) -> Option<(u16, &str)> {
    let all = [49, 44, 43, 33, 41];
    if let Some(rest) = national.strip_prefix('0') {
        let length = rest.len();
        return all.into_iter().map(|code| (code, rest)).find(|&(code, rest)| {
            is_mobile_range(code, rest) && !(code == 43 && length < 10) && !(code == 33 && length != 9)
        });
    }
    (national.len() == 10 && is_mobile_range(39, national)).then_some((39, national))
}
