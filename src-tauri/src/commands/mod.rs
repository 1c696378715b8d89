//! What the window may call: one line each over `engine::api`, one file per area. The names are those of the api.
//!
//! A command exists only if `capabilities/main.json` names it (`tests/tidy.rs` compares the two lists), runs on the
//! async runtime and never on the window's thread, and answers a value or an `ApiError`.

mod accounts;
mod backups;
mod card;
mod composing;
mod contacts;
mod conversations;
mod decisions;
mod diagnostics;
mod dialogs;
mod hours;
mod inbox;
mod knowledge;
mod lock;
mod merging;
mod messages;
mod outbox;
mod overall;
mod privacy;
mod profile;
mod replies;
mod rules;
mod security;
mod sending;
mod wishes;

use tauri::ipc::Invoke;
use tauri::{Manager, Runtime};
use theke_engine::api::{ApiError, Code};

use crate::lock::Lock;
use crate::window;

type Handler<R> = Box<dyn Fn(Invoke<R>) -> bool + Send + Sync>;

/// The list. A macro, so that it can be read in one piece.
macro_rules! commands {
    () => {
        tauri::generate_handler![
            profile::profile_status,
            profile::profile_create,
            profile::profile_open,
            profile::practice_open,
            accounts::kinds,
            accounts::find_settings,
            accounts::accounts,
            accounts::account_add,
            accounts::account_check,
            accounts::account_check_settings,
            accounts::account_update,
            accounts::account_remove,
            accounts::account_set_enabled,
            accounts::account_try_now,
            accounts::account_pause_fetching,
            accounts::load_anyway,
            contacts::contacts,
            contacts::contact,
            contacts::contact_rename,
            contacts::contact_add_address,
            contacts::contact_remove_address,
            contacts::contact_prefer,
            wishes::contact_wishes,
            wishes::contact_refuse,
            wishes::habit_decline,
            wishes::wishes,
            wishes::wish_accept,
            rules::rules,
            rules::rule,
            rules::rule_versions,
            rules::rule_save,
            rules::rule_remove,
            rules::rule_switch,
            rules::rules_order,
            rules::rule_read,
            rules::rule_write,
            rules::packs,
            rules::pack_add,
            rules::rehearsal_start,
            rules::rehearsal,
            rules::rehearsal_stop,
            rules::automation,
            decisions::decisions_automatic,
            decisions::decisions_of,
            decisions::decision,
            decisions::decision_approve,
            decisions::decision_decline,
            decisions::decision_undo,
            decisions::decision_mark,
            knowledge::articles,
            knowledge::article_save,
            knowledge::article_checked,
            knowledge::article_remove,
            knowledge::proposals,
            knowledge::proposal_accept,
            knowledge::proposal_decline,
            wishes::wish_decline,
            wishes::wish_undo,
            merging::duplicates,
            merging::duplicates_of,
            merging::contacts_not_same,
            merging::contacts_merge_sure,
            merging::contact_merge_preview,
            merging::contact_merge,
            merging::contact_unmerge,
            merging::contact_merges,
            card::contact_describe,
            card::contact_tag,
            card::contact_untag,
            card::contact_set_field,
            card::contact_set_address_state,
            card::contact_consent,
            card::contact_note,
            card::goodwill_save,
            card::goodwill_remove,
            card::tasks,
            card::task_save,
            card::task_set_done,
            card::task_remove,
            card::note_spoken,
            card::spoken_change,
            card::shop_fields,
            card::field_save,
            card::fields_order,
            card::field_remove,
            card::tag_rename,
            card::tag_remove,
            conversations::conversations,
            conversations::conversation,
            conversations::conversation_set_status,
            conversations::conversation_mark_seen,
            messages::message,
            messages::message_frame,
            messages::message_source,
            messages::attachment_open,
            messages::attachment_preview,
            messages::attachment_save,
            messages::link_open,
            sending::route,
            sending::reply,
            sending::segments,
            sending::draft,
            outbox::outbox,
            outbox::outbox_retry,
            outbox::outbox_cancel,
            outbox::outbox_check,
            outbox::outbox_set_time,
            overall::search,
            overall::settings_get,
            overall::settings_set,
            overall::overview,
            overall::doctor,
            overall::backup,
            overall::drawn,
            diagnostics::diagnostics,
            diagnostics::diagnostics_save,
            backups::backups,
            backups::backup_check,
            backups::backup_look,
            backups::restore_automatic,
            backups::restore_kept,
            backups::restore_file,
            privacy::retention_preview,
            privacy::contacts_import_rehearse,
            privacy::contacts_import,
            privacy::contacts_export,
            privacy::access_report_save,
            privacy::contact_erase,
            privacy::contact_restrict,
            privacy::protection,
            privacy::protection_record_save,
            security::security,
            security::passphrase_set,
            security::passphrase_remove,
            security::recovery_code_new,
            lock::lock_state,
            lock::lock,
            lock::unlock,
            lock::touch,
            lock::pin_set,
            lock::pin_remove,
            inbox::conversation_list,
            inbox::conversations_change,
            inbox::message_move,
            inbox::message_split,
            inbox::conversation_join,
            inbox::contact_block,
            inbox::blocked,
            inbox::undo,
            inbox::undo_last,
            inbox::changes,
            inbox::note_add,
            inbox::note_change,
            hours::snooze_presets,
            hours::open_now,
            hours::holidays,
            hours::states,
            composing::route_new,
            composing::compose_new,
            composing::draft_keep,
            composing::new_drafts,
            composing::draft_remove,
            composing::attachment_stage,
            composing::attachment_stage_file,
            composing::attachment_stage_clipboard,
            composing::attachment_unstage,
            composing::outbox_send_now,
            replies::standard_replies,
            replies::standard_reply_save,
            replies::standard_reply_remove,
            replies::standard_reply_uses,
            replies::standard_reply_fill,
            replies::placeholders,
            replies::standard_replies_export,
            replies::standard_replies_import,
            replies::pictures_allow,
            replies::pictures_forget,
            replies::pictures_allowed,
            dialogs::pick_files,
            dialogs::pick_folder,
            dialogs::pick_save,
            dialogs::pick_open,
        ]
    };
}

/// All commands, for the main window alone and, while that is locked, only those that open it. Tauri has checked the capability before this is asked; the label is
/// checked once more here, so that a second window can never inherit the commands by a slip in that file.
pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    let ours: Handler<R> = Box::new(commands!());
    move |invoke| {
        let page = invoke.message.webview_ref();
        let is_ours = page.label() == window::LABEL;
        let admitted = page.state::<Lock>().admit(invoke.message.command());
        match admitted {
            Ok(()) if is_ours => return ours(invoke),
            Err(locked) if is_ours => {
                invoke.resolver.reject(locked);
                return true;
            }
            _ => {}
        }
        invoke
            .resolver
            .reject(ApiError::new(Code::Internal, "This window may not ask the program for anything."));
        true
    }
}
