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

const CONTROLS = 'input, select, textarea, button';

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

/** The focus goes to the first control of a part that was just made. */
export async function focusPart(selector: string): Promise<void> {
  await tick();
  const part = document.querySelector<HTMLElement>(selector);
  const control = part?.matches(CONTROLS) ? part : part?.querySelector<HTMLElement>(CONTROLS);
  if (control) control.focus();
  else part?.scrollIntoView({ block: 'nearest' });
}
