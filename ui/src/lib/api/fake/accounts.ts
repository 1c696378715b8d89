/** The accounts of the in-memory shop. A password `falsch` is refused, a host `nirgendwo.example` is not found. */
import type { AccountView } from '../bindings/AccountView';
import type { CheckResult } from '../bindings/CheckResult';
import type { Event } from '../bindings/Event';
import type { Fields } from '../client';
import { fail } from './fail';
import { KINDS } from './kinds';

export class Accounts {
  list: AccountView[] = [];
  #id = 1;

  constructor(
    now: number,
    scenario: string,
    private readonly emit: (event: Event) => void,
  ) {
    if (scenario.startsWith('missing') || ['empty', 'no_accounts'].includes(scenario)) return;
    const names: Record<string, Fields> = {
      'demo-letters': { name: 'laden@radhaus-nord.example', address: 'laden@radhaus-nord.example', imap_host: 'imap.posthaus.example', smtp_host: 'smtp.posthaus.example', imap_port: '993', imap_security: 'tls' },
      'demo-texts': { name: 'Ladenhandy', number: '+4917604069000' },
      'demo-chats': { name: 'Radhaus-Bot' },
    };
    for (const kind of KINDS) {
      const account = this.#make(kind.kind, names[kind.kind] ?? {}, now);
      if (scenario === 'offline') account.state = 'offline';
      if (scenario === 'trouble' && account.medium === 'email') {
        account.state = 'needs_attention';
        account.error = { code: 'auth_failed', message: 'NO [AUTHENTICATIONFAILED] Authentication failed.' };
      }
      if (scenario === 'unsettled' && account.medium === 'email') {
        account.state = 'needs_attention';
        account.error = { code: 'account_settings', message: 'The settings of the account cannot work: the host name is not valid. Correct them in the account.' };
      }
      if (scenario === 'unsettled' && account.medium === 'sms') {
        account.state = 'offline';
        account.error = { code: 'unreachable', message: 'The server cannot be reached: connection refused. Theke tries again by itself.' };
      }
      if (scenario === 'trouble' && account.medium === 'telegram') {
        account.gap = { since: new Date(now - 3 * 86_400_000).toISOString(), until: new Date(now - 2 * 86_400_000).toISOString() };
      }
      if (['syncing', 'metered'].includes(scenario) && account.medium === 'email') {
        account.fetching = { loaded: 12_400, remaining: 7_600, reaches_to: new Date(now - 260 * 86_400_000).toISOString(), paused: false, metered: false, minutes_left: 4 };
      }
      this.list.push(account);
      if (scenario === 'two_mailboxes' && account.medium === 'email') this.list.push(this.#make(kind.kind, { name: 'werkstatt@radhaus-nord.example' }, now));
    }
  }

  /** As they are asked for: by each medium one writes first. */
  views(): AccountView[] {
    return this.list.map((account) => {
      const rivals = this.list.filter((other) => other.medium === account.medium && other.enabled);
      const first = rivals.find((other) => other.is_default) ?? rivals[0];
      return { ...account, writes_first: first?.id === account.id };
    });
  }

  makeDefault(medium: string, id: number): void {
    this.list = this.list.map((account) => (account.medium === medium ? { ...account, is_default: account.id === id } : account));
    this.changed(id);
  }

  check(values: Fields, secrets: Fields): CheckResult {
    if (secrets['password'] === 'falsch') {
      return { ok: false, error: { code: 'auth_failed', message: 'NO [AUTHENTICATIONFAILED] Authentication failed.' } };
    }
    if (values['imap_host'] === 'nirgendwo.example') {
      return { ok: false, error: { code: 'unreachable', message: 'nirgendwo.example: name or service not known' } };
    }
    return { ok: true, error: null };
  }

  add(kind: string, values: Fields, secrets: Fields, check: boolean): AccountView {
    const result = this.check(values, secrets);
    if (check && !result.ok && result.error) throw { ...result.error, params: {} };
    const account = this.#make(kind, values, Date.now());
    this.list.push(account);
    this.changed(account.id);
    return account;
  }

  get(id: number): AccountView {
    const found = this.list.find((account) => account.id === id);
    if (!found) throw fail('not_found', 'There is no such account.');
    return found;
  }

  change(id: number, change: Partial<AccountView>): AccountView {
    const changed = { ...this.get(id), ...change };
    this.list = this.list.map((account) => (account.id === id ? changed : account));
    this.changed(id);
    return changed;
  }

  pauseFetching(id: number, paused: boolean): AccountView {
    const { fetching } = this.get(id);
    return this.change(id, { fetching: fetching && { ...fetching, paused, minutes_left: paused ? null : fetching.minutes_left } });
  }

  /** A batch of older messages came in. */
  fetched(count: number): void {
    for (const { id, fetching } of this.list) {
      if (!fetching || fetching.paused) continue;
      const left = Math.max(0, fetching.remaining - count);
      const next = { ...fetching, loaded: (fetching.loaded ?? 0) + fetching.remaining - left, remaining: left };
      this.change(id, { fetching: left === 0 ? null : next });
    }
  }

  /** Older messages wait for a connection that is not metered. */
  meter(metered: boolean): void {
    for (const { id, fetching } of this.list) if (fetching) this.change(id, { fetching: { ...fetching, metered, minutes_left: null } });
  }

  changed(id: number): void {
    this.emit({ event: 'account_changed', account_id: id });
  }

  #make(kind: string, settings: Fields, now: number): AccountView {
    const known = KINDS.find((entry) => entry.kind === kind);
    if (!known) throw fail('bad_input', 'There is no such kind.');
    return {
      id: this.#id++,
      kind,
      medium: known.medium,
      name: settings['name'] || known.name,
      enabled: true,
      state: 'ok',
      error: null,
      last_success_at: new Date(now - 40_000).toISOString(),
      next_try_at: new Date(now + 60_000).toISOString(),
      settings,
      fetching: null,
      gap: null,
      is_default: false,
      writes_first: false,
    };
  }
}
