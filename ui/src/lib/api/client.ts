/**
 * Everything the window may ask of the engine, and the one stream of events that comes back. `tauri.ts` answers from
 * the real program, `fake.ts` from memory; no other file knows which of them it talks to.
 */
import type { AccessReportView } from './bindings/AccessReportView';
import type { AccountCreated } from './bindings/AccountCreated';
import type { AccountView } from './bindings/AccountView';
import type { BackupFileView } from './bindings/BackupFileView';
import type { BackupsView } from './bindings/BackupsView';
import type { BackupResult } from './bindings/BackupResult';
import type { BlockedView } from './bindings/BlockedView';
import type { ChangeView } from './bindings/ChangeView';
import type { Changed } from './bindings/Changed';
import type { CheckResult } from './bindings/CheckResult';
import type { ConsentInput } from './bindings/ConsentInput';
import type { ContactDetail } from './bindings/ContactDetail';
import type { ContactView } from './bindings/ContactView';
import type { ContactWishes } from './bindings/ContactWishes';
import type { ConversationChange } from './bindings/ConversationChange';
import type { ConversationDetail } from './bindings/ConversationDetail';
import type { ConversationPage } from './bindings/ConversationPage';
import type { ConversationView } from './bindings/ConversationView';
import type { DoctorCheck } from './bindings/DoctorCheck';
import type { DecisionView } from './bindings/DecisionView';
import type { DraftInput } from './bindings/DraftInput';
import type { DraftView } from './bindings/DraftView';
import type { DuplicateList } from './bindings/DuplicateList';
import type { DuplicateView } from './bindings/DuplicateView';
import type { EntryView } from './bindings/EntryView';
import type { ErasureView } from './bindings/ErasureView';
import type { Event } from './bindings/Event';
import type { ExportReport } from './bindings/ExportReport';
import type { FieldChoice } from './bindings/FieldChoice';
import type { FilledView } from './bindings/FilledView';
import type { FoundSettingsView } from './bindings/FoundSettingsView';
import type { GoodwillInput } from './bindings/GoodwillInput';
import type { ImportReport } from './bindings/ImportReport';
import type { ImportWish } from './bindings/ImportWish';
import type { KindView } from './bindings/KindView';
import type { ListQuery } from './bindings/ListQuery';
import type { LockView } from './bindings/LockView';
import type { Merged } from './bindings/Merged';
import type { MergedSure } from './bindings/MergedSure';
import type { MergePreview } from './bindings/MergePreview';
import type { MergeView } from './bindings/MergeView';
import type { MessageView } from './bindings/MessageView';
import type { NewMessageInput } from './bindings/NewMessageInput';
import type { NotedView } from './bindings/NotedView';
import type { HolidayView } from './bindings/HolidayView';
import type { StateView } from './bindings/StateView';
import type { OpenView } from './bindings/OpenView';
import type { OutboxView } from './bindings/OutboxView';
import type { Overview } from './bindings/Overview';
import type { ParticularsInput } from './bindings/ParticularsInput';
import type { PackAdded } from './bindings/PackAdded';
import type { PackView } from './bindings/PackView';
import type { PlaceholderView } from './bindings/PlaceholderView';
import type { PresetView } from './bindings/PresetView';
import type { PreviewView } from './bindings/PreviewView';
import type { ProfileCreated } from './bindings/ProfileCreated';
import type { ProfileStatus } from './bindings/ProfileStatus';
import type { ProtectionView } from './bindings/ProtectionView';
import type { RepliesImported } from './bindings/RepliesImported';
import type { ReplyInput } from './bindings/ReplyInput';
import type { ReplyQueued } from './bindings/ReplyQueued';
import type { ReplyTextView } from './bindings/ReplyTextView';
import type { ReplyUses } from './bindings/ReplyUses';
import type { RestoredView } from './bindings/RestoredView';
import type { RetentionView } from './bindings/RetentionView';
import type { RouteView } from './bindings/RouteView';
import type { SearchResult } from './bindings/SearchResult';
import type { SecurityView } from './bindings/SecurityView';
import type { SegmentsView } from './bindings/SegmentsView';
import type { ShopFieldInput } from './bindings/ShopFieldInput';
import type { ShopFields } from './bindings/ShopFields';
import type { SpokenInput } from './bindings/SpokenInput';
import type { StageTarget } from './bindings/StageTarget';
import type { StagedView } from './bindings/StagedView';
import type { ArticleInput } from './bindings/ArticleInput';
import type { ArticleView } from './bindings/ArticleView';
import type { ProposalAccepted } from './bindings/ProposalAccepted';
import type { ProposalView } from './bindings/ProposalView';
import type { StandardReplyView } from './bindings/StandardReplyView';
import type { Unmerged } from './bindings/Unmerged';
import type { WishDecided } from './bindings/WishDecided';
import type { WishView } from './bindings/WishView';
import type { TaskChanged } from './bindings/TaskChanged';
import type { TaskInput } from './bindings/TaskInput';
import type { TaskList } from './bindings/TaskList';
import type { AutomationView } from './bindings/AutomationView';
import type { RehearsalView } from './bindings/RehearsalView';
import type { RuleChecked } from './bindings/RuleChecked';
import type { RuleShape } from './bindings/RuleShape';
import type { RuleVersionView } from './bindings/RuleVersionView';
import type { RuleView } from './bindings/RuleView';

