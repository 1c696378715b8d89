/** Lists of customers and data protection, in memory: a table of four lines, one of them new, one known, one twice, one broken. */
import type { ImportReport } from '../bindings/ImportReport';
import type { ImportWish } from '../bindings/ImportWish';
import type { ProtectionLine } from '../bindings/ProtectionLine';
import type { RestrictedView } from '../bindings/RestrictedView';
import type { Client } from '../client';
import { fail } from './fail';
import type { Host } from './host';

const COLUMNS: [string, string, string[]][] = [
  ['Name', 'name', ['Rosalie Sommer', 'Anna Petersen']],
  ['E-Mail', 'email', ['rosalie@sommerpost.example', 'anna.petersen@posthaus.example']],
  ['Handy', 'phone', ['0176 04069099']],
  ['Rahmengröße', 'ignore', ['54', '58']],
];

const ACTIVITY = {
  name: 'Nachrichten mit Kundinnen und Kunden', purpose: 'Anfragen beantworten, Aufträge abwickeln', basis: 'Vertrag und Anfragen dazu (Art. 6 Abs. 1 b DSGVO)', people: 'Kundinnen und Kunden, Interessenten', details: 'Name, Adressen, Nachrichten mit Anhängen, Zeitpunkte', recipients: 'imap.posthaus.example', kept: 'Bis zur Löschung durch das Geschäft oder auf Verlangen',
};

export function listsPart({ shop, emit, undos, scenario, accounts }: Host) {
  const log: ProtectionLine[] = [];
  const restricted: (RestrictedView & { back: () => void })[] = [];
  const note = (what: string, rows: number) => log.unshift({ at: new Date().toISOString(), what, rows });

  function report(wish: ImportWish, done: boolean): ImportReport {
    if (wish.file.endsWith('.pem') && scenario === 'broken_list') throw fail('bad_input', 'ca.pem cannot be read. Choose a vCard or CSV file.', { field: 'file', file: 'ca.pem' });
    const columns = COLUMNS.map(([head, target, samples], place) => ({ head, target: wish.columns.find((choice) => choice.column === place)?.target ?? target, samples }));
    const own = columns.find((column) => column.target.startsWith('field:'));
    const line = (number: number, name: string, outcome: string, more: Partial<ImportReport['lines'][number]> = {}) => ({ line: number, name, outcome, contact_id: null, contact_name: '', news: [], reason: '', remarks: [], ...more });
    return {
      file: 'kunden.csv', format: 'csv', encoding: wish.encoding ?? 'windows-1252', separator: wish.separator ?? ';', columns, cards: 4, new: 1, changed: 1, same: 0, merged: 1,
      skipped: [{ line: 5, reason: 'empty' }],
      lines: [
        line(2, 'Rosalie Sommer', 'new', { remarks: ['unreadable:kein-email@'] }),
        line(3, 'Anna Petersen', 'changed', { contact_id: shop.contacts[0]?.id ?? null, contact_name: 'Anna Petersen', news: own ? ['0176 04069099', `${own.head}: 58`] : ['0176 04069099'], remarks: wish.overwrite ? [] : ['kept:name'] }),
        line(4, 'R. Sommer', 'merged'),
        line(5, '', 'skipped', { reason: 'empty' }),
      ],
      undo_id: done ? undos.add('contacts_imported', 'kunden.csv', () => {
        shop.contacts = shop.contacts.filter((contact) => contact.name !== 'Rosalie Sommer');
        emit({ event: 'refresh' });
      }, 4) : null,
    };
  }

  function remove(id: number): () => void {
    const contact = shop.contact(id);
    if (!contact) throw fail('not_found', `There is no contact ${id}.`);
    const conversations = shop.conversations.filter((known) => known.contact === id);
    shop.contacts = shop.contacts.filter((known) => known.id !== id);
    shop.conversations = shop.conversations.filter((known) => known.contact !== id);
    return () => {
      shop.contacts = [contact, ...shop.contacts];
      shop.conversations = [...conversations, ...shop.conversations];
    };
  }

  return {
    contactsImportRehearse: async (wish) => report(wish, false),
    contactsImport: async (wish) => {
      emit({ event: 'import_step', done: 4, total: 4 });
      const identities = [shop.identity('email', 'rosalie@sommerpost.example'), shop.identity('phone', '+4917604069099', '0176 04069099')];
      shop.contacts = [...shop.contacts, { id: shop.id(), name: 'Rosalie Sommer', identities, preferred: null, messages: 0, first_contact_at: null, last_contact_at: null }];
      return report(wish, true);
    },
    contactsExport: async (file, format) => ({ file, format, contacts: shop.contacts.length, restricted: 0, messages: format === 'json' ? 40 : 0, files: format === 'json' ? 12 : 0, bytes: 48_200, missing: format === 'json' ? [7, 9] : [] }),
    accessReportSave: async (_, file) => {
      note('report', 64);
      return { html_file: file, json_file: file.replace(/html$/, 'json'), rows: 64 };
    },
    contactErase: async (id, keepLetters) => {
      const messages = shop.contact(id)?.messages ?? 0;
      remove(id);
      note('erasure', messages + 12);
      emit({ event: 'refresh' });
      return { messages: keepLetters ? 0 : messages, rows: 12, addresses: 2, kept_letters: keepLetters };
    },
    contactRestrict: async (id, on) => {
      const known = restricted.findIndex((row) => row.id === id);
      if (on) restricted.unshift({ id, name: shop.contact(id)?.name ?? '', since: new Date().toISOString(), back: remove(id) });
      else restricted.splice(known, 1).forEach((row) => row.back());
      note(on ? 'restriction' : 'restriction_lifted', 1);
      emit({ event: 'refresh' });
    },
    protection: async () => ({
      activities: [ACTIVITY, { ...ACTIVITY, name: 'Kundenkartei', purpose: 'Wissen, mit wem gesprochen wird und was vereinbart ist', recipients: 'Niemand außerhalb des Geschäfts', kept: 'Bis zur Löschung auf Verlangen' }],
      processors: accounts.list.map((account) => ({ account: account.name, kind: account.kind, server: account.kind === 'email' ? 'imap.posthaus.example' : '', what: 'Übermittelt und speichert Nachrichten', advice: 'Vertrag zur Auftragsverarbeitung und Serverstandort prüfen' })),
      measures: ['Datenbank, Sicherungen und Zwischenspeicher sind verschlüsselt (AES-256).'],
      log: [...log],
      restricted: restricted.map(({ id, name, since }) => ({ id, name, since })),
    }),
    protectionRecordSave: async (file) => {
      return file;
    },
  } satisfies Partial<Client>;
}
