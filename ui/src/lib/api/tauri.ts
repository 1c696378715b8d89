/**
 * The real program: one `invoke` a question, one event for all that happens. The only file that imports
 * `@tauri-apps`. Nothing is decided here.
 */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Event } from './bindings/Event';
import type { Client, Drag } from './client';

/** A client over the window's commands. */
export function tauriClient(): Client {
  return {
    profileStatus: () => invoke('profile_status'),
    profileCreate: (shop, country, passphrase) => invoke('profile_create', { shop, country, passphrase }),
    profileOpen: (key) =>
      invoke('profile_open', { passphrase: key.passphrase ?? null, recoveryCode: key.recoveryCode ?? null }),

    kinds: () => invoke('kinds'),
    accounts: () => invoke('accounts'),
    accountAdd: (kind, values, secrets, check) => invoke('account_add', { kind, values, secrets, check }),
    accountCheck: (id) => invoke('account_check', { id }),
    accountCheckSettings: (kind, values, secrets) => invoke('account_check_settings', { kind, values, secrets }),
    accountUpdate: (id, values, secrets) => invoke('account_update', { id, values, secrets }),
    accountRemove: (id, withMessages) => invoke('account_remove', { id, withMessages }),
    accountSetEnabled: (id, enabled) => invoke('account_set_enabled', { id, enabled }),
    accountTryNow: (id) => invoke('account_try_now', { id }),
    accountPauseFetching: (id, paused) => invoke('account_pause_fetching', { id, paused }),
    loadAnyway: () => invoke('load_anyway'),

    contacts: (query, limit) => invoke('contacts', { query, limit }),
    contact: (id, before) => invoke('contact', { id, before }),
    contactRename: (id, name) => invoke('contact_rename', { id, name }),
    contactAddAddress: (id, text) => invoke('contact_add_address', { id, text }),
    contactRemoveAddress: (id, text) => invoke('contact_remove_address', { id, text }),
    contactPrefer: (id, medium) => invoke('contact_prefer', { id, medium }),
    contactWishes: (id) => invoke('contact_wishes', { id }),
    contactRefuse: (id, medium, refuses) => invoke('contact_refuse', { id, medium, refuses }),
    habitDecline: (id, medium) => invoke('habit_decline', { id, medium }),
    wishes: (conversation) => invoke('wishes', { conversation }),
    wishAccept: (id) => invoke('wish_accept', { id }),
    wishDecline: (id) => invoke('wish_decline', { id }),
    wishUndo: (id) => invoke('wish_undo', { id }),

    decisionsAutomatic: (before, rule, waiting, limit) => invoke('decisions_automatic', { before, rule, waiting, limit }),
    decisionsOf: (conversation) => invoke('decisions_of', { conversation }),
    decision: (id) => invoke('decision', { id }),
    decisionApprove: (id) => invoke('decision_approve', { id }),
    decisionDecline: (id) => invoke('decision_decline', { id }),
    decisionUndo: (id) => invoke('decision_undo', { id }),
    decisionMark: (id, mark) => invoke('decision_mark', { id, mark }),

    articles: () => invoke('articles'),
    articleSave: (input) => invoke('article_save', { input }),
    articleChecked: (id) => invoke('article_checked', { id }),
    articleRemove: (id) => invoke('article_remove', { id }),
    proposals: () => invoke('proposals'),
    proposalAccept: (id, name, text) => invoke('proposal_accept', { id, name, text }),
    proposalDecline: (id) => invoke('proposal_decline', { id }),

    duplicates: (limit) => invoke('duplicates', { limit }),
    duplicatesOf: (id) => invoke('duplicates_of', { id }),
    contactsNotSame: (a, b) => invoke('contacts_not_same', { a, b }),
    contactsMergeSure: () => invoke('contacts_merge_sure'),
    contactMergePreview: (a, b) => invoke('contact_merge_preview', { a, b }),
    contactMerge: (a, b, choices) => invoke('contact_merge', { a, b, choices }),
    contactUnmerge: (id) => invoke('contact_unmerge', { id }),
    contactMerges: (id) => invoke('contact_merges', { id }),
    contactDescribe: (id, input) => invoke('contact_describe', { id, input }),
    contactTag: (id, name) => invoke('contact_tag', { id, name }),
    contactUntag: (id, tag) => invoke('contact_untag', { id, tag }),
    contactSetField: (id, field, value) => invoke('contact_set_field', { id, field, value }),
    contactSetAddressState: (id, identity, state) => invoke('contact_set_address_state', { id, identity, state }),
    contactConsent: (id, input) => invoke('contact_consent', { id, input }),
    contactNote: (contact, text) => invoke('contact_note', { contact, text }),
    goodwillSave: (input) => invoke('goodwill_save', { input }),
    goodwillRemove: (id) => invoke('goodwill_remove', { id }),
    tasks: () => invoke('tasks'),
    taskSave: (input) => invoke('task_save', { input }),
    taskSetDone: (id, done) => invoke('task_set_done', { id, done }),
    taskRemove: (id) => invoke('task_remove', { id }),
    noteSpoken: (input) => invoke('note_spoken', { input }),
    spokenChange: (message, text) => invoke('spoken_change', { message, text }),
    shopFields: () => invoke('shop_fields'),
    fieldSave: (input) => invoke('field_save', { input }),
    fieldsOrder: (ids) => invoke('fields_order', { ids }),
    fieldRemove: (id) => invoke('field_remove', { id }),
    tagRename: (id, name) => invoke('tag_rename', { id, name }),
    tagRemove: (id) => invoke('tag_remove', { id }),

    conversations: (status, spam, page, limit) => invoke('conversations', { status, spam, page, limit }),
    conversation: (id, before) => invoke('conversation', { id, before }),
    conversationSetStatus: (id, status, until) => invoke('conversation_set_status', { id, status, until }),
    conversationMarkSeen: (id) => invoke('conversation_mark_seen', { id }),

    message: (id) => invoke('message', { id }),
    messageFrame: (id, pictures) => invoke('message_frame', { id, pictures }),
    messageSource: (id) => invoke('message_source', { id }),
    attachmentOpen: (id) => invoke('attachment_open', { id }),
    attachmentPreview: (id) => invoke('attachment_preview', { id }),
    attachmentSave: (id, dir) => invoke('attachment_save', { id, dir }),
    linkOpen: (messageId, href) => invoke('link_open', { messageId, href }),

    route: (conversation, via, draftLenChars, attachmentSizes) =>
      invoke('route', { conversation, via, draftLenChars, attachmentSizes }),
    reply: (input) => invoke('reply', { input }),
    segments: (text) => invoke('segments', { text }),
    draft: (conversation) => invoke('draft', { conversation }),

    outbox: () => invoke('outbox'),
    outboxRetry: (messageId) => invoke('outbox_retry', { messageId }),
    outboxCancel: (messageId) => invoke('outbox_cancel', { messageId }),
    outboxCheck: (messageId) => invoke('outbox_check', { messageId }),
    outboxSetTime: (messageId, at) => invoke('outbox_set_time', { messageId, at }),

    search: (query, limit) => invoke('search', { query, limit }),

    settingsGet: (key) => invoke('settings_get', { key }),
    settingsSet: (key, value) => invoke('settings_set', { key, value }),
    overview: () => invoke('overview'),
    doctor: () => invoke('doctor'),
    diagnostics: () => invoke('diagnostics'),
    diagnosticsSave: (file) => invoke('diagnostics_save', { file }),
    backup: (file) => invoke('backup', { file }),
    practiceOpen: () => invoke('practice_open'),
    drawn: (step) => invoke('drawn', { step }),
    backups: () => invoke('backups'),
    backupCheck: (name) => invoke('backup_check', { name }),
    backupLook: (file) => invoke('backup_look', { file }),
    restoreAutomatic: (name) => invoke('restore_automatic', { name }),
    restoreKept: (name, recoveryCode) => invoke('restore_kept', { name, recoveryCode }),
    restoreFile: (file, recoveryCode) => invoke('restore_file', { file, recoveryCode }),

    retentionPreview: (years) => invoke('retention_preview', { years }),

    lockState: () => invoke('lock_state'),
    unlock: (typed) => invoke('unlock', { typed }),
    lock: () => invoke('lock'),
    touch: () => invoke('touch'),
    pinSet: (current, pin) => invoke('pin_set', { current, pin }),
    pinRemove: (current) => invoke('pin_remove', { current }),

    security: () => invoke('security'),
    passphraseSet: (current, passphrase) => invoke('passphrase_set', { current, passphrase }),
    passphraseRemove: (current) => invoke('passphrase_remove', { current }),
    recoveryCodeNew: (current) => invoke('recovery_code_new', { current }),

    conversationList: (query, page, limit) => invoke('conversation_list', { query, page, limit }),
    conversationsChange: (ids, change) => invoke('conversations_change', { ids, change }),
    messageMove: (messageId, toConversation) => invoke('message_move', { messageId, toConversation }),
    messageSplit: (messageId) => invoke('message_split', { messageId }),
    conversationJoin: (id, into) => invoke('conversation_join', { id, into }),
    contactBlock: (id, address, blocked) => invoke('contact_block', { id, address, blocked }),
    blocked: () => invoke('blocked'),
    undo: (id) => invoke('undo', { id }),
    undoLast: () => invoke('undo_last'),
    changes: () => invoke('changes'),
    noteAdd: (conversation, text) => invoke('note_add', { conversation, text }),
    noteChange: (id, text) => invoke('note_change', { id, text }),

    findSettings: (kind, address, network) => invoke('find_settings', { kind, address, network }),
    snoozePresets: () => invoke('snooze_presets'),
    openNow: () => invoke('open_now'),
    holidays: () => invoke('holidays'),
    states: (country) => invoke('states', { country }),

    routeNew: (contactId, to, via, draftLenChars, attachmentSizes) =>
      invoke('route_new', { contactId, to, via, draftLenChars, attachmentSizes }),
    composeNew: (input) => invoke('compose_new', { input }),
    draftKeep: (input) => invoke('draft_keep', { input }),
    newDrafts: () => invoke('new_drafts'),
    draftRemove: (draftId) => invoke('draft_remove', { draftId }),
    attachmentStage: (target, name, mime, bytes) =>
      invoke('attachment_stage', bytes, { headers: { 'x-file': ascii(JSON.stringify({ target, name, mime })) } }),
    attachmentStageFile: (target, path) => invoke('attachment_stage_file', { target, path }),
    attachmentStageClipboard: (target) => invoke('attachment_stage_clipboard', { target }),
    attachmentUnstage: (id) => invoke('attachment_unstage', { id }),
    outboxSendNow: (messageId) => invoke('outbox_send_now', { messageId }),

    contactsImportRehearse: (wish) => invoke('contacts_import_rehearse', { wish }),
    contactsImport: (wish) => invoke('contacts_import', { wish }),
    contactsExport: (file, format, withMark) => invoke('contacts_export', { file, format, withMark }),
    accessReportSave: (id, file) => invoke('access_report_save', { id, file }),
    contactErase: (id, keepLetters) => invoke('contact_erase', { id, keepLetters }),
    contactRestrict: (id, restricted) => invoke('contact_restrict', { id, restricted }),
    protection: () => invoke('protection'),
    protectionRecordSave: (file) => invoke('protection_record_save', { file }),

    standardReplies: (query) => invoke('standard_replies', { query }),
    standardReplySave: (id, name, shortcut, texts) => invoke('standard_reply_save', { id, name, shortcut, texts }),
    standardReplyRemove: (id) => invoke('standard_reply_remove', { id }),
    standardReplyUses: (id, before, limit) => invoke('standard_reply_uses', { id, before, limit }),
    standardReplyFill: (id, conversation, contactId, via, language) =>
      invoke('standard_reply_fill', { id, conversation, contactId, via, language }),
    placeholders: () => invoke('placeholders'),
    standardRepliesExport: (file) => invoke('standard_replies_export', { file }),
    standardRepliesImport: (file) => invoke('standard_replies_import', { file }),
    packs: () => invoke('packs'),
    packAdd: (slug) => invoke('pack_add', { slug }),
    picturesAllow: (messageId) => invoke('pictures_allow', { messageId }),
    picturesForget: (address) => invoke('pictures_forget', { address }),
    picturesAllowed: () => invoke('pictures_allowed'),

    rules: () => invoke('rules'),
    rule: (id) => invoke('rule', { id }),
    ruleVersions: (id) => invoke('rule_versions', { id }),
    ruleSave: (id, source) => invoke('rule_save', { id, source }),
    ruleRemove: (id) => invoke('rule_remove', { id }),
    ruleSwitch: (id, on) => invoke('rule_switch', { id, on }),
    rulesOrder: (ids) => invoke('rules_order', { ids }),
    ruleRead: (source) => invoke('rule_read', { source }),
    ruleWrite: (rule) => invoke('rule_write', { rule }),
    rehearsalStart: (source, compareWith) => invoke('rehearsal_start', { source, compareWith }),
    rehearsal: (id, offset, limit) => invoke('rehearsal', { id, offset, limit }),
    rehearsalStop: (id) => invoke('rehearsal_stop', { id }),
    automation: (on) => invoke('automation', { on }),

    pickFiles: () => invoke('pick_files'),
    pickFolder: () => invoke('pick_folder'),
    pickSave: (name) => invoke('pick_save', { name }),
    pickOpen: () => invoke('pick_open'),

    listen: (handler) => listen<Event[]>('theke', (event) => event.payload.forEach(handler)),
    drags: (handler) => listen<Drag>('drag', (event) => handler(event.payload)),
  };
}

/** A header holds ASCII alone; JSON can write everything else as \\u. */
function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (char) => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0'));
}
