/** Backups of the in-memory engine: three daily ones, one of them damaged, and what was replaced yesterday. */
import type { BackupView } from '../bindings/BackupView';
import type { KeptView } from '../bindings/KeptView';
import type { Client } from '../client';
import { RECOVERY_CODE } from './code';
import { fail } from './fail';
import type { Host } from './host';

const FOREIGN = 'anderer-laden';

export function backupsPart(host: Host) {
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString();
  const daily = (back: number, more: Partial<BackupView> = {}): BackupView => ({ name: `day-${back}`, at: day(back), daily: true, bytes: 4_300_000 - back * 100_000, messages: 21 - back, trouble: null, ...more });
  const backups = host.scenario === 'empty' ? [] : [daily(0), daily(1), daily(2, { messages: null, trouble: 'bad_backup' }), daily(9, { name: 'v5', daily: false })];
  const kept: KeptView[] = host.scenario === 'kept' ? [{ name: 'kept-1', at: day(1), bytes: 4_250_000, own: true }] : [];

  // Another night passes.
  if (host.scenario === 'kept') addEventListener('fake:night', () => backups.unshift(daily(0, { name: 'tonight' })));

  async function restore(name: string, needsCode: boolean, code: string | null) {
    for (const step of ['stopping', 'checking', 'opening']) {
      if (needsCode && step === 'checking' && code !== RECOVERY_CODE) throw fail('wrong_key', 'This key does not open the backup.');
      host.emit({ event: 'restore_step', step });
      // A real one takes seconds: what is said meanwhile is to be seen.
      if (host.scenario === 'slow_restore') await new Promise((done) => addEventListener('fake:go-on', done, { once: true }));
    }
    return { messages: 20, doubted: name === 'day-1' ? 2 : 0 };
  }

  return {
    backup: async (file) => ({ file, bytes: 4_300_000, messages: 21 }),
    backups: async () => ({ backups: backups.map((one) => ({ ...one })), kept: kept.map((one) => ({ ...one })) }),
    backupCheck: async (name) => {
      if (name === 'v5') throw fail('bad_backup', 'This is not a whole backup: the database in it is damaged.');
    },
    backupLook: async () => {
      if (host.scenario === 'newer_backup') throw fail('too_new', 'The database has version 99, this program knows up to 7.');
      return { at: day(30), bytes: 3_900_000, messages: 18, own: host.scenario !== FOREIGN };
    },
    restoreAutomatic: async (name) => restore(name, false, null),
    restoreKept: async (name) => restore(name, false, null),
    restoreFile: async (name, code) => restore(name, host.scenario === FOREIGN, code),
  } satisfies Partial<Client>;
}
