//! The settings by their stable keys, with their defaults and what they may be.
//!
//! Values are text on the command line and in the window; what is stored is JSON text. A key that is not in this
//! list is refused, so that a typing mistake does not look like a setting. One family of keys is open, because media
//! are: [`DEFAULT_ACCOUNT`].

use theke_domain::hours::Zone;
use theke_domain::hours::holiday::State;
use theke_domain::ids::AccountId;
use theke_domain::medium::Medium;
use theke_store::table::{accounts, settings as table};
use theke_store::{Connection, Result, Transaction};

use crate::api::{ApiError, ApiResult, Code};
use crate::opening;
pub use crate::opening::of_shop as opening;

/// The shop's name.
pub const SHOP_NAME: &str = "shop.name";
/// The shop's country, ISO 3166-1 alpha-2.
pub const SHOP_COUNTRY: &str = "shop.country";
/// The shop's language: that of texts to customers whose language is not known.
pub const SHOP_LANGUAGE: &str = "shop.language";
/// Opening hours, JSON of `hours::Week`.
pub const SHOP_HOURS: &str = "shop.hours";
/// Days on which the shop stays closed, JSON of `hours::ClosedDays`.
pub const SHOP_CLOSED_DAYS: &str = "shop.closed_days";
/// Other hours in parts of the year, JSON of `hours::Season`.
pub const SHOP_SEASONS: &str = "shop.seasons";
/// The state whose holidays the shop keeps, ISO 3166-2; empty for none.
pub const SHOP_STATE: &str = "shop.state";
/// Holidays on which the shop is open all the same, JSON of `hours::OpenOn`.
pub const SHOP_OPEN_ON_HOLIDAYS: &str = "shop.open_on_holidays";
/// Holidays kept in parts of the state that the shop keeps, JSON of their words.
pub const SHOP_LOCAL_HOLIDAYS: &str = "shop.local_holidays";
/// The shop's time zone, empty for that of its country.
pub const SHOP_TIME_ZONE: &str = "shop.time_zone";
/// How long a reply can be taken back, in seconds.
pub const SEND_UNDO_SECS: &str = "send.undo_secs";
/// The longest that a reply can wait to be taken back, in seconds.
pub const UNDO_MAX_SECS: u32 = 120;
/// After how many minutes without a person the window is locked; 0 for never.
pub const LOCK_IDLE_MINUTES: &str = "lock.idle_minutes";
/// How many years messages of closed conversations are kept; 0 for ever.
pub const PRIVACY_KEEP_YEARS: &str = "privacy.keep_years";
/// Longer is for ever.
pub const KEEP_YEARS_MAX: u32 = 30;
/// Followed by a medium: the id of the account that writes by it where the customer was not written to before. Empty
/// for none; then it is the account that was set up first.
pub const DEFAULT_ACCOUNT: &str = "routing.default_account.";
/// The installation on which alone automation runs ([`theke_store::installation`]); empty for every one. A restore on
/// another computer is another installation, so nothing runs there until somebody says so.
pub const AUTOMATION_HERE: &str = "automation.here";
/// How many parts of text messages go out by themselves in a day.
pub const AUTOMATION_SMS_PER_DAY: &str = "automation.sms_per_day";
/// More is nobody's wish: it is a bill.
pub const SMS_PER_DAY_MAX: u32 = 500;
/// Whether automation acts.
pub const AUTOMATION_ON: &str = table::AUTOMATION_ON;
/// Most unasked automatic answers of the shop in an hour.
pub const AUTOMATION_HOUR_MAX: &str = "automation.hour_max";
/// The same for 24 hours.
pub const AUTOMATION_DAY_MAX: &str = "automation.day_max";

/// A setting.
pub struct Setting {
    /// Stable key.
    pub key: &'static str,
    /// Its value until it is set.
    pub default: &'static str,
    /// What it may be, for the refusal.
    pub expects: &'static str,
    fits: fn(&str) -> bool,
}

