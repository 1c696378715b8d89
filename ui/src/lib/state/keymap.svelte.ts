/**
 * Which key does what. The usual keys stand with the actions; what a person changed is the setting `keys.map`, a JSON object from
 * action to key. Keys are written as tinykeys reads them: `e`, `$mod+k`, `Shift+?`.
 */
import { m } from '../i18n';

const MAC = typeof navigator !== 'undefined' && /Mac/.test(navigator.platform);

class Keymap {
  changed = $state.raw<Record<string, string>>({});
  /** Single letters can be turned off: they are in the way of some who dictate. */
  letters = $state(true);

  /** Takes over what the settings say. */
  take(map: string | undefined, letters: string | undefined): void {
    this.changed = strings(parsed(map));
    this.letters = letters !== 'false';
  }

  /** The key of an action; empty if it has none. */
  of(id: string, usual: string): string {
    return Object.hasOwn(this.changed, id) ? (this.changed[id] ?? '') : usual;
  }

  /** The setting with another key for an action; undefined takes the usual one back. */
  with(id: string, key: string | undefined): string {
    const { [id]: _, ...rest } = this.changed;
    return JSON.stringify(key === undefined ? rest : { ...rest, [id]: key });
  }
}

/** An object from JSON; whatever else stands there counts as empty. */
function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return {};
  }
}

function strings(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** A key without a modifier that types a letter. */
export function isLetter(key: string): boolean {
  return [...key].length === 1;
}

/** The key that was pressed, as it is written; undefined for a modifier alone. */
export function pressed(event: KeyboardEvent): string | undefined {
  if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Unidentified', 'Tab', 'Escape'].includes(event.key)) return undefined;
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const parts = [mod ? '$mod' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : ''].filter(Boolean);
  return [...parts, event.key.length === 1 ? event.key.toLowerCase() : event.key].join('+');
}

/**
 * All that is pressed for a key on other keyboards. The digits of the French one stand behind Shift, so with a modifier the place
 * counts; plus stands behind Shift in the USA, in France and in Switzerland.
 */
export function pressedFor(key: string): string[] {
  if (/^\$mod\+\d$/.test(key)) return [key, key.replace(/\d$/, (digit) => `Digit${digit}`)];
  return key === '$mod++' ? [key, '$mod+Shift++', '$mod+='] : [key];
}

/** A key as it stands on the keyboard: `Strg`, `Umschalt`, `K`. */
export function keyCaps(key: string): string[] {
  const names: Record<string, () => string> = {
    $mod: () => (MAC ? '⌘' : m.key_ctrl()),
    Shift: () => (MAC ? '⇧' : m.key_shift()),
    Alt: () => (MAC ? '⌥' : m.key_alt()),
    Enter: m.key_enter,
    ArrowUp: () => '↑',
    ArrowDown: () => '↓',
    ArrowLeft: () => '←',
    ArrowRight: () => '→',
    Space: m.key_space,
    ' ': m.key_space,
    Delete: m.key_delete,
    Insert: m.key_insert,
    Home: m.key_home,
    End: m.key_end,
    PageUp: m.key_page_up,
    PageDown: m.key_page_down,
  };
  return key === '' ? [] : key.split(/\b\+/).map((part) => names[part]?.() ?? part.toLocaleUpperCase());
}

export const keymap = new Keymap();
