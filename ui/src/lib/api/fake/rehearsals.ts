/** Rehearsals of the in-memory engine: its own messages, in steps. With `scenario=rehearsing` each step waits for `fake:step`. */
import type { ConditionShape } from '../bindings/ConditionShape';
import type { GuardView } from '../bindings/GuardView';
import type { RehearsalView } from '../bindings/RehearsalView';
import type { RehearsedView } from '../bindings/RehearsedView';
import type { RuleShape } from '../bindings/RuleShape';
import type { Client } from '../client';
import { fail } from './fail';
import type { Host } from './host';
import { fakeRoute } from './kinds';

const STEPS = 4;
const STEP_MS = 30;
/** What the reading of texts knows here. */
const ASKED: [intent: string, words: RegExp][] = [
  ['opening_hours', /geöffnet|öffnungszeit/i],
  ['price', /kostet|preis/i],
  ['pickup_ready', /fertig|abhol/i],
  ['invoice_copy', /rechnung/i],
  ['appointment', /termin|vorbeikommen|probefahr/i],
  ['stock_availability', /habt ihr|haben sie|ist .* da\b/i],
];

type Message = ReturnType<Host['message']>;

/** The words that decide, or undefined where it does not fit. */
function fits(one: ConditionShape | undefined, message: Message, text: string): string[] | undefined {
  if (!one) return [];
  if ('all' in one) {
    const each = one.all.map((inner) => fits(inner, message, text));
    return each.every((found) => found !== undefined) ? each.flatMap((found) => found ?? []) : undefined;
  }
  if ('any' in one) return one.any.map((inner) => fits(inner, message, text)).find((found) => found !== undefined);
  if ('not' in one) return fits(one.not, message, text) ? undefined : [];
  if ('words' in one) {
    const has = (word: string) => text.toLowerCase().includes(word.replaceAll('*', '').toLowerCase());
    const { any = [], all = [] } = one.words;
    const found = [...any.filter(has).slice(0, 1), ...all.filter(has)];
    return (any.length === 0 || any.some(has)) && all.every(has) ? found.map((word) => word.replaceAll('*', '')) : undefined;
  }
  if ('intent' in one) {
    const read = ASKED.find(([intent, words]) => one.intent.is.includes(intent) && words.test(text));
    return read ? [`${read[0]} (88 %): ${read[1].exec(text)?.[0] ?? ''}`] : undefined;
  }
  if ('medium' in one) return one.medium.includes(message.medium) ? [`by ${message.medium}`] : undefined;
  if ('language' in one) return one.language.includes('de') ? ['in de'] : undefined;
  // Nobody here has a tag, a field or a file that a rule asks for.
  return 'tag' in one || 'field' in one || 'attachments' in one ? undefined : [];
}

function guard(name: string, why: string): GuardView {
  return { name, passed: false, why };
}

interface Run {
  step: number;
  stopped: boolean;
  hits: RehearsedView[];
  looked: number;
  total: number;
}

