//! The configuration files of both servers.

use std::fs;
use std::os::unix::fs::chown;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::{DOMAIN, MailStack, PASSWORD};
use crate::authority::Authority;

/// Whose files the mails are: Dovecot refuses root.
pub(crate) struct Owner {
    pub(crate) user: String,
    pub(crate) group: String,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) is_root: bool,
}

impl Owner {
    pub(crate) fn of_mail() -> Result<Self> {
        let own: u32 = id(&["-u"])?.parse()?;
        let user = if own == 0 { "mail".to_owned() } else { id(&["-un"])? };
        Ok(Self {
            group: id(&["-gn", &user])?,
            uid: id(&["-u", &user])?.parse()?,
            gid: id(&["-g", &user])?.parse()?,
            user,
            is_root: own == 0,
        })
    }

    /// Gives a file or folder to the owner of the mails.
    pub(super) fn own(&self, path: &Path) -> Result<()> {
        if self.is_root {
            chown(path, Some(self.uid), Some(self.gid))?;
        }
        Ok(())
    }
}

fn id(arguments: &[&str]) -> Result<String> {
    let output = Command::new("id").args(arguments).output().context("the program id is missing")?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

pub(super) fn write(stack: &MailStack) -> Result<()> {
    let folder = &stack.folder;
    for part in
        ["dovecot/run", "dovecot/state", "mail", "log", "chasquid/conf/certs/localhost", "chasquid/data"]
    {
        fs::create_dir_all(folder.join(part))?;
    }
    fs::create_dir_all(folder.join("chasquid/conf/domains").join(DOMAIN))?;
    stack.owner.own(&folder.join("mail"))?;
    fs::write(stack.password_file(), PASSWORD)?;
    let authority = Authority::new()?;
    authority.write_into(folder)?;
    let signed = authority.sign(&["localhost", "127.0.0.1"])?;
    signed.write(&folder.join("server.pem"), &folder.join("server.key"))?;
    let certs = folder.join("chasquid/conf/certs/localhost");
    signed.write(&certs.join("fullchain.pem"), &certs.join("privkey.pem"))?;
    fs::write(folder.join("dovecot/users"), "")?;
    fs::write(folder.join("dovecot/dovecot.conf"), dovecot(stack))?;
    fs::write(folder.join("chasquid/conf/chasquid.conf"), chasquid(stack))?;
    Ok(())
}

pub(super) fn add_user(stack: &MailStack, name: &str) -> Result<()> {
    let home = stack.folder.join("mail").join(name);
    fs::create_dir_all(&home)?;
    stack.owner.own(&home)?;
    let users = stack.folder.join("dovecot/users");
    let mut text = fs::read_to_string(&users)?;
    text.push_str(&format!(
        "{name}@{DOMAIN}:{{PLAIN}}{PASSWORD}:{}:{}::{}::\n",
        stack.owner.uid,
        stack.owner.gid,
        home.display()
    ));
    write_users(stack, &text)
}

pub(super) fn set_password(stack: &MailStack, name: &str, password: &str) -> Result<()> {
    let users = stack.folder.join("dovecot/users");
    let start = format!("{name}@{DOMAIN}:");
    let text: String = fs::read_to_string(&users)?
        .lines()
        .map(|line| match line.strip_prefix(&start).and_then(|rest| rest.split_once(':')) {
            Some((_, rest)) => format!("{start}{{PLAIN}}{password}:{rest}\n"),
            None => format!("{line}\n"),
        })
        .collect();
    write_users(stack, &text)
}

/// The file is replaced in one step, so that the server never reads half of it.
fn write_users(stack: &MailStack, text: &str) -> Result<()> {
    let fresh = stack.folder.join("dovecot/users.new");
    fs::write(&fresh, text)?;
    fs::rename(&fresh, stack.folder.join("dovecot/users"))?;
    Ok(())
}

fn dovecot(stack: &MailStack) -> String {
    let folder = stack.folder.display();
    let (user, group) = (&stack.owner.user, &stack.owner.group);
    let mailbox =
        |name| format!("  mailbox {name} {{\n    special_use = \\{name}\n    auto = subscribe\n  }}\n");
    let mailboxes = ["Drafts", "Sent", "Archive", "Trash", "Junk"].map(mailbox).concat();
    let capability = stack.capability.map(|c| format!("protocol imap {{\n  imap_capability = {c}\n}}\n"));
    let capability = capability.unwrap_or_default();
    // Dovecot wants a line break after every opening brace.
    format!(
        "base_dir = {folder}/dovecot/run
state_dir = {folder}/dovecot/state
log_path = /dev/stderr
instance_name = theke-{imap}
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/dovecot/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {folder}/dovecot/users
}}
namespace inbox {{
  inbox = yes
  separator = /
{mailboxes}}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  unix_listener auth-chasquid-userdb {{
    mode = 0666
  }}
  unix_listener auth-chasquid-client {{
    mode = 0666
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@{DOMAIN}
}}
{capability}",
        imap = stack.imap_port,
        imaps = stack.imaps_port,
        lmtp = stack.lmtp_port,
    )
}

fn chasquid(stack: &MailStack) -> String {
    let folder = stack.folder.display();
    let arguments: String = [
        format!("--addr=127.0.0.1:{}", stack.lmtp_port),
        "--addr_network=tcp".to_owned(),
        "-f".to_owned(),
        "%from%".to_owned(),
        "-d".to_owned(),
        "%to_user%@%to_domain%".to_owned(),
    ]
    .iter()
    .map(|argument| format!("mail_delivery_agent_args: \"{argument}\"\n"))
    .collect();
    format!(
        "hostname: \"localhost\"
smtp_address: \"127.0.0.1:{smtp}\"
submission_address: \"127.0.0.1:{submission}\"
submission_over_tls_address: \"127.0.0.1:{submissions}\"
data_dir: \"{folder}/chasquid/data\"
mail_log_path: \"<stderr>\"
dovecot_auth: true
dovecot_userdb_path: \"{folder}/dovecot/run/auth-chasquid-userdb\"
dovecot_client_path: \"{folder}/dovecot/run/auth-chasquid-client\"
mail_delivery_agent_bin: \"/usr/bin/mda-lmtp\"
{arguments}",
        smtp = stack.smtp_port,
        submission = stack.submission_port,
        submissions = stack.submissions_port,
    )
}
