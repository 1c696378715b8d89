/** How far the profile is: nothing else of the window is drawn until it is `ready`. */
import type { ProfileCreated } from '../api/bindings/ProfileCreated';
import type { Client, ProfileKey } from '../api/client';
import type { ProfileStatus } from '../api/bindings/ProfileStatus';
import { asProblem, type Problem } from '../api/error';
import { language } from '../i18n';
import type { LockState } from './lock.svelte';
import { Resource } from './resource.svelte';

export class ProfileState {
  readonly status = new Resource<ProfileStatus>();
  /** Shown once after set-up, until the person says that it is written down. */
  created = $state.raw<ProfileCreated | undefined>(undefined);
  /** What a new shop is still asked before its inbox. */
  step = $state<'account' | 'fetch' | null>(null);
  /** Only then is there an inbox to show. */
  opened = $state(false);
  busy = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);
  /** The practice shop was asked for, and is on its way. */
  practises = $state(false);

  constructor(
    private readonly api: Client,
    private readonly lock: LockState,
  ) {}

  async refresh(): Promise<void> {
    const status = await this.status.load(() => this.api.profileStatus());
    if (status?.state === 'ready') await this.open({});
  }

  /** Asks again how it is, without opening anything. */
  async look(): Promise<void> {
    await this.status.load(() => this.api.profileStatus());
  }

  /** `hours`: when it is open, as the setting has it; `state`: whose holidays it keeps, or none. */
  async create(shop: string, country: string, hours: string, passphrase: string, state = ''): Promise<void> {
    await this.#act(async () => {
      this.created = await this.api.profileCreate(shop, country, passphrase === '' ? null : passphrase);
      // The language and the hours of the first screen are the shop's from then on; both can be changed in the settings.
      const first = { 'shop.language': language.current, 'shop.hours': hours, ...(state === '' ? {} : { 'shop.state': state }) };
      for (const [key, value] of Object.entries(first)) await this.api.settingsSet(key, value).catch(() => undefined);
    });
  }

  /** Opens with what the person gave, or asks the keychain once more. */
  async open(key: ProfileKey): Promise<void> {
    await this.#act(async () => {
      const status = await this.api.profileOpen(key);
      this.status.set(status);
      // Before anything is drawn: it may begin locked.
      this.lock.locked = status.window_locked;
      if (status.window_locked) await this.lock.look();
      this.opened = status.state === 'ready';
    });
  }

  /** After the recovery code was written down. */
  async goOn(): Promise<void> {
    this.step = 'account';
    this.created = undefined;
    await this.refresh();
  }

  /** The practice shop, in a window of its own. */
  async practise(): Promise<void> {
    await this.#act(async () => {
      await this.api.practiceOpen();
      this.practises = true;
    });
  }

  async #act(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    try {
      await act();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  }
}