export function rehearsalsPart(host: Host, sourceOf: (id: number) => string | undefined) {
  const { shop, emit, replies, accounts } = host;
  const runs = new Map<number, Run>();
  const came = () => shop.conversations.flatMap((place) => place.messages.map((message) => ({ place, message })));

  function would(rule: RuleShape, { place, message }: ReturnType<typeof came>[number], index: number): RehearsedView | undefined {
    const text = [message.subject ?? '', message.text ?? ''].join('\n');
    const evidence = message.direction === 'in' ? fits(rule.if, message, text) : undefined;
    const contact = shop.contact(place.contact);
    if (!evidence || !contact) return undefined;
    const action = rule.then.find((one) => typeof one !== 'string' && 'answer' in one);
    const answer = action && typeof action !== 'string' && 'answer' in action ? action.answer : undefined;
    const reply = replies.list.find((known) => known.shortcut === answer?.reply || known.name === answer?.reply);
    const first = answer?.dialogue?.nodes[answer.dialogue.start];
    const asked = first && 'text' in first.ask ? Object.values(first.ask.text)[0] : undefined;
    const guards = index % 5 === 3 ? [guard('cap_contact_day', '2 of 2')] : index % 7 === 2 ? [guard('unverified', '')] : [];
    const sure = evidence.some((one) => one.includes('%')) ? 88 : null;
    return {
      message_id: message.id, conversation_id: place.id, contact_name: contact.name, at: message.at, subject: message.subject ?? (place.subject || null),
      snippet: (message.text ?? '').replace(/\s+/g, ' ').slice(0, 160), evidence, confidence: sure, guards,
      text: reply?.texts[0]?.text.replaceAll('{{kunde.name}}', contact.name).replaceAll('{{shop.name}}', host.settings['shop.name'] ?? '') ?? asked ?? null,
      route: answer ? fakeRoute(contact, message.medium, accounts.list, answer.via ?? null, 0, []) : null,
      would: guards.length > 0 ? 'nothing' : rule.mode, no_answer: null, doubt: guards.length > 0 ? 15 : 30 + (index % 20), difference: null,
    };
  }

  function found(source: string, compareWith: number | null): RehearsedView[] {
    const rule = JSON.parse(source) as RuleShape;
    const now = came().flatMap((one, index) => would(rule, one, index) ?? []);
    const before = compareWith === null ? undefined : sourceOf(compareWith);
    if (before === undefined) return now.sort((one, other) => other.doubt - one.doubt);
    const old = came().flatMap((one, index) => would(JSON.parse(before) as RuleShape, one, index) ?? []);
    const was = (view: RehearsedView) => old.find((known) => known.message_id === view.message_id);
    const gone = old.filter((view) => !now.some((known) => known.message_id === view.message_id)).map((view) => ({ ...view, difference: 'gone' }));
    const kept = now.map((view) => {
      const earlier = was(view);
      return { ...view, difference: !earlier ? 'new' : earlier.text === view.text && earlier.would === view.would ? 'same' : 'text' };
    });
    return [...kept.filter((view) => view.difference !== 'same'), ...gone, ...kept.filter((view) => view.difference === 'same')];
  }

  function next(id: number, run: Run): void {
    if (run.stopped || run.step >= STEPS) return;
    run.step += 1;
    run.looked = Math.round((run.total * run.step) / STEPS);
    emit({ event: 'rehearsed', rehearsal_id: id });
    if (host.scenario !== 'rehearsing') setTimeout(() => next(id, run), STEP_MS);
  }

  return {
    rehearsalStart: async (source, compareWith) => {
      const id = shop.id();
      const run: Run = { step: 0, stopped: false, hits: found(source, compareWith), looked: 0, total: came().length };
      runs.set(id, run);
      if (host.scenario === 'rehearsing') addEventListener('fake:step', () => next(id, run));
      else setTimeout(() => next(id, run), STEP_MS);
      return id;
    },
    rehearsal: async (id, offset, limit): Promise<RehearsalView> => {
      const run = runs.get(id);
      if (!run) throw fail('not_found', 'This rehearsal is over. Start it again.');
      const hits = run.hits.slice(0, Math.ceil((run.hits.length * run.step) / STEPS));
      const now = hits.filter((view) => view.difference !== 'gone');
      const count = (word: string) => now.filter((view) => view.would === word).length;
      return {
        id, looked: run.looked, total: run.total, done: run.stopped || run.step >= STEPS, misses: Math.max(0, run.looked - now.length), hits_count: now.length,
        sends: count('send'), asks: count('ask'), suggests: count('suggest'), nothings: count('nothing'), hits: hits.slice(offset, offset + limit),
      };
    },
    rehearsalStop: async (id) => {
      const run = runs.get(id);
      if (run) run.stopped = true;
      emit({ event: 'rehearsed', rehearsal_id: id });
    },
  } satisfies Partial<Client>;
}
