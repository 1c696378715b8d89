//! The profile as a whole: setting up, backup, restore, health.

use std::path::PathBuf;

use clap::Args;
use theke_engine::api::types::DoctorCheck;
use theke_engine::api::{self, Profile};

use crate::failure::{Failure, Outcome};
use crate::output::{Answer, sheet, table};
use crate::session::{Session, absolute};

/// Words of `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The shop's name
    #[arg(long, value_name = "NAME")]
    shop: String,
    /// The shop's country, for national telephone numbers
    #[arg(long, value_name = "CODE", value_parser = country)]
    country: String,
}

/// Words of `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// File to write; an older one of this name is replaced
    file: PathBuf,
}

/// Words of `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// File that `backup` or the daily backup wrote
    file: PathBuf,
}

/// Two letters as in ISO 3166-1, in any case.
pub fn country(text: &str) -> Result<String, String> {
    if text.len() == 2 && text.chars().all(|c| c.is_ascii_alphabetic()) {
        Ok(text.to_ascii_uppercase())
    } else {
        Err("a country is two letters such as DE, AT or CH".to_owned())
    }
}

/// `init`.
pub async fn init(words: Init, session: &Session) -> Outcome<Answer> {
    let made = Profile::create(
        &session.dir()?,
        &words.shop,
        &words.country,
        session.passphrase()?,
        &session.ports()?,
    )
    .await?;
    let human = format!(
        "The profile is in {}\n\nRecovery code: {}\n\nWrite it down and keep it away from this computer. It opens the \
         profile and its backups\nwhen keychain and passphrase are lost. It is not shown again.\n\nNext: thekectl accounts kinds",
        made.profile, made.recovery_code
    );
    Ok(Answer::new(&made, human))
}

/// `backup`.
pub async fn backup(words: Backup, session: &Session) -> Outcome<Answer> {
    let made = session.open().await?.backup(absolute(&words.file)?).await?;
    let human = format!("{} messages, {} bytes, checked: {}", made.messages, made.bytes, made.file);
    Ok(Answer::new(&made, human))
}

/// `restore`.
pub async fn restore(words: Restore, session: &Session) -> Outcome<Answer> {
    // With a recovery code the passphrase is the one of the future, without it that of the backup.
    let passphrase = if session.recovery_code()?.is_some() { session.passphrase()? } else { None };
    let key = session.key()?;
    let made = api::restore_with(&session.dir()?, &words.file, key, passphrase, &session.ports()?).await?;
    let human = format!(
        "{} messages are back. What was waiting to be sent is in doubt and asks: thekectl outbox list\n\
         Automation stays off until somebody turns it on: thekectl automation on",
        made.messages
    );
    Ok(Answer::new(&made, human))
}

/// `doctor`. Finding something wrong is what it is for, so that is no failure; a profile that does not open is.
pub async fn doctor(session: &Session) -> Outcome<Answer> {
    let (checks, trouble) = match session.open().await {
        Ok(api) => (api.doctor().await?, None),
        Err(failure) => (vec![closed(&failure)], Some(failure)),
    };
    let rows: Vec<_> = checks
        .iter()
        .map(|c| vec![if c.ok { "ok" } else { "!!" }.to_owned(), c.check.clone(), c.message.clone()])
        .collect();
    let mut human = table(&["", "check", "found"], &rows, "");
    for check in checks.iter().filter(|c| !c.ok && c.advice.is_some()) {
        human.push_str("\n\n");
        human.push_str(&sheet(&[(check.check.as_str(), check.advice.clone().unwrap_or_default())]));
    }
    Ok(Answer::new(&checks, human).with_trouble(trouble))
}

/// `diagnostics`.
pub async fn diagnostics(session: &Session) -> Outcome<Answer> {
    let text = session.open().await?.diagnostics(&[]).await?;
    Ok(Answer::new(&serde_json::json!({ "text": text }), text.trim_end()))
}

fn closed(failure: &Failure) -> DoctorCheck {
    DoctorCheck {
        check: "profile".to_owned(),
        ok: false,
        message: "It could not be opened, so nothing else was looked at.".to_owned(),
        advice: Some(failure.message.clone()),
    }
}
