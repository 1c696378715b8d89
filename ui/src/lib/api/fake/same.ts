/** Who may be the same, in memory: the pairs of the invented shop, merging, and taking it back. */
import type { ContactView } from '../bindings/ContactView';
import type { DuplicateView } from '../bindings/DuplicateView';
import type { MergeView } from '../bindings/MergeView';
import type { Client } from '../client';
import { contactsPart } from './customers';
import { fail } from './fail';
import type { Host } from './host';

interface Done {
  view: MergeView;
  survivor: number;
  back: () => void;
}

/** Names of customers that belong together here, with why. */
const PAIRS: [string, string, number, string[]][] = [
  ['Anna Petersen', 'A. Petersen', 93, ['shared_mobile', 'initial_only']],
  ['Clara Müller', 'Klara Mueller', 62, ['spelling_variant', 'same_postcode']],
  ['Blumen Rosenthal GmbH', 'Rosenthal', 48, ['shared_landline', 'firm_and_person']],
];

export function samePart(host: Host) {
  const { shop, emit, undos } = host;
  const { contact: detail } = contactsPart(host);
  const apart = new Set<string>();
  const merges: Done[] = [];
  let next = 1;

  const called = (name: string) => shop.contacts.find((contact) => contact.name === name);
  const key = (a: number, b: number) => `${Math.min(a, b)} ${Math.max(a, b)}`;
  const needed = (id: number): ContactView => {
    const contact = shop.contacts.find((known) => known.id === id);
    if (!contact) throw fail('not_found', 'There is no such customer.');
    return contact;
  };

  function pairs(): DuplicateView[] {
    return PAIRS.flatMap(([one, other, score, reasons]) => {
      const [first, second] = [called(one), called(other)];
      if (!first || !second || apart.has(key(first.id, second.id))) return [];
      return [{ first: { ...first }, second: { ...second }, score, sure: score >= 90, reasons }];
    });
  }

  function told(...ids: number[]): void {
    for (const id of ids) emit({ event: 'contact_changed', contact_id: id });
    emit({ event: 'duplicates_changed' });
  }

  /** Answers the number of the merge. */
  function merge(a: number, b: number, name: string): Done {
    const [survivor, absorbed] = [needed(a), needed(b)];
    const before = { ...survivor, identities: [...survivor.identities] };
    const moved = shop.conversations.filter((known) => known.contact === b);
    for (const known of moved) known.contact = a;
    const last = [survivor.last_contact_at, absorbed.last_contact_at].sort().pop() ?? null;
    Object.assign(survivor, { name, identities: [...survivor.identities, ...absorbed.identities], messages: survivor.messages + absorbed.messages, last_contact_at: last });
    shop.contacts = shop.contacts.filter((contact) => contact.id !== b);
    const value = name === before.name ? absorbed.name : before.name;
    const done: Done = {
      view: { id: next++, at: new Date().toISOString(), contact_id: b, name: absorbed.name, other: value === name ? [] : [{ field: 'name', value }] },
      survivor: a,
      back: () => {
        for (const known of moved) known.contact = b;
        Object.assign(survivor, before);
        shop.contacts = [...shop.contacts, absorbed];
        merges.splice(merges.indexOf(done), 1);
        told(a, b);
      },
    };
    merges.push(done);
    return done;
  }

  return {
    duplicates: async (limit) => ({ pairs: pairs().slice(0, limit), sure: pairs().filter((pair) => pair.sure).length, waiting: 0 }),
    duplicatesOf: async (id) => pairs().filter((pair) => pair.first.id === id || pair.second.id === id),
    contactsNotSame: async (a, b) => {
      apart.add(key(a, b));
      told();
      return undos.add('not_same', needed(a).name, () => {
        apart.delete(key(a, b));
        told();
      });
    },
    contactsMergeSure: async () => {
      const sure = pairs().filter((pair) => pair.sure);
      const made = sure.map((pair) => merge(pair.first.id, pair.second.id, pair.first.name));
      told();
      return { merged: made.length, undo_id: made.length === 0 ? null : undos.add('merge', '', () => made.reverse().forEach((done) => done.back()), made.length) };
    },
    contactMergePreview: async (a, b) => {
      const [one, other] = [needed(a), needed(b)];
      return { a: { ...one }, b: { ...other }, fields: [{ field: 'name', a: one.name, b: other.name, keep: 'a' }, { field: 'salutation', a: 'sie', b: '', keep: 'a' }], not_same: apart.has(key(a, b)) };
    },
    contactMerge: async (a, b, choices) => {
      const other = choices.some((choice) => choice.field === 'name' && choice.keep === 'b');
      const done = merge(a, b, needed(other ? b : a).name);
      told(a, b);
      return { ...(await detail(a)), merge_id: done.view.id, undo_id: undos.add('merge', needed(a).name, done.back) };
    },
    contactUnmerge: async (id) => {
      const done = merges.find((known) => known.view.id === id);
      if (!done) throw fail('too_late', 'This merge was undone already.');
      done.back();
      const [rest, part] = [needed(done.survivor), needed(done.view.contact_id)];
      return { undo_id: undos.add('unmerge', part.name, () => void merge(rest.id, part.id, rest.name)), rest: { ...rest }, part: { ...part } };
    },
    contactMerges: async (id) => merges.filter((done) => done.survivor === id).map((done) => done.view).reverse(),
  } satisfies Partial<Client>;
}
