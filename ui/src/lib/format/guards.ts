/** Guards of automation in words: what each of them says of a message, and the figures or words it says it by. */
import type { GuardView } from '../api/bindings/GuardView';
import { m } from '../i18n';
import { keyPart, textFor } from '../i18n/lookup';

/** The guard's sentence where it holds a message back; its own slug where this window does not know it. */
export function guardText(name: string): string {
  return textFor(`guard_${keyPart(name)}`) ?? name;
}

/** What a guard says of this message, whether it let it pass or not. */
export function guardSaid({ name, passed, why }: GuardView): string {
  return passed ? (textFor(`guard_passed_${keyPart(name)}`) ?? name) : (textFor(`guard_${keyPart(name)}`) ?? `${name}: ${why}`);
}

/** The first that held a message back. */
export function holding(guards: readonly GuardView[]): GuardView | undefined {
  return guards.find((guard) => !guard.passed);
}

/** The figures of a cap, or the words that a person should answer; the rest of `why` is English for records. */
export function guardDetail({ name, passed, why }: GuardView): string | undefined {
  const figures = name.startsWith('cap_') ? /^(\d+) of (\d+)$/.exec(why) : null;
  if (figures) return m.guard_count({ sent: Number(figures[1]), most: Number(figures[2]) });
  const colon = why.indexOf(': ');
  return name === 'sensitive' && !passed && colon >= 0 ? m.guard_words({ words: why.slice(colon + 2) }) : undefined;
}
