/** Words from Rust in the language of the person: media, states, reasons, errors, fields. */
import type { EntryView } from '../api/bindings/EntryView';
import type { FieldView } from '../api/bindings/FieldView';
import type { KindView } from '../api/bindings/KindView';
import type { ReasonView } from '../api/bindings/ReasonView';
import type { RefusedView } from '../api/bindings/RefusedView';
import type { Problem } from '../api/error';
import { dateFormat } from '../format/intl';
import { byteSize, count } from '../format/text';
import { clockTime, daysBetween, longDate } from '../format/time';
import { automaticLine, told } from './decisions';
import { language } from './language.svelte';
import { keyPart, textFor } from './lookup';
import { wishLine } from './wishes';

/** What a customer would call the channel; a medium that a connector brings shows its own slug, capitalised. */
export function mediumName(medium: string): string {
  return textFor(`medium_${keyPart(medium)}`) ?? medium.charAt(0).toUpperCase() + medium.slice(1).replaceAll('_', ' ');
}

/** The same in the middle of a sentence, where most languages write it small: `Réponse par e-mail`. */
export function mediumWithin(medium: string): string {
  return textFor(`within_${keyPart(medium)}`) ?? mediumName(medium);
}

/** The name of a kind: a product name as it is, else in the language of the person. */
export function kindName(kind: KindView): string {
  return textFor(`kind_name_${keyPart(kind.kind)}`) ?? kind.name;
}

/** The label of a field, for this kind or for all; the English one of its definition where there is no translation. */
export function fieldLabel(field: FieldView, kind: string): string {
  const key = keyPart(field.key);
  return textFor(`field_${keyPart(kind)}_${key}`) ?? textFor(`field_${key}`) ?? field.label;
}

/** A help line under a field, if there is one. */
export function fieldHelp(field: FieldView): string | undefined {
  return textFor(`field_help_${keyPart(field.key)}`);
}

/** A word of a choice. */
export function choiceName(option: string): string {
  return textFor(`choice_${keyPart(option)}`) ?? option;
}

/** Why a route was taken, as it follows "because". */
export function reasonText(reason: ReasonView): string {
  const code = keyPart(reason.code);
  const params = readable(reason.params);
  const special = said('reason', reason) ?? textFor(`reason_${code}_${keyPart(reason.params['source'] ?? '')}`, params);
  return special || (textFor(`reason_${code}`, params) ?? reason.text);
}

/** What is to be known about the route that is no cause of it, such as that the message will wait. */
export function noteText(reason: ReasonView): string | undefined {
  return said('note', reason) ?? textFor(`note_${keyPart(reason.code)}`, readable(reason.params));
}

/** Why a route was not taken. */
export function refusedText(refused: RefusedView): string {
  return said('refused', refused) ?? textFor(`refused_${keyPart(refused.code)}`, readable(refused.params)) ?? refused.text;
}

/** The sentence that quotes the customer's words, where there are any. */
function said(of: 'note' | 'refused' | 'reason', { code, params }: { code: string; params: { [key in string]?: string } }): string | undefined {
  return params['evidence'] ? textFor(`${of}_${keyPart(code)}_said`, readable(params)) : undefined;
}

/** What happened. */
export function problemText(problem: Problem): string {
  const taken = problem.params?.['contact_name'] && textFor(`error_${keyPart(problem.code)}_taken`, problem.params);
  const waits = hasToWait(problem) && textFor(`error_${keyPart(problem.code)}_wait`, problem.params);
  return taken || waits || (textFor(`error_${keyPart(problem.code)}`, problem.params) ?? problem.message);
}

/** What to do next. */
export function problemAdvice(problem: Problem): string | undefined {
  return (hasToWait(problem) && textFor(`advice_${keyPart(problem.code)}_wait`, problem.params)) || textFor(`advice_${keyPart(problem.code)}`, problem.params);
}

/** After several mistakes the next try is not taken at once. */
function hasToWait(problem: Problem): boolean {
  return Number(problem.params?.['wait_secs'] ?? 0) > 0;
}

/**
 * The engine's own sentence where it says more than the translated one: which field, which file and line, what the
 * provider answered.
 */
