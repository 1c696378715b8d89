/** Putting a rule together: what kinds of parts there are, what a new one begins with, and where it stands. Whether it can be used says the engine. */
import type { ActionShape } from '../api/bindings/ActionShape';
import type { ConditionShape } from '../api/bindings/ConditionShape';
import type { DueShape } from '../api/bindings/DueShape';
import type { RuleShape } from '../api/bindings/RuleShape';
import type { TriggerShape } from '../api/bindings/TriggerShape';

export const MODES = ['suggest', 'ask', 'send'] as const;
export const TRIGGERS = ['message', 'first_contact', 'outside_hours', 'no_answer', 'conversation_closed', 'order_state', 'stock', 'customer_date', 'time'] as const;
export const LEAVES = ['words', 'intent', 'language', 'medium', 'account', 'tag', 'field', 'open', 'holiday', 'new_contact', 'earlier', 'attachments'] as const;
export const ACTIONS = ['answer', 'dialogue', 'tag', 'set_field', 'snooze', 'close', 'star', 'task', 'notify', 'set_preference'] as const;
export type TriggerKind = (typeof TRIGGERS)[number];
export type LeafKind = (typeof LEAVES)[number];
export type ConditionKind = LeafKind | 'all' | 'any' | 'not';
export type ActionKind = (typeof ACTIONS)[number];

/** The engine nests no deeper. */
export const DEEPEST = 8;

/** The one word under which a part stands: itself, or its only key. */
function word(part: string | object): string {
  return typeof part === 'string' ? part : (Object.keys(part)[0] ?? '');
}

export const triggerKind = (when: TriggerShape): TriggerKind => word(when) as TriggerKind;
export const conditionKind = (one: ConditionShape): ConditionKind => word(one) as ConditionKind;

/** A question back is an answer too, and a kind of its own for whoever puts a rule together. */
export function actionKind(one: ActionShape): ActionKind {
  if (typeof one !== 'string' && 'answer' in one) return one.answer.dialogue ? 'dialogue' : 'answer';
  return word(one) as ActionKind;
}

export function newTrigger(kind: TriggerKind): TriggerShape {
  switch (kind) {
    case 'no_answer':
      return { no_answer: { opening_hours: 4 } };
    case 'order_state':
      return { order_state: { states: [] } };
    case 'stock':
      return { stock: { articles: [], at_most: 0 } };
    case 'customer_date':
      return { customer_date: { field: 'birthday', days: 0, at: '09:00' } };
    case 'time':
      return { time: { weekdays: [], at: '09:00' } };
    default:
      return kind;
  }
}

export function newCondition(kind: ConditionKind): ConditionShape {
  switch (kind) {
    case 'all':
      return { all: [] };
    case 'any':
      return { any: [] };
    case 'not':
      return { not: { any: [] } };
    case 'words':
      return { words: { any: [] } };
    case 'intent':
      return { intent: { is: [], at_least: SURE } };
    case 'language':
      return { language: [] };
    case 'medium':
      return { medium: [] };
    case 'account':
      return { account: [] };
    case 'tag':
      return { tag: [] };
    case 'field':
      return { field: { name: 'city', is: [] } };
    case 'earlier':
      return { earlier: { days: 30, at_least: 1 } };
    case 'attachments':
      return { attachments: { has: true } };
    case 'open':
      return { open: true };
    case 'holiday':
      return { holiday: true };
    case 'new_contact':
      return { new_contact: true };
  }
}

export function newAction(kind: ActionKind, language: string): ActionShape {
  const due: DueShape = { opening_hours: 4 };
  switch (kind) {
    case 'answer':
      return { answer: { reply: '' } };
    case 'dialogue':
      return { answer: { dialogue: { start: 'frage1', within_minutes: 1440, nodes: { frage1: { ask: { text: { [language]: '' } }, expects: 'text', goes_on: { any: 'person' } } } } } };
    case 'tag':
      return { tag: { add: [] } };
    case 'set_field':
      return { set_field: { name: '', value: '' } };
    case 'snooze':
      return { snooze: 'next_opening' };
    case 'task':
      return { task: { text: '', due } };
    case 'notify':
      return { notify: { text: '' } };
    case 'set_preference':
      return { set_preference: { medium: 'email' } };
    default:
      return kind;
  }
}

/** How sure a reading has to be: in words there are two. */
export const SURE = 80;
export const RATHER = 60;
export const surely = (atLeast: number): 'sure' | 'rather' => (atLeast >= SURE ? 'sure' : 'rather');

/** A rule of which nothing is chosen yet but that a message sets it off. */
export function newRule(): RuleShape {
  return { name: '', mode: 'suggest', max_age_minutes: 120, when: 'message', if: { all: [] }, then: [] };
}

/** The conditions of a group. */
export function below(one: ConditionShape): ConditionShape[] {
  if ('all' in one) return one.all;
  return 'any' in one ? one.any : [];
}

export const isGroup = (one: ConditionShape): boolean => 'all' in one || 'any' in one;

/** A condition without what turns it round, whether it is turned round, and the place of the inner one. */
export function unwrapped(one: ConditionShape, place = ''): { inner: ConditionShape; negated: boolean; place: string } {
  if (!('not' in one)) return { inner: one, negated: false, place };
  const below = unwrapped(one.not, `${place}.not`);
  return { ...below, negated: !below.negated };
}

export function wrapped(inner: ConditionShape, negated: boolean): ConditionShape {
  return negated ? { not: inner } : inner;
}

/** What has to hold of a group, in the four words that people use for it. */
export const GROUP_WORDS = ['all', 'any', 'none', 'not_all'] as const;
export type GroupWord = (typeof GROUP_WORDS)[number];

export function groupWord(one: ConditionShape): GroupWord {
  const { inner, negated } = unwrapped(one);
  if ('any' in inner) return negated ? 'none' : 'any';
  return negated ? 'not_all' : 'all';
}

export function grouped(word: GroupWord, inner: ConditionShape[]): ConditionShape {
  return wrapped(word === 'any' || word === 'none' ? { any: inner } : { all: inner }, word === 'none' || word === 'not_all');
}

/** The editor has a list at the top, whatever the rule begins with. */
export function opened(rule: RuleShape): RuleShape {
  const top = rule.if ?? { all: [] };
  return { ...rule, if: isGroup(unwrapped(top).inner) ? top : { all: [top] } };
}

/** As the engine takes it: without a condition that says nothing, and without days that nobody chose. */
export function closed(rule: RuleShape): RuleShape {
  const { if: top, valid_from, valid_until, stop, ...rest } = rule;
  return {
    ...rest,
    ...(top && below(unwrapped(top).inner).length > 0 && { if: top }),
    ...(valid_from && { valid_from }),
    ...(valid_until && { valid_until }),
    ...(stop && { stop }),
  };
}

/** A list with one element changed. */
export function replaced<T>(list: readonly T[], at: number, value: T): T[] {
  return list.map((one, index) => (index === at ? value : one));
}

export function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, index) => index !== at);
}

/** A list with one element at another place; unchanged if there is no such place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length || from === to) return [...list];
  const rest = without(list, from);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}
