/** The accounts with their health, and the form of the one being added or changed. */
import type { AccountView } from '../api/bindings/AccountView';
import type { CheckResult } from '../api/bindings/CheckResult';
import type { FieldView } from '../api/bindings/FieldView';
import type { KindView } from '../api/bindings/KindView';
import type { Client, Fields } from '../api/client';
import type { FoundSettingsView } from '../api/bindings/FoundSettingsView';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

/** What is being filled in; `account` is null while a new one is made. */
export interface AccountDraft {
  kind: KindView;
  account: AccountView | null;
  values: Fields;
}

/** The field of how far back older messages are fetched, from the shortest to the longest, where a kind has it. */
export const HISTORY = 'history';

export class AccountsState {
  readonly kinds = new Resource<KindView[]>();
  readonly list = new Resource<AccountView[]>();
  draft = $state<AccountDraft | null>(null);
  /** Choosing a kind for a new account. */
  choosing = $state(false);
  checking = $state(false);
  saving = $state(false);
  /** Changed settings can be tried only with the secret, which is never shown again. */
  secretWanted = $state(false);
  checked = $state.raw<CheckResult | undefined>(undefined);
  problem = $state.raw<Problem | undefined>(undefined);
  /** What was found by the address of the account being made. */
  readonly found = new Resource<FoundSettingsView>();
  /** A new account begins with the shortest span. */
  least = false;
  #asked = '';

  constructor(private readonly api: Client) {}

  async refresh(): Promise<void> {
    await Promise.all([
      this.list.load(() => this.api.accounts()),
      this.kinds.value ? undefined : this.kinds.load(() => this.api.kinds()),
    ]);
  }

  choose(): void {
    this.#reset();
    this.choosing = true;
  }

  begin(kind: KindView): void {
    this.#reset();
    const values = Object.fromEntries(kind.fields.map((field) => [field.key, field.default ?? '']));
    const shortest = kind.fields.find((field) => field.key === HISTORY)?.options[0];
    if (this.least && shortest !== undefined) values[HISTORY] = shortest;
    this.draft = { kind, account: null, values };
  }

  edit(account: AccountView): void {
    const kind = this.kinds.value?.find((known) => known.kind === account.kind);
    if (!kind) return;
    this.#reset();
    const values = Object.fromEntries(
      kind.fields.map((field) => [field.key, field.secret ? '' : (account.settings[field.key] ?? '')]),
    );
    this.draft = { kind, account, values };
  }

  cancel(): void {
    this.#reset();
  }

  /** Whether the servers of this account can be found by its address, so that nobody has to know them. */
  get finds(): boolean {
    const { draft } = this;
    return draft !== null && draft.account === null && draft.kind.fields.some((field) => field.input === 'email');
  }