export function problemDetail(problem: Problem): string | undefined {
  return DETAILED.has(problem.code) && problem.message ? problem.message : undefined;
}

const DETAILED = new Set<string>([
  'definition',
  'account_settings',
  'bad_input',
  'bad_address',
  'auth_failed',
  'certificate_rejected',
  'unreachable',
  'rejected',
  'bounced',
  'no_route',
  'damaged',
  // Full, or not to be written: the sentence of the engine tells which.
  'disk_full',
  'internal',
]);

/** The state of an account, a conversation, a send or an address, in words. */
export function stateName(of: 'account' | 'status' | 'delivery' | 'outbox' | 'identity' | 'filter', state: string): string {
  return textFor(`${of}_${keyPart(state)}`) ?? state;
}

/** What happened in a conversation, in one line. */
export function eventText(entry: EntryView): string {
  const { what, params } = entry;
  if (what === 'wish') return wishLine(params);
  if (what === 'automatic') return automaticLine(told(params, undefined));
  if (what === 'status') {
    const to = params['to'] ?? '';
    return textFor(`event_status_${keyPart(to)}_${keyPart(params['by'] ?? '')}`, params) ?? statusText(to, params['until'] ?? null);
  }
  if (what === 'bounced') {
    const reason = textFor(`bounce_${keyPart(params['reason'] ?? '')}`) ?? params['reason'];
    return textFor('event_bounced', { ...params, reason }) ?? what;
  }
  return textFor(`event_${keyPart(what)}`, readable(params)) ?? what;
}

/** What became of a conversation: `Erledigt`, `Zurückgestellt bis Mo., 9:00`. */
export function statusText(status: string, until: string | null): string {
  return textFor(`event_status_${keyPart(status)}`, { until: until ? momentText(until) : '' }) ?? stateName('status', status);
}

/** A page of the settings. */
export function settingsPageName(page: string): string {
  return textFor(`settings_${page}`) ?? page;
}

/** A moment to come, as it stands in a menu or a note: `18:20` today, else `Mo., 09:00`, with the date where it is further away. */
export function momentText(at: string, now = new Date()): string {
  const date = new Date(at);
  if (daysBetween(now, date) === 0) return clockTime(at, language.tag);
  const near = date.getTime() - now.getTime() < 6 * 86_400_000;
  const day = near ? ({ weekday: 'short' } as const) : ({ day: 'numeric', month: 'short' } as const);
  return dateFormat(language.tag, { ...day, hour: '2-digit', minute: '2-digit' }).format(date);
}

/** What a consent is for. */
export function purposeName(purpose: string): string {
  return textFor(`purpose_${keyPart(purpose)}`) ?? purpose;
}

/** Who said that a customer agreed. */
export function consentSource(source: string): string {
  return textFor(`consent_by_${source === 'hand' ? 'hand' : source === 'import' ? 'import' : 'message'}`) ?? source;
}

/** What stands in a field of the shop's own. */
export function fieldKindName(kind: string): string {
  return textFor(`own_field_kind_${keyPart(kind)}`) ?? kind;
}

/** What sort of task it is. */
export function taskKindName(kind: string): string {
  return textFor(`task_kind_${keyPart(kind)}`) ?? kind;
}

/** Where a preference comes from. */
export function sourceName(source: string): string {
  return textFor(`source_${keyPart(source)}`) ?? source;
}

/** Parameters as people read them: media by name, sizes and numbers in the manner of the language. */
function readable(params: { [key in string]?: string }): { [key in string]?: string } {
  const shown = Object.entries(params).map(([key, value]) => [key, value === undefined ? value : readableValue(key, value)]);
  return Object.fromEntries(shown) as { [key in string]?: string };
}

function readableValue(key: string, value: string): string {
  if (key === 'medium') return mediumWithin(value);
  if (key === 'since') return longDate(value, language.tag);
  if (key === 'bytes' || key === 'max_bytes') return byteSize(Number(value), language.tag);
  if (key === 'chars' || key === 'max_chars') return count(Number(value), language.tag);
  return value;
}
