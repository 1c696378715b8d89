/** All that a person can do by key or from the palette, in the order of the sheet of keys. */
import type { AppState } from '../state/app.svelte';
import type { Action, ActionGroup } from './action';
import { conversationActions } from './conversation';
import { goActions } from './go';
import { viewActions } from './view';
import { libraryActions } from './write';

export type { Action, ActionGroup } from './action';

const ORDER: ActionGroup[] = ['conversation', 'write', 'go', 'view'];

export function allActions(app: AppState): Action[] {
  const all = [...conversationActions(app), ...libraryActions(app), ...goActions(app), ...viewActions(app)];
  return all.sort((one, other) => ORDER.indexOf(one.group) - ORDER.indexOf(other.group));
}
