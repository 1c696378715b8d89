//! Where synchronisation goes on, per folder. Text for the store, JSON for us.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::channel::Cursor;
use crate::error::{Error, ErrorKind, Result};

/// Which folder it is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    Inbox,
    Sent,
}

/// How far one folder has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The folder's name as on the wire.
    pub(crate) name: String,
    pub(crate) role: Role,
    /// UIDVALIDITY; 0 before the first poll.
    pub(crate) validity: u32,
    /// Every UID up to this one was seen by `poll`, or is below `headers`.
    pub(crate) top: u32,
    /// Headers of every UID from here to the first `top` are handed in; 0 when all are.
    pub(crate) headers: u32,
    /// Small mails from here up are handed in whole; 0 when all are.
    pub(crate) bodies: u32,
    /// The text of large mails from here up is handed in; 0 when all are.
    pub(crate) large: u32,
    /// HIGHESTMODSEQ up to which flags are known.
    pub(crate) mod_seq: u64,
    /// How many messages the folder held up to `top`, so that a later number tells whether some have gone; `None` in
    /// a position of before, and where the server names what is gone by itself.
    #[serde(default)]
    pub(crate) count: Option<u32>,
    /// UIDs from here up were handed in by the first poll, so they are fetched whole whatever their age.
    #[serde(default)]
    pub(crate) newest: u32,
    /// From this day on everything is here, or on its way; `None` is from the beginning.
    #[serde(default)]
    pub(crate) since: Option<Date>,
    /// What came from this day on was here before, so only what is older is on its way.
    #[serde(default)]
    pub(crate) before: Option<Date>,
    /// How many messages were on their way when it began; `None` in a position of before.
    #[serde(default)]
    pub(crate) total: Option<u32>,
}

impl Place {
    pub(crate) fn new(name: &str, role: Role) -> Self {
        Self {
            name: name.to_owned(),
            role,
            validity: 0,
            top: 0,
            headers: 0,
            bodies: 0,
            large: 0,
            mod_seq: 0,
            count: None,
            newest: 0,
            since: None,
            before: None,
            total: None,
        }
    }

    pub(crate) fn is_new(&self) -> bool {
        self.validity == 0
    }

    /// Whether all that was wanted is here.
    pub(crate) fn is_filled(&self) -> bool {
        self.headers == 0 && self.bodies == 0 && self.large == 0
    }

    /// Begins to fetch what is older, once all that was wanted so far is here. What was begun is always ended first,
    /// so that no message lies between two stretches; for the same reason a shorter wish changes nothing.
    pub(crate) fn reach_back(&mut self, wanted: Option<Date>) {
        let Some(since) = self.since.filter(|_| !self.is_new() && self.is_filled()) else { return };
        if wanted.is_some_and(|wanted| wanted >= since) {
            return;
        }
        (self.before, self.since, self.total) = (Some(since), wanted, Some(0));
        (self.headers, self.bodies, self.large) = (self.newest, self.newest, self.newest);
    }

    /// The search for what is on its way below this UID. Days are those of the server's clock.
    pub(crate) fn below(&self, uid: u32) -> String {
        let day = |date: Date| date.strftime("%-d-%b-%Y");
        let since = self.since.map_or_else(String::new, |date| format!(" SINCE {}", day(date)));
        let before = self.before.map_or_else(String::new, |date| format!(" BEFORE {}", day(date)));
        format!("UID 1:{uid}{since}{before}")
    }

    /// Whether some of the folder is left at the server.
    pub(crate) fn is_bounded(&self) -> bool {
        self.since.is_some() || self.before.is_some()
    }

    /// Whether backfill has come as far in both.
    pub(crate) fn as_filled_as(&self, other: &Self) -> bool {
        let progress = |p: &Self| (p.role, p.validity, p.headers, p.bodies, p.large, p.since, p.before);
        self.name == other.name && progress(self) == progress(other)
    }
}

/// How far an account has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    pub(crate) folders: Vec<Place>,
}

impl Position {
    /// Reads a cursor; the start is an empty position.
    pub(crate) fn read(cursor: &Cursor) -> Result<Self> {
        if cursor.is_start() {
            return Ok(Self::default());
        }
        serde_json::from_str(&cursor.0)
            .map_err(|e| Error::new(ErrorKind::Protocol, "the stored position cannot be read").with_source(e))
    }

    pub(crate) fn write(&self) -> Result<Cursor> {
        serde_json::to_string(self)
            .map(Cursor)
            .map_err(|e| Error::new(ErrorKind::Protocol, "the position cannot be written").with_source(e))
    }

    /// If backfill has come as far here as in `at`, goes on to where it is in `then`.
    pub(crate) fn advance(&mut self, at: &Self, then: &Self) -> bool {
        let same = self.folders.len() == at.folders.len()
            && self.folders.iter().zip(&at.folders).all(|(a, b)| a.as_filled_as(b));
        if !same || at.folders.len() != then.folders.len() {
            return false;
        }
        for (place, then) in self.folders.iter_mut().zip(&then.folders) {
            (place.headers, place.bodies, place.large) = (then.headers, then.bodies, then.large);
            (place.since, place.before, place.total) = (then.since, then.before, then.total);
        }
        true
    }

    /// Takes up the folders that the account has at present; one that is new starts from nothing.
    pub(crate) fn adopt(&mut self, folders: &[(String, Role)]) {
        self.folders
            .retain(|place| folders.iter().any(|(name, role)| *name == place.name && *role == place.role));
        for (name, role) in folders {
            if !self.folders.iter().any(|place| place.role == *role) {
                self.folders.push(Place::new(name, *role));
            }
        }
        self.folders.sort_by_key(|place| place.role == Role::Sent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_survive_and_folders_come_and_go() {
        let mut position = Position::read(&Cursor::start()).unwrap();
        position.adopt(&[("INBOX".into(), Role::Inbox), ("Sent".into(), Role::Sent)]);
        position.folders.first_mut().unwrap().validity = 7;
        let mut again = Position::read(&position.write().unwrap()).unwrap();
        assert_eq!(again, position);
        again.adopt(&[("INBOX".into(), Role::Inbox), ("Gesendet".into(), Role::Sent)]);
        let names: Vec<(&str, u32)> = again.folders.iter().map(|p| (p.name.as_str(), p.validity)).collect();
        assert_eq!(names, [("INBOX", 7), ("Gesendet", 0)]);
        assert!(Position::read(&Cursor("{".into())).is_err());
    }
}
