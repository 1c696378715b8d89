//! Toll fraud: whether an automatic text message may go to a number, and whether a person is asked first.
//!
//! Somebody who earns money by messages to a number can make a shop's automation write to it all night. So numbers
//! that cost more than a usual message get none, numbers abroad need a person's word, and a day has an upper limit.
//! What a person sends themselves is judged by [`crate::routing`], which refuses the same sorts of numbers.
//!
//! Not here: how many were sent today (the ledger), how many parts a text has ([`crate::segments`]).

use serde::{Deserialize, Serialize};

use crate::phone::{self, PhoneType};

/// What becomes of an automatic text message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Toll {
    /// It may go.
    Free,
    /// The number is not in the shop's country, or in none: a person says yes or no.
    Abroad,
    /// The day's limit would be passed: nothing more goes by itself today.
    CapReached {
        /// Parts that have gone today.
        spent: u32,
        /// The limit.
        cap: u32,
    },
    /// Nothing is ever sent to such a number.
    Never {
        /// Its sort.
        phone_type: PhoneType,
    },
}

/// Judges one automatic text message of `parts` parts to a normalized number (`+` and digits, or a short code).
/// `home_country` is ISO 3166 such as `DE`; without a known one every number is abroad. `spent_today` and `cap` count
/// parts, because these are what is paid for.
pub fn check(number: &str, home_country: &str, parts: u32, spent_today: u32, cap: u32) -> Toll {
    let phone = phone::classify(number);
    if phone.phone_type.refusal().is_some() {
        return Toll::Never { phone_type: phone.phone_type };
    }
    if !phone.country.is_some_and(|country| country.eq_ignore_ascii_case(home_country.trim())) {
        return Toll::Abroad;
    }
    // A message without text has one part too.
    match spent_today.checked_add(parts.max(1)) {
        Some(total) if total <= cap => Toll::Free,
        _ => Toll::CapReached { spent: spent_today, cap },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus;

    const CAP: Toll = Toll::CapReached { spent: 49, cap: 50 };

    fn never(phone_type: PhoneType) -> Toll {
        Toll::Never { phone_type }
    }

    #[test]
    fn numbers_and_what_becomes_of_them() {
        let table = [
            ("+4915123456789", "DE", Toll::Free),
            ("+4915123456789", " de", Toll::Free),
            ("+4915123456789", "AT", Toll::Abroad),
            ("+4915123456789", "", Toll::Abroad),
            ("+41795550123", "CH", Toll::Free),
            ("+41795550123", "DE", Toll::Abroad),
            ("+436645550101", "AT", Toll::Free),
            // Kenya, an island with an American number, a satellite, free numbers of no country.
            ("+254712123456", "DE", Toll::Abroad),
            ("+18765550123", "US", Toll::Abroad),
            ("+12025550123", "US", Toll::Free),
            ("+80012345678", "DE", Toll::Abroad),
            // Dear at home and abroad alike.
            ("+499001234567", "DE", never(PhoneType::PremiumRate)),
            ("+41901123456", "DE", never(PhoneType::PremiumRate)),
            ("+41848123456", "CH", never(PhoneType::SharedCost)),
            ("+97912345678", "DE", never(PhoneType::Unknown)),
            ("22022", "DE", never(PhoneType::ShortCode)),
            ("", "DE", never(PhoneType::ShortCode)),
        ];
        for (number, home, expected) in table {
            assert_eq!(check(number, home, 1, 0, 50), expected, "{number} from {home}");
        }
    }

    #[test]
    fn the_limit_of_a_day_counts_parts() {
        let home = |parts, spent, cap| check("+4915123456789", "DE", parts, spent, cap);
        assert_eq!(home(1, 49, 50), Toll::Free);
        assert_eq!(home(2, 49, 50), CAP);
        assert_eq!(home(0, 50, 50), Toll::CapReached { spent: 50, cap: 50 }, "an empty text is one part");
        assert_eq!(home(1, 0, 0), Toll::CapReached { spent: 0, cap: 0 });
        assert_eq!(home(u32::MAX, 49, 50), CAP, "sums do not run over");
        // What a person is asked about is not a matter of the limit, and neither is what never goes.
        assert_eq!(check("+41795550123", "DE", 1, 50, 50), Toll::Abroad);
        assert_eq!(check("22022", "DE", 1, 50, 50), never(PhoneType::ShortCode));
    }

    #[test]
    fn a6_examples_of_all_countries() {
        let Some(text) = corpus::text("phone-types/examples.json") else { return };
        let examples: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        let dear = ["PREMIUM_RATE", "SHARED_COST", "PAGER", "PERSONAL_NUMBER", "VOICEMAIL"];
        let (mut refused, mut free) = (0, 0);
        for example in &examples {
            let field = |key: &str| example.get(key).and_then(|v| v.as_str()).unwrap_or_default();
            let (number, region, label) = (field("e164"), field("region"), field("type"));
            let from_home = check(number, region, 1, 0, 50);
            let from_abroad = check(number, if region == "DE" { "FR" } else { "DE" }, 1, 0, 50);
            if dear.contains(&label) {
                assert!(matches!(from_home, Toll::Never { .. }), "{region} {number} {label}: {from_home:?}");
                assert!(matches!(from_abroad, Toll::Never { .. }), "{region} {number} {label}");
                refused += 1;
            }
            assert_ne!(from_abroad, Toll::Free, "{region} {number} {label}");
            free += usize::from(from_home == Toll::Free);
        }
        println!("{} examples: {refused} are dear and refused, {free} free at home", examples.len());
        assert!(refused > 50 && free > 100, "{refused} {free}");
    }

    #[test]
    fn a6_no_short_code() {
        let Some(text) = corpus::text("phone-types/shortcodes.json") else { return };
        let codes: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        for code in &codes {
            let field = |key: &str| code.get(key).and_then(|v| v.as_str()).unwrap_or_default();
            let digits: String = field("Prefix").chars().filter(char::is_ascii_digit).collect();
            let verdict = check(&digits, field("Region"), 1, 0, 50);
            assert_eq!(verdict, never(PhoneType::ShortCode), "{} {digits}", field("Region"));
        }
        assert!(codes.len() > 100);
    }

    proptest! {
        #[test]
        fn never_more_than_the_limit(number in "[+0-9]{0,16}", home in "[A-Z]{0,2}", parts: u32, spent: u32, cap in 0u32..500) {
            if check(&number, &home, parts, spent, cap) == Toll::Free {
                prop_assert!(u64::from(spent) + u64::from(parts) <= u64::from(cap));
                prop_assert!(phone::refusal(&number).is_none());
            }
        }
    }
}
