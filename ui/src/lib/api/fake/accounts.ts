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
      if (scenario === 'trouble' && account.medium === 'telegram') {
        account.gap = { since: new Date(now - 3 * 86_400_000).toISOString(), until: new Date(now - 2 * 86_400_000).toISOString() };
      }
      if (scenario === 'syncing' && account.medium === 'email') account.remaining = 12_400;
      this.list.push(account);
    }
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
      remaining: null,
      gap: null,
      is_default: false,
    };
  }
}
