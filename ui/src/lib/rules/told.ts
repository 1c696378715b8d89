/** What the engine says of a rule, in the language of the person: problems at their places, the words that decided, a rule in one line. */
import type { ActionShape } from '../api/bindings/ActionShape';
import type { RuleProblem } from '../api/bindings/RuleProblem';
import type { RuleShape } from '../api/bindings/RuleShape';
import { intentName } from '../format/intents';
import type { Piece } from '../format/text';
import { m } from '../i18n';
import { keyPart, textFor } from '../i18n/lookup';
import { actionKind, triggerKind } from './shape';

/** Sentences of the engine that say more than their place does: a piece of them, and the key of ours. */
const SAID: [pattern: RegExp, key: string][] = [
  [/no standard reply “(?<name>[^”]*)”/, 'reply_gone'],
  [/“(?<name>[^”]*)” is no address of the shop/, 'forward_foreign'],
  [/answers once/, 'answers_once'],
  [/does nothing/, 'then'],
  [/longer than/, 'too_long'],
  [/“(?<name>[^”]*)”: a star may stand only/, 'star_inside'],
  [/“(?<name>[^”]*)” has no letter/, 'no_letter'],
  [/“(?<name>[^”]*)”.*star/, 'star_short'],
  [/nest too deep/, 'too_deep'],
  [/list is empty/, 'group_empty'],
  [/no number and no day/, 'no_number'],
  [/one comparison/, 'field_value'],
  [/take one of the two away/, 'attachments_both'],
  [/leads back to itself/, 'dialogue_round'],
  [/fourth question/, 'dialogue_fourth'],
  [/Nothing leads to this question/, 'dialogue_lost'],
  [/Write the question/, 'dialogue_ask'],
  [/two or more to choose|each choice its words/, 'dialogue_choices'],
  [/Nothing follows on/, 'dialogue_goes_on'],
];

/** A problem as a sentence of ours: by what it says, else by its place; the engine's own where there is none. */
export function problemSentence({ place, text }: RuleProblem): string {
  for (const [pattern, key] of SAID) {
    const found = pattern.exec(text);
    if (found) return textFor(`rule_wrong_${key}`, { ...found.groups }) ?? text;
  }
  const parts = place.split('.').filter((part) => !/^\d+$/.test(part)).map(keyPart);
  for (let from = 0; from < parts.length; from += 1) {
    const known = textFor(`rule_wrong_${parts.slice(from).join('_')}`);
    if (known) return known;
  }
  return text;
}

/** The problems of a part: at its place or below it. With `alone`, only those that no part below it shows. */
export function problemsAt(problems: readonly RuleProblem[], place: string, alone = false): RuleProblem[] {
  return problems.filter(({ place: at }) => {
    if (at === place) return true;
    if (!at.startsWith(`${place}.`)) return false;
    return !alone || !/(^|\.)(\d+|not)(\.|$)/.test(at.slice(place.length + 1));
  });
}

/** Fewer letters mark too much. */
const SHORTEST = 3;

/** The words of the message that decided, longest first: those that stand in the text. */
export function deciding(evidence: readonly string[], text: string): string[] {
  const folded = text.toLowerCase();
  const words = evidence.flatMap((one) => [one, ...one.split(/: |, /)]).map((word) => word.trim());
  return [...new Set(words)].filter((word) => word.length >= SHORTEST && folded.includes(word.toLowerCase())).sort((one, other) => other.length - one.length);
}

/** The text cut where deciding words stand. */
export function marked(text: string, evidence: readonly string[]): Piece[] {
  const words = deciding(evidence, text).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (words.length === 0) return text === '' ? [] : [{ text, hit: false }];
  return text.split(new RegExp(`(${words.join('|')})`, 'giu')).flatMap((piece, index) => (piece === '' ? [] : [{ text: piece, hit: index % 2 === 1 }]));
}

/** What the reading of the message was, if the rule asked for one: `opening_hours (92 %)`. */
export function readIntent(evidence: readonly string[]): { name: string; percent: number } | undefined {
  for (const one of evidence) {
    const found = /^([a-z_]+) \((\d+) %\)/.exec(one);
    if (found?.[1]) return { name: intentName(found[1]), percent: Number(found[2]) };
  }
  return undefined;
}

/** The reply or the words by which an action says what it does. */
export function actionLine(one: ActionShape): string {
  const kind = actionKind(one);
  const name = textFor(`rule_act_${kind}`) ?? kind;
  if (typeof one === 'string') return name;
  if ('answer' in one && one.answer.reply) return m.rule_act_answer_with({ name: one.answer.reply });
  if ('tag' in one) return `${name}: ${[...(one.tag.add ?? []), ...(one.tag.remove ?? []).map((tag) => `−${tag}`)].join(', ')}`;
  if ('task' in one) return `${name}: ${one.task.text}`;
  if ('forward' in one) return `${name}: ${one.forward.to}`;
  return name;
}

/** A rule in one line: what sets it off, and what it does. */
export function ruleLine(rule: RuleShape): string {
  const when = textFor(`rule_when_${triggerKind(rule.when)}`) ?? '';
  return [when, ...rule.then.map(actionLine)].join(' · ');
}
