/**
 * The keys of the window, made of the actions. Single letters do nothing while a text field has the focus or a dialog is open,
 * so a stray key never closes a conversation. No usual key needs a modifier that a German keyboard uses for letters.
 */
import { createKeybindingsHandler } from 'tinykeys';
import type { Action } from './actions';
import { isLetter, keymap, pressedFor } from './state/keymap.svelte';

const DIALOGS = '[role="dialog"], [role="menu"], [role="alertdialog"]';

/** Whether a single letter belongs to what has the focus. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const input = target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type);
  return target.isContentEditable || (!input && target.matches('input, textarea, select')) || target.closest(DIALOGS) !== null;
}

/** A listener for the window that runs the actions by their present keys. */
export function keyListener(actions: readonly Action[]): (event: KeyboardEvent) => void {
  const handlers: Record<string, (event: KeyboardEvent) => void> = {};
  for (const action of actions) {
    const key = keymap.of(action.id, action.key);
    const plain = isLetter(key) || key.startsWith('Shift+');
    if (key === '' || action.local || (plain && !keymap.letters && action.id !== 'help')) continue;
    const run = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const given = event.target instanceof HTMLElement && action.inField?.(event.target);
      const away = action.always || given ? document.querySelector(DIALOGS) !== null : typing(event.target);
      if (away || (plain && event.repeat && !REPEATS.has(action.id))) return;
      if (action.possible && !action.possible()) return;
      event.preventDefault();
      action.run();
    };
    for (const pressed of pressedFor(key)) if (pressed === key || !(pressed in handlers)) handlers[pressed] = run;
  }
  return createKeybindingsHandler(handlers) as (event: KeyboardEvent) => void;
}

/** Held down, these go on. */
const REPEATS = new Set(['next', 'previous']);
