/** What a customer wished, in the language of the person: the line in the timeline, what became of it, why one is asked. */
import { m } from './index';
import { textFor } from './lookup';
import { mediumWithin } from './words';

/** The parts of a wish that a sentence needs. */
export interface Wished {
  medium: string | null;
  refused: readonly string[];
  scope: string;
}

/** `künftig per SMS, nicht per Telefon`. */
export function wishedText({ medium, refused, scope }: Wished): string {
  const always = scope === 'always';
  const parts: string[] = [];
  if (medium === 'phone' && !always) parts.push(m.wish_what_call());
  else if (medium) parts.push(always ? m.wish_what_always({ medium: mediumWithin(medium) }) : m.wish_what_this_time({ medium: mediumWithin(medium) }));
  for (const other of refused) parts.push(always && !medium ? m.wish_what_never({ medium: mediumWithin(other) }) : m.wish_what_not({ medium: mediumWithin(other) }));
  return parts.join(', ');
}

/** The line in the timeline, from the values of its event. */
export function wishLine(params: { [key in string]?: string }): string {
  const evidence = params['evidence'] ?? '';
  const why = params['why'] ?? '';
  if (why === 'opt_out') return m.wish_line_opt_out({ evidence });
  if (why === 'opt_in') return m.wish_line_opt_in({ evidence });
  const what = wishedText({ medium: params['medium'] || null, refused: (params['refused'] ?? '').split(' ').filter(Boolean), scope: params['scope'] ?? '' });
  return why === 'untrusted' ? m.wish_line_untrusted({ what, evidence }) : m.wish_line({ what, evidence });
}

/** What became of it; nothing while it just holds. */
export function wishState(state: string): string | undefined {
  return textFor(`wish_state_${state}`);
}

/** Why a person is asked. */
export function wishWhy(why: string): string | undefined {
  return textFor(`wish_why_${why}`);
}
