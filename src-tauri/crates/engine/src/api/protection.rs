//! Data protection: the access report, erasing and restricting, the record of processing, the log. The work is
//! `crate::protection`; nothing here says whom it was about once it is done.

use std::path::{Path, PathBuf};

use theke_domain::ids::ContactId;
use theke_store::erased::Way;
use theke_store::person;
use theke_store::table::protection_log::{self, What};
use theke_store::table::{contacts, restriction};
use theke_store::words::Word;

use super::contacts::existing;
use super::types::{
    AccessReportView, ActivityView, ContractorView, ErasureView, Event, ProtectionLine, ProtectionView,
    RestrictedView,
};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::protection::record::{self, Record};
use crate::protection::report::{self, Report};
use crate::protection::{erase, record_page, report_page};
use crate::shared::off_thread;
use crate::{archive, settings};

/// Lines of the log that are shown.
const LOG_SHOWN: u32 = 100;
/// Restricted customers that are shown.
const RESTRICTED_SHOWN: u32 = 500;

impl Api {
    /// All that is held about a customer, as JSON.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn access_report(&self, id: i64) -> ApiResult<serde_json::Value> {
        let report = self.report_of(id).await?;
        serde_json::to_value(report).map_err(|error| ApiError::new(Code::Internal, error.to_string()))
    }

    /// Writes the report of a customer as a page to read and print, and beside it as JSON.
    ///
    /// # Errors
    /// `NotFound`; `BadInput` for a place that cannot be written.
    pub async fn access_report_save(&self, id: i64, file: PathBuf) -> ApiResult<AccessReportView> {
        let report = self.report_of(id).await?;
        let (html_file, json_file) = (file.with_extension("html"), file.with_extension("json"));
        let (_, zone) = self.shared.read(settings::opening).await?;
        let rows = report.rows();
        let view = AccessReportView {
            html_file: html_file.display().to_string(),
            json_file: json_file.display().to_string(),
            rows,
        };
        off_thread(move || {
            save(&html_file, report_page(&report, &zone).as_bytes())?;
            let json = serde_json::to_vec_pretty(&report);
            save(&json_file, &json.map_err(|error| ApiError::new(Code::Internal, error.to_string()))?)
        })
        .await?;
        Ok(view)
    }

    async fn report_of(&self, id: i64) -> ApiResult<Report> {
        let (now, registry) = (self.shared.now(), self.shared.registry.clone());
        let report = self
            .shared
            .read(move |conn| {
                let record = record::of(conn, &registry, now)?;
                report::of(conn, record, ContactId(id), now)
            })
            .await?;
        let report =
            report.ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no contact {id}.")))?;
        let rows = report.rows();
        self.shared.write(move |tx| protection_log::add(tx, What::Report, rows, now)).await?;
        Ok(report)
    }

    /// Erases a customer with all that names them. `keep_letters`: messages stay, restricted, where the law wants them kept.
    /// Nothing brings it back; the person is asked before.
    ///
    /// # Errors
    /// `NotFound`; `TooLate` while an answer to them is leaving.
    pub async fn contact_erase(&self, id: i64, keep_letters: bool) -> ApiResult<ErasureView> {
        let way = if keep_letters { Way::KeptLetters } else { Way::Everything };
        let gone = erase::one(&self.shared, ContactId(id), way).await?;
        Ok(ErasureView {
            messages: gone.messages,
            rows: gone.rows,
            addresses: gone.addresses,
            kept_letters: keep_letters,
        })
    }

    /// Restricts a customer, or lifts it: kept, but in no list, no search, no suggestion and no route.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn contact_restrict(&self, id: i64, restricted: bool) -> ApiResult<()> {
        let now = self.shared.now();
        self.shared
            .write_durable(move |tx| -> ApiResult<()> {
                existing(tx, id)?;
                let all = person::all_of(tx, ContactId(id))?;
                for one in &all {
                    if restricted {
                        restriction::restrict(tx, *one, now)?
                    } else {
                        restriction::lift(tx, *one)?
                    }
                }
                let what = if restricted { What::Restriction } else { What::RestrictionLifted };
                Ok(protection_log::add(tx, what, all.len() as u64, now)?)
            })
            .await?;
        self.shared.tell(Event::Refresh {});
        Ok(())
    }

    /// The record of processing, who processes for the shop, the log, and who is restricted.
    pub async fn protection(&self) -> ApiResult<ProtectionView> {
        let (now, registry) = (self.shared.now(), self.shared.registry.clone());
        let read = move |conn: &theke_store::Connection| {
            let record = record::of(conn, &registry, now)?;
            let log = protection_log::newest(conn, LOG_SHOWN)?;
            let mut restricted = Vec::new();
            for id in restriction::all(conn, RESTRICTED_SHOWN)? {
                let name = contacts::get(conn, id)?.map(|contact| contact.display_name).unwrap_or_default();
                let since = restriction::since(conn, id)?.map(view::at).unwrap_or_default();
                restricted.push(RestrictedView { id: id.0, name, since });
            }
            Ok::<_, theke_store::Error>((record, log, restricted))
        };
        let (record, log, restricted) = self.shared.read(read).await?;
        let line = |line: protection_log::Line| ProtectionLine {
            at: view::at(line.at),
            what: line.what.word().to_owned(),
            rows: line.rows,
        };
        let (activities, processors) = shown(&record);
        let log = log.into_iter().map(line).collect();
        Ok(ProtectionView { activities, processors, measures: record.measures, log, restricted })
    }

    /// Writes the record of processing as a page to read and print, and beside it as JSON; gives the page's place.
    ///
    /// # Errors
    /// `BadInput` for a place that cannot be written.
    pub async fn protection_record_save(&self, file: PathBuf) -> ApiResult<String> {
        let (now, registry) = (self.shared.now(), self.shared.registry.clone());
        let read = move |conn: &theke_store::Connection| {
            Ok::<_, theke_store::Error>((record::of(conn, &registry, now)?, settings::opening(conn)?.1))
        };
        let (record, zone) = self.shared.read(read).await?;
        let (html_file, json_file) = (file.with_extension("html"), file.with_extension("json"));
        let shown = html_file.display().to_string();
        off_thread(move || {
            save(&html_file, record_page(&record, &zone).as_bytes())?;
            let json = serde_json::to_vec_pretty(&record);
            save(&json_file, &json.map_err(|error| ApiError::new(Code::Internal, error.to_string()))?)
        })
        .await?;
        Ok(shown)
    }
}

fn save(file: &Path, bytes: &[u8]) -> ApiResult<()> {
    std::fs::write(file, bytes).map_err(|error| archive::unwritable(file, &error))
}

fn shown(record: &Record) -> (Vec<ActivityView>, Vec<ContractorView>) {
    let activity = |one: &record::Activity| ActivityView {
        name: one.name.clone(),
        purpose: one.purpose.clone(),
        basis: one.basis.clone(),
        people: one.people.clone(),
        details: one.details.clone(),
        recipients: one.recipients.clone(),
        kept: one.kept.clone(),
    };
    let processor = |one: &record::Party| ContractorView {
        account: one.account.clone(),
        kind: one.kind.clone(),
        server: one.server.clone(),
        what: one.what.clone(),
        advice: one.advice.clone(),
    };
    (record.activities.iter().map(activity).collect(), record.processors.iter().map(processor).collect())
}