  /** Looks into the program's own table; with `network` the provider's domain is asked too. Fills what was found into the form. */
  async find(network: boolean): Promise<void> {
    const { draft } = this;
    const address = draft?.kind.fields.find((field) => field.input === 'email');
    const text = (draft?.values[address?.key ?? ''] ?? '').trim();
    // Once for each address, so that servers typed by hand stay.
    if (!draft || !this.finds || !/@.+\../.test(text) || (text === this.#asked && !network)) return;
    this.#asked = text;
    const found = await this.found.load(() => this.api.findSettings(draft.kind.kind, text, network));
    if (!found || draft !== this.draft) return;
    for (const [key, value] of Object.entries(found.values)) draft.values[key] = value;
  }

  /** Tries the settings without saving them. Secrets that were left blank in a saved account are tried as saved. */
  async check(): Promise<void> {
    const draft = this.draft;
    if (!draft) return;
    this.checked = undefined;
    this.problem = undefined;
    const { values, secrets } = this.#split(draft);
    const complete = draft.kind.fields.every((field) => !field.secret || !field.required || field.key in secrets);
    this.secretWanted = draft.account !== null && !complete && !sameValues(draft, values);
    if (this.secretWanted) return;
    this.checking = true;
    try {
      const unchanged = draft.account && Object.keys(secrets).length === 0 && sameValues(draft, values);
      const result = unchanged && draft.account
        ? await this.api.accountCheck(draft.account.id)
        : await this.api.accountCheckSettings(draft.kind.kind, values, secrets);
      if (draft === this.draft) this.checked = result;
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.checking = false;
    }
  }

  /** Saves; a new account is tried first unless `check` is off. */
  async save(check: boolean): Promise<boolean> {
    const draft = this.draft;
    if (!draft) return false;
    this.saving = true;
    this.problem = undefined;
    this.checked = undefined;
    const { values, secrets } = this.#split(draft);
    try {
      if (draft.account) await this.api.accountUpdate(draft.account.id, values, secrets);
      else await this.api.accountAdd(draft.kind.kind, values, secrets, check);
      this.#reset();
      await this.refresh();
      return true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return false;
    } finally {
      this.saving = false;
    }
  }

  remove(id: number, withMessages: boolean): Promise<boolean> {
    return this.#act(() => this.api.accountRemove(id, withMessages));
  }

  setEnabled(id: number, enabled: boolean): Promise<boolean> {
    return this.#act(() => this.api.accountSetEnabled(id, enabled));
  }

  /** The person has seen that messages may be missing: checking the account by hand puts the note away. */
  acknowledgeGap(id: number): Promise<boolean> {
    return this.#act(() => this.api.accountCheck(id));
  }

  /** Older messages of these accounts wait, or are fetched on. */
  pauseFetching(ids: number[], paused: boolean): Promise<boolean> {
    return this.#act(() => Promise.all(ids.map((id) => this.api.accountPauseFetching(id, paused))));
  }

  /** A new password: tried first, kept only if it works. Answers what is still wrong. */
  async renewSecret(account: AccountView, secrets: Fields): Promise<Problem | null> {
    try {
      const { ok, error } = await this.api.accountCheckSettings(account.kind, account.settings, secrets);
      if (!ok) return error;
      await this.api.accountUpdate(account.id, account.settings, secrets);
      await this.refresh();
      return null;
    } catch (thrown) {
      return asProblem(thrown);
    }
  }

  /** How far back older messages are fetched. */
  setHistory(account: AccountView, span: string): Promise<boolean> {
    return this.#act(() => this.api.accountUpdate(account.id, { ...account.settings, [HISTORY]: span }, {}));
  }

  /** By its medium this account writes to customers who were not written to before. */
  makeFirst(account: AccountView): Promise<boolean> {
    return this.#act(() => this.api.settingsSet(`routing.default_account.${account.medium}`, String(account.id)));
  }

  tryNow(id: number): Promise<boolean> {
    return this.#act(() => this.api.accountTryNow(id));
  }

  async #act(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      this.problem = undefined;
      return true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return false;
    } finally {
      await this.refresh();
    }
  }

  #split(draft: AccountDraft): { values: Fields; secrets: Fields } {
    const filled = (field: FieldView) => [field.key, (draft.values[field.key] ?? '').trim()] as const;
    const plain = draft.kind.fields.filter((field) => !field.secret).map(filled);
    const secret = draft.kind.fields
      .filter((field) => field.secret)
      .map((field) => [field.key, draft.values[field.key] ?? ''] as const)
      .filter(([, value]) => value !== '');
    return { values: Object.fromEntries(plain), secrets: Object.fromEntries(secret) };
  }

  #reset(): void {
    this.draft = null;
    this.choosing = false;
    this.secretWanted = false;
    this.checked = undefined;
    this.problem = undefined;
    this.found.clear();
    this.#asked = '';
  }
}

function sameValues(draft: AccountDraft, values: Fields): boolean {
  return Object.entries(values).every(([key, value]) => value === (draft.account?.settings[key] ?? ''));
}
