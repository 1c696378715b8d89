//! Whether the shop is open, when next, and why not; and the holidays of its state.

use clap::Args;
use serde_json::json;
use theke_engine::api::types::{HolidayView, OpenView};

use crate::failure::Outcome;
use crate::output::{Answer, plain};
use crate::session::Session;

/// Whether the shop is open, when next, and why not.
#[derive(Debug, Args)]
pub struct Hours {
    /// At this time and not now, RFC 3339
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// The holidays of the shop's state in this year and the next
    #[arg(long, value_name = "YEAR", conflicts_with = "at")]
    holidays: Option<i16>,
}

/// Does what the words say.
pub async fn run(words: Hours, session: &Session) -> Outcome<Answer> {
    let api = session.open().await?;
    if let Some(year) = words.holidays {
        let holidays = api.holidays(Some(year)).await?;
        return Ok(Answer::new(&holidays, listed(&holidays)));
    }
    let open = api.open_at(words.at).await?;
    let value = json!({ "open": open.open, "next_open": open.next_open, "next_close": open.next_close, "why": open.why });
    Ok(Answer::new(&value, said(&open)))
}

fn said(view: &OpenView) -> String {
    let until = view.next_change_at.as_ref().map(|at| format!(" until {at}")).unwrap_or_default();
    let why = view.why.as_ref().map(|why| format!(" ({} {})", why.code, plain(&why.name)).replace(" )", ")"));
    format!("The shop is {}{until}{}.", if view.open { "open" } else { "closed" }, why.unwrap_or_default())
}

fn listed(holidays: &[HolidayView]) -> String {
    if holidays.is_empty() {
        return "No holidays are known. Set shop.state first, such as DE-BY.".to_owned();
    }
    let line = |day: &HolidayView| {
        let state = match (day.closed, day.everywhere) {
            (true, _) => "closed",
            (false, true) => "open",
            (false, false) => "not kept",
        };
        format!("{}  {:<8}  {} ({})", day.date, state, day.name, day.holiday)
    };
    holidays.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use theke_engine::api::types::ClosedView;

    use super::*;

    #[test]
    fn a_person_reads_one_sentence() {
        let mut view = OpenView {
            open: false,
            next_change_at: Some("2026-04-07T07:00:00Z".to_owned()),
            next_open: None,
            next_close: None,
            why: Some(ClosedView { code: "holiday".to_owned(), name: "Karfreitag".to_owned() }),
        };
        assert_eq!(said(&view), "The shop is closed until 2026-04-07T07:00:00Z (holiday Karfreitag).");
        view.why = Some(ClosedView { code: "outside_hours".to_owned(), name: String::new() });
        assert_eq!(said(&view), "The shop is closed until 2026-04-07T07:00:00Z (outside_hours).");
        view = OpenView { open: true, next_change_at: None, why: None, ..view };
        assert_eq!(said(&view), "The shop is open.");
        assert!(listed(&[]).contains("shop.state"));
    }
}
