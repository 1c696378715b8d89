/** The settings by their stable keys. A change is on screen at once and goes back if it is refused. */
import type { Client, Fields } from '../api/client';
import { asProblem, type Problem } from '../api/error';
import { language } from '../i18n';
import { keymap } from './keymap.svelte';
import { look } from './look.svelte';
import { theme } from './theme.svelte';

export class SettingsState {
  values = $state<Fields>({});
  problem = $state.raw<Problem | undefined>(undefined);

  constructor(private readonly api: Client) {}

  async refresh(): Promise<void> {
    try {
      this.values = await this.api.settingsGet(null);
      this.problem = undefined;
      this.#apply();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  isOn(key: string): boolean {
    return this.values[key] === 'true';
  }

  async set(key: string, value: string): Promise<void> {
    const before = this.values[key];
    if (before === value) return;
    this.values = { ...this.values, [key]: value };
    this.#apply();
    try {
      await this.api.settingsSet(key, value);
      this.problem = undefined;
    } catch (thrown) {
      this.values = { ...this.values, [key]: before ?? '' };
      this.#apply();
      this.problem = asProblem(thrown);
    }
  }

  #apply(): void {
    language.country = this.values['shop.country'] ?? '';
    language.use(this.values['shop.language']);
    const choice = this.values['appearance.theme'];
    if (choice) theme.use(choice);
    look.take(this.values['appearance.text_percent'], this.values['appearance.density']);
    keymap.take(this.values['keys.map'], this.values['keys.letters']);
  }
}
