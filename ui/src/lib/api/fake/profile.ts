/** The profile of the in-memory engine, and what belongs to the whole: settings, numbers, check-up, backup, dialogs. */
import type { ProfileStatus } from '../bindings/ProfileStatus';
import type { Client } from '../client';
import { fakeDrags } from './drags';
import { RECOVERY_CODE } from './code';
import { fail } from './fail';
import type { Host } from './host';
import { fakeHolidays, fakeStates } from './holidays';

const GATES: Record<string, string | undefined> = {
  missing: 'missing',
  missing_keychain: 'missing',
  missing_locked: 'missing',
  locked: 'locked',
  keychain_locked: 'keychain_locked',
  broken: 'broken',
};

export function profilePart(host: Host) {
  let state = GATES[host.scenario] ?? 'ready';
  let keychainTries = 0;

  const status = (): ProfileStatus => ({
    state,
    profile: '/home/laden/.local/share/theke',
    shop: state === 'ready' ? (host.settings['shop.name'] ?? null) : null,
    country: state === 'ready' ? 'DE' : null,
    error: state === 'broken' ? { code: 'too_new', message: 'The database has schema 12, this program knows 9. Install the newer program.' } : null,
    keychain: host.scenario !== 'missing',
    practice: host.scenario === 'practice',
    paused_until: host.scenario === 'paused' ? new Date(Date.now() + 3_600_000).toISOString() : null,
    window_locked: host.locked(),
  });

  return {
    profileStatus: async () => status(),
    profileCreate: async (name, country, passphrase) => {
      if (host.scenario === 'missing_locked' && passphrase === null) throw fail('keychain_locked', 'The keychain is locked.');
      host.settings['shop.name'] = name;
      host.settings['shop.country'] = country;
      state = 'ready';
      return { profile: status().profile, recovery_code: RECOVERY_CODE };
    },
    profileOpen: async (key) => {
      if (state === 'locked' && key.passphrase !== 'offen sesam' && key.recoveryCode !== RECOVERY_CODE) {
        throw fail('wrong_key', 'That key does not open the profile.');
      }
      if (state === 'keychain_locked' && key.recoveryCode === undefined && keychainTries++ === 0) {
        throw fail('keychain_locked', 'The keychain is still locked. Unlock it and try again.');
      }
      state = 'ready';
      return status();
    },
  } satisfies Partial<Client>;
}

const REPORT = `Theke 0.1.0
made: 2026-11-30T09:00:00Z

[system]
system: linux x86_64
release: Ubuntu 26.04 LTS
database: 41.2 MB
room on the disk: 182400.0 MB

[profile]
schema: 7
opened by passphrase: no
opened by keychain: yes

[settings]
shop.name: set (12 characters)
shop.country: DE
send.undo_secs: 10

[accounts]
account 1: email, on, ok, reached 2026-11-30T08:58:00Z, caught up
account 2: sms-seven, on, needs_attention, reached 2026-11-29T17:10:00Z, caught up

[last errors]
account 2: auth_failed, 3 in a row

[checks]
database: ok
backup: NOT OK
`;

export function wholePart(host: Host) {
  let shownReport = '';
  const { settings, shop, outbox } = host;
  const counted = (status: string) => shop.conversations.filter((known) => known.status === status && !known.spam).length;
  const moment = (days: number, hour: number) => {
    const now = new Date();
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).toISOString();
  };
  return {
    settingsGet: async (key) => (key === null ? { ...settings } : { [key]: settings[key] ?? '' }),
    settingsSet: async (key, value) => {
      const medium = /^routing\.default_account\.(.+)$/.exec(key)?.[1];
      if (medium) return host.accounts.makeDefault(medium, Number(value));
      if (!(key in settings)) throw fail('bad_input', `There is no setting ${key}.`);
      settings[key] = value;
    },
    overview: async () => ({
      open: counted('open'),
      waiting: counted('waiting'),
      snoozed: counted('snoozed'),
      starred: shop.conversations.filter((known) => known.starred && !known.spam).length,
      spam: shop.conversations.filter((known) => known.spam && known.status === 'open').length,
      unread_conversations: shop.conversations.filter((known) => !known.spam && shop.view(known).unread > 0).length,
      unread: shop.conversations.filter((known) => !known.spam).reduce((sum, known) => sum + shop.view(known).unread, 0),
      outbox: outbox.rows.filter((row) => row.state === 'queued').length,
      outbox_attention: outbox.rows.filter((row) => row.state !== 'queued' && row.state !== 'sending').length,
      offline: host.offline,
      metered: host.metered,
      holds_back: host.metered && !host.anyway,
      messages: shop.conversations.reduce((sum, known) => sum + known.messages.length, 0),
      indexing: 0,
      progress: host.accounts.list.find((account) => account.fetching)?.fetching ?? null,
    }),
    loadAnyway: async () => {
      host.anyway = true;
      host.accounts.meter(false);
      host.emit({ event: 'network_changed' });
    },
    doctor: async () => [
      { check: 'database', ok: true, message: 'Every page of the database is sound.', advice: null },
      { check: 'backup', ok: false, message: 'The newest automatic backup is of 2026-11-18T08:00:00Z.', advice: 'Let Theke run for a few minutes.' },
      { check: 'account 1', ok: true, message: 'It works, as far as is known.', advice: null },
      { check: 'account 1', ok: false, message: 'Messages from 2026-11-12T18:00:00Z to 2026-11-13T18:00:00Z may be missing.', advice: 'Look there.' },
    ],
    snoozePresets: async () => [
      { code: 'later_today', at: new Date(Date.now() + 3 * 3_600_000).toISOString() },
      { code: 'tomorrow', at: moment(1, 8) },
      { code: 'next_opening', at: moment(1, 9) },
      { code: 'weekend', at: moment(6 - new Date().getDay() || 7, 10) },
      { code: 'next_week', at: moment(8 - (new Date().getDay() || 7), 8) },
    ],
    openNow: async () => ({ open: true, next_change_at: moment(0, 23), next_open: moment(1, 9), next_close: moment(0, 23), why: null }),
    holidays: async () => fakeHolidays(host.settings),
    states: async (country) => fakeStates(country),
    drawn: async () => undefined,
    practiceOpen: async () => undefined,
    retentionPreview: async (years) => ({
      messages: years === 0 || years > 5 ? 0 : 1400 - years * 200,
      conversations: years === 0 || years > 5 ? 0 : 310,
      attachments: years === 0 || years > 5 ? 0 : 96,
      notes: years === 0 || years > 5 ? 0 : 1,
      before: years === 0 ? null : new Date(Date.now() - years * 365.2425 * 86_400_000).toISOString(),
    }),
    diagnostics: async () => {
      shownReport = REPORT;
      return REPORT;
    },
    diagnosticsSave: async () => {
      if (shownReport === '') throw fail('not_found', 'Look at the report first; then it can be saved.');
    },
    pickFiles: async () => [{ path: '/home/laden/Angebot.pdf', name: 'Angebot.pdf', size: 184_000, mime_type: 'application/pdf' }],
    pickFolder: async () => '/home/laden/Downloads',
    pickSave: async (name) => `/media/stick/${name}`,
    pickOpen: async () => '/home/laden/ca.pem',

    listen: async (handler) => host.listen(handler),
    drags: async (handler) => fakeDrags(host, handler),
  } satisfies Partial<Client>;
}
