/**
 * Looks a text up by a word that comes from Rust: an error code, a reason, a medium, a field of a settings form.
 * Such sets are open, so every look-up has a fallback; it is the English sentence or label that came with the word.
 */
import { m, texts as known } from './index';

type Params = { [key in string]?: string };
type Text = (inputs?: Params) => string;

const texts = m as unknown as Record<string, Text | undefined>;

/** The text with this key in the current language, or undefined if there is none. */
export function textFor(key: string, params: Params = {}): string | undefined {
  const text = Object.hasOwn(known, key) ? texts[key] : undefined;
  if (!text) return undefined;
  try {
    return text(params);
  } catch {
    return undefined;
  }
}

/** A slug such as `reply_window` or `sms-seven` as part of a key. */
export function keyPart(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}