/** Values of a settings form by key. */
export type Fields = Record<string, string>;

/** A file that the person chose in the system's dialog. */
export interface PickedFile {
  path: string;
  name: string;
  /** Bytes. */
  size: number;
  mime_type: string;
}

/** A step of dragging files over the window; places in pixels of the page. */
export type Drag = { step: 'over'; x: number; y: number } | { step: 'dropped'; x: number; y: number; paths: string[] } | { step: 'left' };

/** What of the page can be seen; `hidden` where nobody looks at the window and no frame is drawn. */
export type Drawn = 'hidden' | 'frame' | 'inbox';

/** What opens a locked profile; with neither the keychain is asked again. */
export interface ProfileKey {
  passphrase?: string;
  recoveryCode?: string;
}

/** All questions reject with an `ApiError`. Times are RFC 3339 in UTC. */
export interface Client {
  profileStatus(): Promise<ProfileStatus>;
  profileCreate(shop: string, country: string, passphrase: string | null): Promise<ProfileCreated>;
  profileOpen(key: ProfileKey): Promise<ProfileStatus>;

  kinds(): Promise<KindView[]>;
  accounts(): Promise<AccountView[]>;
  accountAdd(kind: string, values: Fields, secrets: Fields, check: boolean): Promise<AccountCreated>;
  accountCheck(id: number): Promise<CheckResult>;
  accountCheckSettings(kind: string, values: Fields, secrets: Fields): Promise<CheckResult>;
  accountUpdate(id: number, values: Fields, secrets: Fields): Promise<AccountView>;
  accountRemove(id: number, withMessages: boolean): Promise<void>;
  accountSetEnabled(id: number, enabled: boolean): Promise<AccountView>;
  accountTryNow(id: number): Promise<void>;
  /** Older messages wait, or are fetched on; new ones come all the same. */
  accountPauseFetching(id: number, paused: boolean): Promise<AccountView>;
  /** Loads older messages although the connection is metered, until it is another one. */
  loadAnyway(): Promise<void>;

  contacts(query: string | null, limit: number): Promise<ContactView[]>;
  contact(id: number, before: string | null): Promise<ContactDetail>;
  contactRename(id: number, name: string): Promise<ContactDetail>;
  contactAddAddress(id: number, text: string): Promise<ContactDetail>;
  contactRemoveAddress(id: number, text: string): Promise<ContactDetail>;
  contactPrefer(id: number, medium: string | null): Promise<ContactDetail>;
  /** What a customer refuses, and the habit that is proposed as the preferred channel. */
  contactWishes(id: number): Promise<ContactWishes>;
  contactRefuse(id: number, medium: string, refuses: boolean): Promise<ContactDetail>;
  habitDecline(id: number, medium: string): Promise<ContactDetail>;
  /** The wishes that were read in a conversation, newest first. */
  wishes(conversation: number): Promise<WishView[]>;
  wishAccept(id: number): Promise<WishDecided>;
  wishDecline(id: number): Promise<WishDecided>;
  wishUndo(id: number): Promise<WishDecided>;

  /** What was decided by itself, the newest first, behind the one that the page before ended with; of one rule, or only what waits for a click. */
  decisionsAutomatic(before: number | null, rule: number | null, waiting: boolean, limit: number): Promise<DecisionView[]>;
  /** The same of a conversation, the oldest first. */
  decisionsOf(conversation: number): Promise<DecisionView[]>;
  decision(id: number): Promise<DecisionView>;
  decisionApprove(id: number): Promise<DecisionView>;
  decisionDecline(id: number): Promise<DecisionView>;
  /** As far as it can be: what has left has left. */
  decisionUndo(id: number): Promise<DecisionView>;
  /** `right`, `wrong`, or empty to take that back. */
  decisionMark(id: number, mark: string): Promise<DecisionView>;

