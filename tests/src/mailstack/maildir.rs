//! The mails as files: put in, read, and given new ids.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, bail};

use super::{DOMAIN, MailStack, PATIENCE};

static NTH: AtomicU64 = AtomicU64::new(0);

impl MailStack {
    /// The Maildir of a user's folder; `INBOX` is the root.
    pub fn maildir(&self, user: &str, folder: &str) -> PathBuf {
        let root = self.folder.join("mail").join(user).join("Maildir");
        if folder.eq_ignore_ascii_case("INBOX") { root } else { root.join(format!(".{folder}")) }
    }

    /// Puts a mail into a folder as a file that no server has seen.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn drop_into(&self, user: &str, folder: &str, raw: &[u8]) -> PathBuf {
        self.put(user, folder, raw, None)
    }

    /// The same with Maildir flags such as `S` (seen) or `RS` (answered and seen).
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn drop_into_with_flags(&self, user: &str, folder: &str, raw: &[u8], flags: &str) -> PathBuf {
        self.put(user, folder, raw, Some(flags))
    }

    /// Puts a mail into INBOX that the server says to have received (INTERNALDATE) at this moment.
    ///
    /// # Panics
    /// If it cannot be written.
    #[allow(clippy::expect_used, reason = "a test cannot go on without its mail")]
    pub fn drop_at(&self, user: &str, raw: &[u8], at: SystemTime) -> PathBuf {
        self.try_put(user, "INBOX", raw, None, Some(at)).expect("the Maildir can be written")
    }

    #[allow(clippy::expect_used, reason = "a test cannot go on without its mail")]
    fn put(&self, user: &str, folder: &str, raw: &[u8], flags: Option<&str>) -> PathBuf {
        self.try_put(user, folder, raw, flags, None).expect("the Maildir can be written")
    }

    fn try_put(
        &self,
        user: &str,
        folder: &str,
        raw: &[u8],
        flags: Option<&str>,
        at: Option<SystemTime>,
    ) -> Result<PathBuf> {
        let maildir = self.maildir(user, folder);
        let mut made = vec![self.maildir(user, "INBOX"), maildir.clone()];
        made.extend(["cur", "new", "tmp"].map(|part| maildir.join(part)));
        for part in made {
            if !part.is_dir() {
                fs::create_dir_all(&part)?;
                self.owner.own(&part)?;
            }
        }
        if !folder.eq_ignore_ascii_case("INBOX") {
            fs::write(maildir.join("maildirfolder"), "")?;
            self.owner.own(&maildir.join("maildirfolder"))?;
        }
        let millis = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_millis();
        let name = format!(
            "{}.P{}Q{:06}.test",
            millis / 1000,
            std::process::id(),
            NTH.fetch_add(1, Ordering::Relaxed)
        );
        let draft = maildir.join("tmp").join(&name);
        fs::write(&draft, raw)?;
        if let Some(at) = at {
            // Dovecot takes the INTERNALDATE of a Maildir from there.
            fs::File::options().write(true).open(&draft)?.set_modified(at)?;
        }
        self.owner.own(&draft)?;
        let place = match flags {
            None => maildir.join("new").join(&name),
            Some(flags) => maildir.join("cur").join(format!("{name}:2,{flags}")),
        };
        fs::rename(&draft, &place)?;
        Ok(place)
    }

    /// The raw mails that lie in a folder, by arrival.
    ///
    /// # Panics
    /// If they cannot be read.
    #[allow(clippy::expect_used, reason = "a test cannot go on without its mail")]
    pub fn messages(&self, user: &str, folder: &str) -> Vec<Vec<u8>> {
        self.try_messages(user, folder).expect("the Maildir can be read")
    }

    fn try_messages(&self, user: &str, folder: &str) -> Result<Vec<Vec<u8>>> {
        let maildir = self.maildir(user, folder);
        let mut files = Vec::new();
        for part in ["cur", "new"] {
            let Ok(listed) = fs::read_dir(maildir.join(part)) else { continue };
            for file in listed {
                files.push(file?.path());
            }
        }
        files.sort_by_key(|file| file.file_name().map(ToOwned::to_owned));
        // A server may rename a file between the listing and the reading: then it is read under its new name.
        files.iter().filter_map(|file| fs::read(file).ok()).map(Ok).collect()
    }

    /// Waits until `count` mails lie in a folder.
    ///
    /// # Panics
    /// If they do not come.
    #[allow(clippy::panic, reason = "the mail did not come")]
    pub fn wait_for(&self, user: &str, folder: &str, count: usize) -> Vec<Vec<u8>> {
        let until = Instant::now() + PATIENCE;
        loop {
            let found = self.messages(user, folder);
            if found.len() >= count {
                return found;
            }
            if Instant::now() > until {
                panic!("{} mails lie in {folder}, {count} were expected", found.len());
            }
            std::thread::park_timeout(Duration::from_millis(10));
        }
    }

    /// Gives a folder another UIDVALIDITY, as after a server was restored from a backup.
    ///
    /// # Panics
    /// If the server refuses.
    #[allow(clippy::expect_used, reason = "a test cannot go on")]
    pub fn expire_uidvalidity(&self, user: &str, folder: &str) {
        self.try_expire(user, folder).expect("the folder gets new ids");
    }

    /// The next mail in the folder gets at least this UID, as after years of mail that came and went.
    ///
    /// # Panics
    /// If the server refuses.
    #[allow(clippy::expect_used, reason = "a test cannot go on")]
    pub fn skip_uids(&self, user: &str, folder: &str, next: u32) {
        self.try_update(user, folder, "--min-next-uid", &next.to_string()).expect("the folder skips numbers");
    }

    fn try_expire(&self, user: &str, folder: &str) -> Result<()> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
        let validity = now + 1_000_000 + NTH.fetch_add(1, Ordering::Relaxed);
        self.try_update(user, folder, "--uid-validity", &validity.to_string())
    }

    fn try_update(&self, user: &str, folder: &str, option: &str, value: &str) -> Result<()> {
        let output = Command::new(super::find("doveadm")?)
            .arg("-c")
            .arg(self.folder.join("dovecot/dovecot.conf"))
            .args(["mailbox", "update", "-u", &format!("{user}@{DOMAIN}"), option, value, folder])
            .output()?;
        if !output.status.success() {
            bail!("doveadm: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }
}
