//! E-mail: IMAP in, SMTP out, MIME between.

pub mod mime;