  /** What the shop knows, by name. */
  articles(): Promise<ArticleView[]>;
  articleSave(input: ArticleInput): Promise<ArticleView>;
  /** It was looked at today and is true. */
  articleChecked(id: number): Promise<ArticleView>;
  /** Answers the change for `undo`. */
  articleRemove(id: number): Promise<number>;
  /** Standard replies that are proposed from answers by hand. */
  proposals(): Promise<ProposalView[]>;
  proposalAccept(id: number, name: string, text: string): Promise<ProposalAccepted>;
  proposalDecline(id: number): Promise<void>;

  /** Pairs that may be the same, those first for which most speaks. */
  duplicates(limit: number): Promise<DuplicateList>;
  duplicatesOf(id: number): Promise<DuplicateView[]>;
  /** Remembered for ever; answers what undoes it, or null if it was said before. */
  contactsNotSame(a: number, b: number): Promise<number | null>;
  contactsMergeSure(): Promise<MergedSure>;
  contactMergePreview(a: number, b: number): Promise<MergePreview>;
  /** `b` becomes part of `a`. */
  contactMerge(a: number, b: number, choices: FieldChoice[]): Promise<Merged>;
  /** By the number of the merge. */
  contactUnmerge(id: number): Promise<Unmerged>;
  contactMerges(id: number): Promise<MergeView[]>;
  contactDescribe(id: number, input: ParticularsInput): Promise<ContactDetail>;
  contactTag(id: number, name: string): Promise<ContactDetail>;
  contactUntag(id: number, tag: number): Promise<ContactDetail>;
  /** Of two values that a merge left, this chooses. */
  contactSetField(id: number, field: number, value: string): Promise<ContactDetail>;
  contactSetAddressState(id: number, identity: number, state: string): Promise<ContactDetail>;
  contactConsent(id: number, input: ConsentInput): Promise<ContactDetail>;
  contactNote(contact: number, text: string): Promise<NotedView>;
  goodwillSave(input: GoodwillInput): Promise<ContactDetail>;
  goodwillRemove(id: number): Promise<ContactDetail>;
  tasks(): Promise<TaskList>;
  taskSave(input: TaskInput): Promise<TaskChanged>;
  taskSetDone(id: number, done: boolean): Promise<TaskChanged>;
  taskRemove(id: number): Promise<TaskChanged>;
  /** A call or a visit: a message of the conversation that goes nowhere. */
  noteSpoken(input: SpokenInput): Promise<NotedView>;
  spokenChange(message: number, text: string): Promise<MessageView>;
  shopFields(): Promise<ShopFields>;
  fieldSave(input: ShopFieldInput): Promise<ShopFields>;
  fieldsOrder(ids: number[]): Promise<ShopFields>;
  fieldRemove(id: number): Promise<ShopFields>;
  /** The name of another tag makes the two one. */
  tagRename(id: number, name: string): Promise<ShopFields>;
  tagRemove(id: number): Promise<ShopFields>;

  /** What taking a list in would come to; nothing is written. The file was chosen in the system's dialog. */
  contactsImportRehearse(wish: ImportWish): Promise<ImportReport>;
  contactsImport(wish: ImportWish): Promise<ImportReport>;
  /** `vcard`, `csv` (`withMark`: with a byte order mark) or `json`: everything with its files, as a zip. */
  contactsExport(file: string, format: string, withMark: boolean): Promise<ExportReport>;
  accessReportSave(id: number, file: string): Promise<AccessReportView>;
  /** For good; ask before. */
  contactErase(id: number, keepLetters: boolean): Promise<ErasureView>;
  contactRestrict(id: number, restricted: boolean): Promise<void>;
  protection(): Promise<ProtectionView>;
  /** Answers the place of the page. */
  protectionRecordSave(file: string): Promise<string>;

  conversations(status: string | null, spam: boolean, page: string | null, limit: number): Promise<ConversationPage>;
  conversation(id: number, before: string | null): Promise<ConversationDetail>;
  conversationSetStatus(id: number, status: string, until: string | null): Promise<ConversationView>;
  conversationMarkSeen(id: number): Promise<ConversationView>;

