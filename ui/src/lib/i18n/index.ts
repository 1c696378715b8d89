/** The texts of the window. A text that stands in a component and not here is a mistake. */
import { m as texts } from '../paraglide/messages.js';
import { language } from './language.svelte';

export { language, locales } from './language.svelte';
export { texts };

type Text = (...inputs: unknown[]) => string;
const spoken = new Map<string | symbol, Text>();

/**
 * Each text as it is spoken where the shop is: Swiss German has no ß. The function is the same whenever it is asked for, and looks
 * at the country when it is called.
 */
export const m: typeof texts = new Proxy({} as typeof texts, {
  get(_, key) {
    let text = spoken.get(key);
    if (!text) {
      const plain = (texts as unknown as Record<string | symbol, Text>)[key];
      if (typeof plain !== 'function') return plain;
      text = (...inputs) => (language.swiss ? plain(...inputs).replaceAll('ß', 'ss') : plain(...inputs));
      spoken.set(key, text);
    }
    return text;
  },
});
