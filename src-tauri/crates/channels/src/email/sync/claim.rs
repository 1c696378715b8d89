//! Two computers at one mailbox: which of them answers a mail by itself.
//!
//! A keyword names the installation. It is stored on the condition that the mail did not change since its flags were
//! read; a plain STORE would claim nothing, because both computers could do it. The flags are read again afterwards:
//! servers drop keywords beyond their limit without a word, and one that ignores the condition is found out there.
//! Where two keywords stand nobody has won: rather no automatic answer than two.
//!
//! A keyword is never taken off. Not here: what is done with a mail that was claimed and not answered (engine).

use theke_domain::message::RemoteId;

use super::actions::gone;
use super::convert::parse_remote_id;
use crate::channel::Claim;
use crate::email::session::reply::Fetched;
use crate::email::session::worker::Line;
use crate::email::session::{Imap, Stored};
use crate::error::{Error, ErrorKind, Result, Retry};

/// What every claim begins with; the installation follows.
const PREFIX: &str = "$ThekeClaim-";
/// Longest installation: Dovecot keeps keywords of at most 50 characters.
const INSTALLATION_MAX: usize = 32;
/// How often the mail may change under our hands, by other programs that read, move and mark it.
const TRIES: usize = 8;

/// Who has claimed a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Nobody,
    Us,
    Another,
}

/// Keywords are the same in capitals and small letters.
fn holder(fetched: &Fetched, ours: &str) -> Holder {
    let is_claim = |word: &str| word.get(..PREFIX.len()).is_some_and(|p| p.eq_ignore_ascii_case(PREFIX));
    let claims = fetched.keywords.iter().filter(|word| is_claim(word));
    let (own, other): (Vec<_>, Vec<_>) = claims.partition(|claim| claim.eq_ignore_ascii_case(ours));
    match (own.is_empty(), other.is_empty()) {
        (_, false) => Holder::Another,
        (false, true) => Holder::Us,
        (true, true) => Holder::Nobody,
    }
}

/// The mail as it is now.
fn look(imap: &mut Imap, uid: u32) -> Result<Fetched> {
    let fetched = imap.fetch(&uid.to_string(), "UID FLAGS MODSEQ", 0)?;
    fetched.into_iter().rfind(|f| f.uid == Some(uid) && f.flags.is_some()).ok_or_else(gone)
}

/// Claims a mail for an installation.
pub(crate) fn claim(line: &mut Line, message: &RemoteId, installation: &str) -> Result<Claim> {
    let fits = (1..=INSTALLATION_MAX).contains(&installation.len())
        && installation.bytes().all(|b| b.is_ascii_alphanumeric());
    if !fits {
        return Err(Error::new(ErrorKind::Config, "this installation has no usable id"));
    }
    let ours = format!("{PREFIX}{installation}");
    let (folder, validity, uid) = parse_remote_id(message).ok_or_else(gone)?;
    line.with(|imap, _| {
        if !imap.abilities.condstore {
            return Ok(Claim::NotOffered);
        }
        let opened = imap.open(&folder, true)?;
        if opened.validity != validity {
            return Err(gone());
        }
        if !opened.takes_keywords || opened.mod_seq == 0 {
            return Ok(Claim::NotOffered);
        }
        settle(imap, uid, &ours)
    })
}

fn settle(imap: &mut Imap, uid: u32, ours: &str) -> Result<Claim> {
    for _ in 0..TRIES {
        let now = look(imap, uid)?;
        match (holder(&now, ours), now.mod_seq) {
            (Holder::Another, _) => return Ok(Claim::Lost),
            (Holder::Us, _) => return Ok(Claim::Won),
            (Holder::Nobody, None | Some(0)) => return Ok(Claim::NotOffered),
            (Holder::Nobody, Some(mod_seq)) => match imap.add_if_unchanged(uid, mod_seq, ours)? {
                Stored::Done => {
                    return Ok(match holder(&look(imap, uid)?, ours) {
                        Holder::Us => Claim::Won,
                        Holder::Another => Claim::Lost,
                        Holder::Nobody => Claim::NotOffered,
                    });
                }
                // Servers show what others did only between commands.
                Stored::Changed => drop(imap.asked("NOOP", 0)?),
                // Another program may have deleted the mail meanwhile, which is no refusal of keywords.
                Stored::Refused => {
                    imap.asked("NOOP", 0)?;
                    return Ok(match holder(&look(imap, uid)?, ours) {
                        Holder::Another => Claim::Lost,
                        Holder::Us | Holder::Nobody => Claim::NotOffered,
                    });
                }
            },
        }
    }
    let text = "the mail is being changed by another program all the time";
    Err(Error::new(ErrorKind::Rejected, text).with_retry(Retry::Backoff))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_keyword_stands_there() {
        let ours = "$ThekeClaim-ab12";
        let table: [(&[&str], Holder); 6] = [
            (&[], Holder::Nobody),
            (&["$Forwarded", "NonJunk", "$ThekeClaim"], Holder::Nobody),
            (&["$Forwarded", "$thekeclaim-AB12"], Holder::Us),
            (&["$ThekeClaim-ffff"], Holder::Another),
            (&["$ThekeClaim-ab12", "$ThekeClaim-ffff"], Holder::Another),
            (&["$ThekeClaim-ffff", "$ThekeClaim-ab12"], Holder::Another),
        ];
        for (keywords, expected) in table {
            let keywords = keywords.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(holder(&Fetched { keywords, ..Fetched::default() }, ours), expected);
        }
    }
}