  message(id: number): Promise<MessageView>;
  messageFrame(id: number, pictures: boolean): Promise<string>;
  messageSource(id: number): Promise<string>;
  attachmentOpen(id: number): Promise<string>;
  /** A picture or the text of a PDF, or the reason why neither can be shown. */
  attachmentPreview(id: number): Promise<PreviewView>;
  attachmentSave(id: number, dir: string): Promise<string>;
  linkOpen(messageId: number, href: string): Promise<void>;

  route(conversation: number, via: string | null, draftLenChars: number, attachmentSizes: number[]): Promise<RouteView>;
  reply(input: ReplyInput): Promise<ReplyQueued>;
  segments(text: string): Promise<SegmentsView>;
  draft(conversation: number): Promise<DraftView | null>;

  outbox(): Promise<OutboxView[]>;
  outboxRetry(messageId: number): Promise<void>;
  /** Answers the text, so that it can go back into the composer. */
  outboxCancel(messageId: number): Promise<string | null>;
  outboxCheck(messageId: number): Promise<OutboxView>;
  /** Another time to leave at, for one that was not tried yet. */
  outboxSetTime(messageId: number, at: string): Promise<void>;

  search(query: string, limit: number): Promise<SearchResult>;

  settingsGet(key: string | null): Promise<Fields>;
  settingsSet(key: string, value: string): Promise<void>;
  overview(): Promise<Overview>;
  doctor(): Promise<DoctorCheck[]>;
  /** A report without anything personal. */
  diagnostics(): Promise<string>;
  /** Writes the report that was shown last. */
  diagnosticsSave(file: string): Promise<void>;
  backup(file: string): Promise<BackupResult>;
  /** Opens the practice shop in a window of its own, beside this one. */
  practiceOpen(): Promise<void>;
  /** How far the page is drawn: the program starts with safe graphics where nothing is. */
  drawn(step: Drawn): Promise<void>;
  backups(): Promise<BackupsView>;
  /** Reads all of an automatic backup; rejects if it cannot be used. */
  backupCheck(name: string): Promise<void>;
  /** What a file that the person chose says of itself. */
  backupLook(file: string): Promise<BackupFileView>;
  /** These end with another database behind the same questions: the page begins anew then. */
  restoreAutomatic(name: string): Promise<RestoredView>;
  restoreKept(name: string, recoveryCode: string | null): Promise<RestoredView>;
  restoreFile(file: string, recoveryCode: string | null): Promise<RestoredView>;

  /** What would go with so many years; 0 keeps everything. */
  retentionPreview(years: number): Promise<RetentionView>;

  /** The lock is asked, closed and opened while the window is locked; of the rest only how far the profile is, its opening, and `drawn`. */
  lockState(): Promise<LockView>;
  unlock(typed: string): Promise<void>;
  /** Answers whether it is locked now: there must be something to open it with. */
  lock(): Promise<boolean>;
  /** Somebody is there. */
  touch(): Promise<void>;
  pinSet(current: string | null, pin: string): Promise<void>;
  pinRemove(current: string): Promise<void>;

  security(): Promise<SecurityView>;
  /** `current`: the passphrase or recovery code of now, where there is a passphrase. Wrong ones carry `wait_secs`. */
  passphraseSet(current: string | null, passphrase: string): Promise<void>;
  /** From then on the keychain opens it again. */
  passphraseRemove(current: string): Promise<void>;
  /** Answers the new code, this once. */
  recoveryCodeNew(current: string | null): Promise<string>;