impl Setting {
    /// Whether people write into it what they like: names, days, keys. Such a value is shown to nobody but them.
    pub fn is_free(&self) -> bool {
        FREE.contains(&self.key)
    }
}

/// The settings without fixed choices.
const FREE: &[&str] =
    &[SHOP_NAME, SHOP_HOURS, SHOP_CLOSED_DAYS, SHOP_SEASONS, SHOP_OPEN_ON_HOLIDAYS, "keys.map"];

/// All settings.
pub const ALL: &[Setting] = &[
    Setting {
        key: "appearance.density",
        default: "roomy",
        expects: "roomy or compact",
        fits: |v| ["roomy", "compact"].contains(&v),
    },
    Setting {
        key: "appearance.text_percent",
        default: "100",
        expects: "90, 100, 110, 125 or 150",
        fits: |v| ["90", "100", "110", "125", "150"].contains(&v),
    },
    Setting {
        key: "appearance.theme",
        default: "system",
        expects: "system, light or dark",
        fits: |v| ["system", "light", "dark"].contains(&v),
    },
    Setting {
        key: AUTOMATION_HERE,
        default: "",
        expects: "here for this computer, the id of an installation, or nothing for every computer",
        fits: |v| v.is_empty() || (v.len() == 16 && v.bytes().all(|b| b.is_ascii_hexdigit())),
    },
    Setting {
        key: AUTOMATION_ON,
        default: "false",
        expects: "true or false",
        fits: |v| ["true", "false"].contains(&v),
    },
    Setting {
        key: AUTOMATION_HOUR_MAX,
        default: "20",
        expects: "a number from 0 to 60",
        fits: |v| v.parse::<u32>().is_ok_and(|n| n <= theke_domain::guard::HOUR_CEILING),
    },
    Setting {
        key: AUTOMATION_DAY_MAX,
        default: "100",
        expects: "a number from 0 to 300",
        fits: |v| v.parse::<u32>().is_ok_and(|n| n <= theke_domain::guard::DAY_CEILING),
    },
    Setting {
        key: AUTOMATION_SMS_PER_DAY,
        default: "50",
        expects: "a number of text message parts from 0 to 500",
        fits: |v| v.parse::<u32>().is_ok_and(|n| n <= SMS_PER_DAY_MAX),
    },
    switch("background.autostart", "false"),
    switch("background.keep_running", "true"),
    switch("background.told", "false"),
    switch("compose.formatting", "false"),
    switch("notifications.on", "true"),
    switch("notifications.previews", "true"),
    clock_time("notifications.quiet_from"),
    clock_time("notifications.quiet_until"),
    Setting {
        key: "keys.letters",
        default: "true",
        expects: "true or false",
        fits: |v| ["true", "false"].contains(&v),
    },
    Setting {
        key: "keys.map",
        default: "{}",
        expects: "a JSON object of at most 4000 characters with a key for each action",
        fits: |v| {
            v.len() <= 4000 && serde_json::from_str::<std::collections::BTreeMap<String, String>>(v).is_ok()
        },
    },
    Setting {
        key: LOCK_IDLE_MINUTES,
        default: "0",
        expects: "a number of minutes up to 240, 0 for never",
        fits: |v| v.parse::<u32>().is_ok_and(|n| n <= 240),
    },
    switch("lock.with_system", "true"),
    Setting {
        key: PRIVACY_KEEP_YEARS,
        default: "0",
        expects: "a number of years up to 30, 0 for ever",
        fits: |v| v.parse::<u32>().is_ok_and(|n| n <= KEEP_YEARS_MAX),
    },
    Setting {
        key: SEND_UNDO_SECS,
        default: "10",
        expects: "a number of seconds from 0 to 120",
        fits: |v| v.parse::<u32>().is_ok_and(|n| n <= UNDO_MAX_SECS),
    },
    Setting {
        key: SHOP_CLOSED_DAYS,
        default: "[]",
        expects: "a JSON array of days such as {\"from\":\"2026-12-24\",\"to\":\"2026-12-26\",\"name\":\"\"}",
        fits: opening::is_closed_days,
    },
    Setting {
        key: SHOP_COUNTRY,
        default: "DE",
        expects: "a country of two letters such as DE",
        fits: is_country,
    },
    Setting {
        key: SHOP_HOURS,
        default: "{}",
        expects: "a JSON object of days such as {\"mon\":[[\"09:00\",\"12:30\"]]}, without overlaps",
        fits: opening::is_week,
    },
    Setting {
        key: SHOP_LANGUAGE,
        default: "de",
        expects: "de, en, fr or it",
        fits: |v| ["de", "en", "fr", "it"].contains(&v),
    },
    Setting {
        key: SHOP_LOCAL_HOLIDAYS,
        default: "[]",
        expects: "a JSON array of holidays such as [\"assumption\"]",
        fits: opening::is_holidays,
    },
    Setting {
        key: SHOP_NAME,
        default: "",
        expects: "a name of at most 200 characters",
        fits: |v| v.chars().count() <= 200 && !v.chars().any(char::is_control),
    },
    Setting {
        key: SHOP_OPEN_ON_HOLIDAYS,
        default: "[]",
        expects: "a JSON array of holidays such as [\"epiphany\", {\"day\":\"easter-monday\",\"hours\":[[\"10:00\",\"14:00\"]]}]",
        fits: opening::is_open_on,
    },
    Setting {
        key: SHOP_SEASONS,
        default: "[]",
        expects: "a JSON array of seasons such as {\"name\":\"Summer\",\"from\":\"05-01\",\"to\":\"09-30\",\"hours\":{\"mon\":[[\"08:00\",\"18:00\"]]}}",
        fits: opening::is_seasons,
    },
    Setting {
        key: SHOP_STATE,
        default: "",
        expects: "a state of Germany, Austria or Switzerland such as DE-BY, AT-9 or CH-ZH, or nothing",
        fits: |v| v.is_empty() || State::named(v).is_some(),
    },
    Setting {
        key: SHOP_TIME_ZONE,
        default: "",
        expects: "a time zone such as Europe/Berlin, or nothing for that of the country",
        fits: |v| v.is_empty() || Zone::named(v).is_some(),
    },
];

