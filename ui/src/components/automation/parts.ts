/** What the menus of the editor offer, and where the focus goes once a part is there. */
import { tick } from 'svelte';
import type { ActionShape } from '$lib/api/bindings/ActionShape';
import { language } from '$lib/i18n';
import { textFor } from '$lib/i18n/lookup';
import { ACTIONS, LEAVES, actionKind, newAction, type ActionKind } from '$lib/rules/shape';

export interface Choice {
  word: string;
  name: string;
}

const INPUTS = 'input, select, textarea';

/** A rule answers once. */
export function actionChoices(there: readonly ActionShape[]): Choice[] {
  const answers = there.some((one) => ['answer', 'dialogue'].includes(actionKind(one)));
  return ACTIONS.filter((kind) => !answers || (kind !== 'answer' && kind !== 'dialogue')).map((kind) => ({ word: kind, name: textFor(`rule_act_${kind}`) ?? kind }));
}

export function conditionChoices(deeper: boolean): Choice[] {
  const kinds = deeper ? [...LEAVES, 'group'] : LEAVES;
  return kinds.map((kind) => ({ word: kind, name: textFor(`rule_if_${kind}`) ?? kind }));
}

export function begunAction(kind: string): ActionShape {
  return newAction(kind as ActionKind, language.current);
}

/** The focus goes into a part that was just made: to its own inputs before those of its head. */
export async function focusPart(selector: string): Promise<void> {
  await tick();
  focusInside(document.querySelector<HTMLElement>(selector));
}

/** The focus goes to the first part with something wrong. */
export async function focusProblem(): Promise<void> {
  await tick();
  focusInside(document.querySelector('[data-problem]')?.closest<HTMLElement>('[data-place], .field, section') ?? null);
}

function focusInside(part: HTMLElement | null): void {
  const control = part?.querySelector<HTMLElement>(`:scope > .head ~ :is(${INPUTS}), :scope > .head ~ * :is(${INPUTS})`) ?? part?.querySelector<HTMLElement>(INPUTS) ?? part?.querySelector<HTMLElement>('button');
  control?.focus();
}
