/** What the program decided by itself, in the language of the person: the line in the timeline, why, how sure, what came of it. */
import type { DecisionView } from '../api/bindings/DecisionView';
import { guardText } from '../format/guards';
import { intentName } from '../format/intents';
import { language, m } from './index';
import { textFor } from './lookup';
import { languageName } from './places';
import { mediumWithin } from './words';

/** A customer's command stands where else a rule stands. */
const COMMAND = 'MENSCH';
/** From so many percent on. */
const VERY_SURE = 90;
const QUITE_SURE = 70;

/** A rule as decisions name it: `Zeiten (v3)`. */
export function ruleOf(label: string | null): { name: string; version: number | null } {
  const parts = /^(.*) \(v(\d+)\)$/s.exec(label ?? '');
  return parts ? { name: parts[1] ?? '', version: Number(parts[2]) } : { name: label ?? '', version: null };
}

/** Where a decision comes from: `Regel „Zeiten“`. */
export function byText(label: string | null): string {
  return label === COMMAND ? m.auto_by_command() : m.auto_by_rule({ rule: ruleOf(label).name });
}

/** What came of it, in a word or two. */
export function resultText(result: string): string {
  return textFor(`auto_result_${result}`) ?? result;
}

/** What became of a decision since its line was written, or the values that the line was written with. */
export interface Told {
  rule: string;
  result: string;
  evidence: readonly string[];
  /** The first guard that held it back; empty for none. */
  guard: string;
  /** Whether an answer hangs on it; a rule may only do something else. */
  answers: boolean;
}

/** As the event of the timeline has it, with what is known of the decision now. */
export function told(params: { [key in string]?: string }, now: DecisionView | undefined): Told {
  return {
    rule: now?.rule ?? params['rule'] ?? '',
    result: now?.result ?? params['result'] ?? '',
    evidence: now?.evidence ?? (params['evidence'] ?? '').split(' · ').filter(Boolean),
    guard: params['guard'] ?? '',
    answers: now === undefined || now.text !== null,
  };
}

/** What a rule asks before it does something. */
export function askedText({ rule, text }: DecisionView): string {
  const by = byText(rule);
  return text === null ? m.auto_line_asked_other({ by }) : m.auto_line_asked({ by });
}

/** The line in the timeline. */
export function automaticLine({ rule, result, evidence, guard, answers }: Told): string {
  const by = byText(rule);
  const key = result === 'asked' && !answers ? 'asked_other' : result;
  const line = textFor(`auto_line_${key}`, { by }) ?? by;
  if (result === 'held_back' && guard !== '') return m.auto_line_held({ line, guard: guardText(guard) });
  const because = ['queued', 'suggested', 'done'].includes(result) ? becauseText(evidence) : '';
  return because === '' ? line : m.auto_line_because({ line, because });
}

/** Why a rule fitted, as it follows "because"; empty without a reason. The words of the customer are quoted as they stand. */
export function becauseText(evidence: readonly string[]): string {
  const known = evidence.map((reason) => [reason, reasonOf(reason)] as const);
  const words = known.filter(([, text]) => text === undefined).map(([reason]) => m.quoted({ words: reason }));
  const others = known.flatMap(([, text]) => text ?? []);
  const parts = [...(words.length > 0 ? [m.because_words({ words: words.join(', ') })] : []), ...others];
  return parts.reduce((one, other) => (one === '' ? other : m.because_joined({ one, other })), '');
}

/** A reason that is no word of the message. Records are written in English; what is not known here counts as a quoted word. */
function reasonOf(reason: string): string | undefined {
  const intent = /^([a-z_]+) \(\d+ %\)(?:: (.+))?$/s.exec(reason);
  if (intent) {
    const asked = intentName(intent[1] ?? '');
    return intent[2] ? m.because_intent_words({ intent: asked, words: intent[2].split(', ').map((words) => m.quoted({ words })).join(', ') }) : m.because_intent({ intent: asked });
  }
  if (reason === 'first message of this customer') return m.because_new();
  if (/^closed since ./.test(reason)) return m.because_closed();
  if (/^open since ./.test(reason)) return m.because_open();
  const holiday = /^holiday: (.+)$/.exec(reason);
  if (holiday) return m.because_holiday({ name: holiday[1] ?? '' });
  const spoken = /^in ([a-z]{2})$/.exec(reason);
  if (spoken) return m.because_language({ language: languageName(spoken[1] ?? '', language.current) });
  const medium = /^by ([a-z_]+)$/.exec(reason)?.[1];
  return medium !== undefined && textFor(`medium_${medium}`) !== undefined ? m.because_medium({ medium: mediumWithin(medium) }) : undefined;
}

/** How sure the program was of what a text asks for. */
export function sureText(percent: number): string {
  if (percent >= VERY_SURE) return m.sure_very({ percent });
  return percent >= QUITE_SURE ? m.sure_quite({ percent }) : m.sure_hardly({ percent });
}