/// On or off.
const fn switch(key: &'static str, default: &'static str) -> Setting {
    Setting { key, default, expects: "true or false", fits: |v| ["true", "false"].contains(&v) }
}

/// A local time of day, or none.
const fn clock_time(key: &'static str) -> Setting {
    Setting { key, default: "", expects: "a time such as 20:30, or nothing", fits: is_clock_time }
}

/// `HH:MM`, or nothing.
fn is_clock_time(text: &str) -> bool {
    let number = |part: &str, below: u8| {
        part.len() == 2
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse::<u8>().is_ok_and(|n| n < below)
    };
    text.is_empty()
        || text.split_once(':').is_some_and(|(hour, minute)| number(hour, 24) && number(minute, 60))
}

/// Two upper-case letters.
pub fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// The setting of this key.
pub fn named(key: &str) -> ApiResult<&'static Setting> {
    ALL.iter().find(|s| s.key == key).ok_or_else(|| {
        let known: Vec<_> = ALL.iter().map(|s| s.key).collect();
        ApiError::new(Code::BadInput, format!("There is no setting {key}. There are: {}.", known.join(", ")))
            .with("field", key)
    })
}

/// Its value or default.
pub fn text(conn: &Connection, key: &str) -> Result<String> {
    let default = ALL.iter().find(|s| s.key == key).map_or("", |s| s.default);
    Ok(match table::get(conn, key)? {
        Some(serde_json::Value::String(text)) => text,
        Some(other) => other.to_string(),
        None => default.to_owned(),
    })
}

/// A number, or its default where the stored text is none.
pub fn number(conn: &Connection, key: &str) -> Result<u32> {
    let default = ALL.iter().find(|s| s.key == key).and_then(|s| s.default.parse().ok()).unwrap_or(0);
    Ok(text(conn, key)?.parse().unwrap_or(default))
}

