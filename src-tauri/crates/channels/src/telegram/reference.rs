//! How a message is named towards the engine: `chat/message`, for chats of a connected business account
//! `chat/message/bCONNECTION`, for an edit `chat/message/eSECONDS` behind that. The same text is the remote id and the
//! thread reference, so that an answer finds what it answers, and a reply knows through which connection it goes.

/// A message's name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) chat: i64,
    pub(super) message: i64,
    pub(super) business: Option<String>,
    pub(super) edited_at: Option<i64>,
}

impl Reference {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let chat = parts.next()?.parse().ok()?;
        let message = parts.next()?.parse().ok()?;
        let mut reference = Self { chat, message, business: None, edited_at: None };
        for part in parts {
            if let Some(connection) = part.strip_prefix('b') {
                reference.business = Some(connection.to_owned());
            } else {
                reference.edited_at = Some(part.strip_prefix('e')?.parse().ok()?);
            }
        }
        Some(reference)
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.chat, self.message)?;
        if let Some(connection) = &self.business {
            write!(f, "/b{connection}")?;
        }
        if let Some(at) = self.edited_at {
            write!(f, "/e{at}")?;
        }
        Ok(())
    }
}