  conversationList(query: ListQuery, page: string | null, limit: number): Promise<ConversationPage>;
  conversationsChange(ids: number[], change: ConversationChange): Promise<Changed>;
  /** Answers the target first, then what the message left. */
  messageMove(messageId: number, toConversation: number): Promise<Changed>;
  messageSplit(messageId: number): Promise<Changed>;
  conversationJoin(id: number, into: number): Promise<Changed>;
  contactBlock(id: number, address: string, blocked: boolean): Promise<ContactDetail>;
  blocked(): Promise<BlockedView[]>;
  undo(id: number): Promise<ChangeView>;
  undoLast(): Promise<ChangeView | null>;
  changes(): Promise<ChangeView[]>;
  noteAdd(conversation: number, text: string): Promise<EntryView>;
  /** An empty text removes the note. */
  noteChange(id: number, text: string): Promise<EntryView>;
  /** The times that are offered for "not now", in the shop's own time zone. */
  snoozePresets(): Promise<PresetView[]>;
  openNow(): Promise<OpenView>;
  /** Of this year and the next, in the state of the shop. */
  holidays(): Promise<HolidayView[]>;
  /** The states of a country whose holidays are known; before there is a profile, too. */
  states(country: string): Promise<StateView[]>;
  /** Looks for an account's settings by its address; only with `network` is anybody asked. */
  findSettings(kind: string, address: string, network: boolean): Promise<FoundSettingsView>;
  routeNew(contactId: number | null, to: string, via: string | null, draftLenChars: number, attachmentSizes: number[]): Promise<RouteView>;
  composeNew(input: NewMessageInput): Promise<ReplyQueued>;
  /** Null: it was empty and is gone. */
  draftKeep(input: DraftInput): Promise<DraftView | null>;
  newDrafts(): Promise<DraftView[]>;
  draftRemove(draftId: number): Promise<void>;
  attachmentStage(target: StageTarget, name: string, mime: string, bytes: Uint8Array): Promise<StagedView>;
  attachmentStageFile(target: StageTarget, path: string): Promise<StagedView>;
  /** The picture in the clipboard, where the page is not given it; null if there is none. */
  attachmentStageClipboard(target: StageTarget): Promise<StagedView | null>;
  attachmentUnstage(id: number): Promise<void>;
  outboxSendNow(messageId: number): Promise<void>;
  standardReplies(query: string | null): Promise<StandardReplyView[]>;
  standardReplySave(id: number | null, name: string, shortcut: string, texts: ReplyTextView[]): Promise<StandardReplyView>;
  /** Answers the change for `undo`. */
  standardReplyRemove(id: number): Promise<number>;
  /** A page of the conversations in which one was sent; `before` is the `next` of the page before. */
  standardReplyUses(id: number, before: number | null, limit: number): Promise<ReplyUses>;
  standardReplyFill(
    id: number,
    conversation: number | null,
    contactId: number | null,
    via: string | null,
    language: string | null,
  ): Promise<FilledView>;
  placeholders(): Promise<PlaceholderView[]>;
  standardRepliesExport(file: string): Promise<number>;
  standardRepliesImport(file: string): Promise<RepliesImported>;
  /** What shops of a trade begin with. */
  packs(): Promise<PackView[]>;
  /** Adds what the shop does not have; rules are switched off. */
  packAdd(slug: string): Promise<PackAdded>;
  picturesAllow(messageId: number): Promise<void>;
  /** Answers the change for `undo`; null if they were not shown. */
  picturesForget(address: string): Promise<number | null>;
  picturesAllowed(): Promise<string[]>;

  /** All rules in their order. */
  rules(): Promise<RuleView[]>;
  rule(id: number): Promise<RuleView>;
  /** The newest first. */
  ruleVersions(id: number): Promise<RuleVersionView[]>;
  /** As a new version of this rule, or as a new rule, which is switched off. */
  ruleSave(id: number | null, source: string): Promise<RuleView>;
  /** Answers the change for `undo`. */
  ruleRemove(id: number): Promise<number>;
  ruleSwitch(id: number, on: boolean): Promise<RuleView>;
  /** Answers the change for `undo`. */
  rulesOrder(ids: number[]): Promise<number>;
  ruleRead(source: string): Promise<RuleChecked>;
  ruleWrite(rule: RuleShape): Promise<RuleChecked>;
  /** Runs a rule over past messages, beside the stored one of this id; nothing can leave. Answers its number. */
  rehearsalStart(source: string, compareWith: number | null): Promise<number>;
  rehearsal(id: number, offset: number, limit: number): Promise<RehearsalView>;
  rehearsalStop(id: number): Promise<void>;
  /** Switches all that leaves by itself, or asks with null. */
  automation(on: boolean | null): Promise<AutomationView>;

  /** The system's own dialogs; an empty list or null when the person cancels. */
  pickFiles(): Promise<PickedFile[]>;
  pickFolder(): Promise<string | null>;
  pickSave(name: string): Promise<string | null>;
  pickOpen(): Promise<string | null>;

  /** Calls `handler` for every event until the returned function is called. */
  listen(handler: (event: Event) => void): Promise<() => void>;
  /** The same for files that are dragged over the window. */
  drags(handler: (drag: Drag) => void): Promise<() => void>;
}
