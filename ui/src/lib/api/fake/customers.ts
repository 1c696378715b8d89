/** Accounts and customers of the in-memory engine. */
import type { ContactDetail } from '../bindings/ContactDetail';
import type { ContactView } from '../bindings/ContactView';
import type { Client } from '../client';
import { cardPart } from './card';
import { fail } from './fail';
import type { Host } from './host';
import { KINDS } from './kinds';

export function accountsPart({ accounts, offline }: Host) {
  return {
    kinds: async () => KINDS,
    accounts: async () => accounts.views(),
    findSettings: async (_kind, address, network) => {
      const domain = address.split('@')[1] ?? '';
      const known = domain === 'posthaus.example' || (network && domain === 'radhaus-nord.example');
      const values: Record<string, string> = known ? { imap_host: 'imap.posthaus.example', imap_port: '993', imap_security: 'tls', smtp_host: 'smtp.posthaus.example' } : {};
      const tried = [{ source: 'table', place: domain, outcome: known && !network ? 'found' : 'nothing' }, ...(network ? [{ source: 'autoconfig', place: `https://autoconfig.${domain}`, outcome: known ? 'found' : 'nothing' }] : [])];
      return { source: known ? (network ? 'autoconfig' : 'table') : 'none', provider: known ? 'Posthaus' : '', values, help: known ? ['app_password'] : [], tried };
    },
    accountAdd: async (kind, values, secrets, check) => accounts.add(kind, values, secrets, check),
    accountCheck: async (id) => {
      accounts.change(id, { gap: null });
      return accounts.check(accounts.get(id).settings, {});
    },
    accountCheckSettings: async (_kind, values, secrets) => accounts.check(values, secrets),
    accountUpdate: async (id, values, secrets) =>
      accounts.change(id, { settings: values, name: values['name'] ?? accounts.get(id).name, ...(Object.keys(secrets).length > 0 ? { state: 'ok', error: null } : {}) }),
    accountRemove: async (id) => {
      accounts.get(id);
      accounts.list = accounts.list.filter((account) => account.id !== id);
      accounts.changed(id);
    },
    accountSetEnabled: async (id, enabled) => accounts.change(id, { enabled }),
    accountPauseFetching: async (id, paused) => accounts.pauseFetching(id, paused),
    accountTryNow: async (id) =>
      void accounts.change(id, { last_success_at: new Date().toISOString(), state: offline ? 'offline' : 'ok', error: null }),
  } satisfies Partial<Client>;
}

export function contactsPart(host: Host) {
  const { shop, emit, undos, cards } = host;

  function detail(id: number, undo: number | null = null): ContactDetail {
    const contact = shop.contact(id);
    if (!contact) throw fail('not_found', 'There is no such customer.');
    const own = shop.conversations.filter((known) => known.contact === id);
    const timeline = own
      .flatMap((known) => known.messages)
      .sort((one, other) => other.at.localeCompare(one.at))
      .map((entry) => ({
        at: entry.at,
        type: 'message',
        message_id: entry.id,
        conversation_id: entry.conversation_id,
        direction: entry.direction,
        medium: entry.medium,
        subject: own.find((known) => known.id === entry.conversation_id)?.subject ?? '',
        summary: entry.subject || entry.text.slice(0, 80),
        entry: null,
      }));
    return { ...contact, card: cards.view(id), identities: contact.identities.map((identity) => ({ ...identity })), conversations: own.map((known) => known.id), timeline, older: null, undo_id: undo };
  }

  function change(id: number, what: string, act: (contact: ContactView) => void): ContactDetail {
    const contact = shop.contact(id);
    if (!contact) throw fail('not_found', 'There is no such customer.');
    const before = structuredClone(contact);
    act(contact);
    emit({ event: 'contact_changed', contact_id: id });
    return detail(id, undos.add(what, contact.name, () => {
      Object.assign(contact, before);
      emit({ event: 'contact_changed', contact_id: id });
    }));
  }

  return {
    ...cardPart(host, detail),
    contacts: async (query, limit) => {
      const wanted = (query ?? '').toLowerCase();
      const texts = (contact: ContactView) => [contact.name, ...contact.identities.flatMap((identity) => [identity.display, identity.address])];
      return shop.contacts
        .filter((contact) => texts(contact).some((text) => text.toLowerCase().includes(wanted)))
        .sort((one, other) => (other.last_contact_at ?? '').localeCompare(one.last_contact_at ?? ''))
        .slice(0, limit)
        .map((contact) => ({ ...contact }));
    },
    contact: async (id) => detail(id),
    contactRename: async (id, name) => change(id, 'rename', (contact) => (contact.name = name)),
    contactAddAddress: async (id, text) => {
      const kind = text.includes('@') ? 'email' : /^[+\d][\d\s/()-]{4,}$/.test(text) ? 'phone' : undefined;
      if (!kind) throw fail('bad_address', `“${text}” is neither an e-mail address nor a phone number.`);
      const owner = shop.contacts.find((contact) => contact.id !== id && contact.identities.some((identity) => identity.address === text));
      if (owner) throw fail('bad_address', 'It belongs to another customer.', { contact_id: String(owner.id), contact_name: owner.name });
      return change(id, 'address_added', (contact) => contact.identities.push(shop.identity(kind, text)));
    },
    contactRemoveAddress: async (id, text) =>
      change(id, 'address_removed', (contact) => (contact.identities = contact.identities.filter((identity) => identity.address !== text))),
    contactPrefer: async (id, medium) =>
      change(id, 'prefer', (contact) => (contact.preferred = medium ? { medium, source: 'hand', since: new Date().toISOString(), evidence: '', message_id: null } : null)),
    contactBlock: async (id, address, blocked) =>
      change(id, blocked ? 'block' : 'unblock', (contact) => {
        contact.identities = contact.identities.map((identity) => (identity.address === address ? { ...identity, blocked } : identity));
        for (const known of shop.conversations) if (known.contact === id) known.spam = blocked;
      }),
    blocked: async () =>
      shop.contacts.flatMap((contact) =>
        contact.identities
          .filter((identity) => identity.blocked)
          .map(({ address, kind, network }) => ({ address, kind, network, contact_id: contact.id, contact_name: contact.name, since: new Date().toISOString() })),
      ),
  } satisfies Partial<Client>;
}