/// Refuses what the setting cannot be.
pub fn checked<'v>(key: &str, value: &'v str) -> ApiResult<&'v str> {
    let setting = named(key)?;
    let value = value.trim();
    if (setting.fits)(value) {
        return Ok(value);
    }
    Err(ApiError::new(
        Code::BadInput,
        format!("{key} cannot be \"{value}\": expected is {}.", setting.expects),
    )
    .with("field", key)
    .with("expected", setting.expects))
}

/// Refuses a state outside the shop's country: it would do nothing.
pub fn checked_in_shop(conn: &Connection, key: &str, value: &str) -> ApiResult<()> {
    let country = text(conn, SHOP_COUNTRY)?;
    let foreign = State::named(value).is_some_and(|state| state.country() != country);
    if key != SHOP_STATE || !foreign {
        return Ok(());
    }
    let known: Vec<_> = State::of_country(&country).iter().map(|state| state.code).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Err(ApiError::new(
        Code::BadInput,
        format!("{key} cannot be \"{value}\": the shop is in {country}, whose states are: {known}. Change shop.country first if the shop is elsewhere."),
    )
    .with("field", key))
}

/// Stores a checked value. Booleans and numbers keep their JSON type, so that the store can read them.
pub fn set(tx: &Transaction<'_>, key: &str, value: &str, now: theke_domain::time::Timestamp) -> Result<()> {
    let json = match value {
        "true" => serde_json::Value::Bool(true),
        "false" => serde_json::Value::Bool(false),
        text => serde_json::Value::String(text.to_owned()),
    };
    table::set(tx, key, &json, now)
}

/// The medium of a key of the family [`DEFAULT_ACCOUNT`].
pub fn default_account_medium(key: &str) -> Option<Medium> {
    Medium::parse(key.strip_prefix(DEFAULT_ACCOUNT)?)
}

/// The account that was set as the default of a medium. It may be gone or have another medium by now.
pub fn default_account(conn: &Connection, medium: &Medium) -> Result<Option<AccountId>> {
    let value = text(conn, &format!("{DEFAULT_ACCOUNT}{medium}"))?;
    Ok(value.parse().ok().map(AccountId))
}

/// The defaults that were set, by their keys.
pub fn default_accounts(conn: &Connection) -> Result<Vec<(String, String)>> {
    let set = table::all(conn)?.into_iter().filter(|(key, _)| default_account_medium(key).is_some());
    Ok(set.filter_map(|(key, value)| Some((key, value.as_str()?.to_owned()))).collect())
}

/// Sets or, with an empty value, takes back the default of a medium.
///
/// # Errors
/// `BadInput` if no account in use has this id and medium.
pub fn set_default_account(
    tx: &Transaction<'_>,
    medium: &Medium,
    value: &str,
    now: theke_domain::time::Timestamp,
) -> ApiResult<()> {
    let key = format!("{DEFAULT_ACCOUNT}{medium}");
    let value = value.trim();
    if value.is_empty() {
        return Ok(table::remove(tx, &key)?);
    }
    let fitting: Vec<_> = accounts::list(tx)?.into_iter().filter(|row| row.medium == *medium).collect();
    if fitting.iter().any(|row| row.id.0.to_string() == value) {
        return Ok(set(tx, &key, value, now)?);
    }
    let ids: Vec<_> = fitting.iter().map(|row| row.id.0.to_string()).collect();
    let known = if ids.is_empty() { "none yet".to_owned() } else { ids.join(", ") };
    Err(ApiError::new(
        Code::BadInput,
        format!("{key} cannot be \"{value}\": expected is the id of an account for {medium} ({known})."),
    )
    .with("field", key))
}

/// A removed account is no default any more.
pub fn forget_account(tx: &Transaction<'_>, id: AccountId) -> Result<()> {
    for (key, value) in default_accounts(tx)? {
        if value == id.0.to_string() {
            table::remove(tx, &key)?;
        }
    }
    Ok(())
}
