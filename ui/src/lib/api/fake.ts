/**
 * The whole engine in memory, for developing and for the browser tests: an invented bicycle shop whose customers write by
 * mail, SMS and chat. `?scenario=` chooses the situation, `?people=` their number, `?undo=` the undo time in seconds.
 * Nothing of it is in a product build.
 */
import type { ContactDetail } from './bindings/ContactDetail';
import type { Event } from './bindings/Event';
import type { MessageView } from './bindings/MessageView';
import type { ProfileStatus } from './bindings/ProfileStatus';
import type { Client, Fields } from './client';
import { Accounts } from './fake/accounts';
import { fail } from './fake/fail';
import { fakeFrame, fakeLinks } from './fake/frame';
import { fakeRoute, KINDS } from './fake/kinds';
import { Outbox } from './fake/outbox';
import { hostilePeople, manyPeople, PEOPLE } from './fake/people';
import { fakeSearch } from './fake/search';
import { Shop, type Conversation } from './fake/shop';

const RECOVERY_CODE = 'K7QF-2M9D-XW4T-8HRB-J3NC-6VPE-0Y';

export function fakeClient(params: URLSearchParams): Client {
  const scenario = params.get('scenario') ?? 'shop';
  const now = Date.now();
  const people = { hostile: hostilePeople, empty: () => [], missing: () => [], no_accounts: () => [] }[scenario];
  const shop = new Shop(params.has('people') ? manyPeople(Number(params.get('people'))) : (people?.() ?? PEOPLE), now);
  const handlers = new Set<(event: Event) => void>();
  const emit = (event: Event) => handlers.forEach((handler) => handler(event));
  const accounts = new Accounts(now, scenario, emit);
  const outbox = new Outbox(shop, emit, () => scenario === 'offline');
  const settings: Fields = {
    'shop.name': 'Radhaus Nord',
    'shop.country': 'DE',
    'shop.language': params.get('lang') ?? 'de',
    'send.undo_secs': params.get('undo') ?? '10',
    'appearance.theme': params.get('theme') ?? 'system',
    'automation.on': 'false',
  };
  const gates: Record<string, ProfileStatus['state'] | undefined> = { missing: 'missing', missing_keychain: 'missing', locked: 'locked', keychain_locked: 'keychain_locked', broken: 'broken' };
  let profile = gates[scenario] ?? 'ready';
  let keychainTries = 0;

  const status = (): ProfileStatus => ({
    state: profile,
    profile: '/home/laden/.local/share/theke',
    shop: profile === 'ready' ? (settings['shop.name'] ?? null) : null,
    country: profile === 'ready' ? 'DE' : null,
    error: profile === 'broken' ? { code: 'too_new', message: 'The database has schema 12, this program knows 9. Install the newer program.' } : null,
    keychain: scenario !== 'missing',
  });

  function conversation(id: number): Conversation {
    const found = shop.conversation(id);
    if (!found) throw fail('not_found', 'There is no such conversation.');
    return found;
  }

  function message(id: number): MessageView {
    const found = shop.message(id);
    if (!found) throw fail('not_found', 'There is no such message.');
    return found;
  }

  function contactDetail(id: number): ContactDetail {
    const contact = shop.contact(id);
    if (!contact) throw fail('not_found', 'There is no such customer.');
    const own = shop.conversations.filter((known) => known.contact === id);
    const timeline = own
      .flatMap((known) => known.messages)
      .sort((one, other) => other.at.localeCompare(one.at))
      .map((entry) => ({ at: entry.at, type: 'message', message_id: entry.id, conversation_id: entry.conversation_id, direction: entry.direction, medium: entry.medium, summary: entry.subject || entry.text.slice(0, 80) }));
    return { ...contact, identities: [...contact.identities], conversations: own.map((known) => known.id), timeline };
  }

  function changeContact(id: number, change: (contact: NonNullable<ReturnType<Shop['contact']>>) => void): ContactDetail {
    const contact = shop.contact(id);
    if (contact) change(contact);
    emit({ event: 'contact_changed', contact_id: id });
    return contactDetail(id);
  }

  const client: Client = {
    profileStatus: async () => status(),
    profileCreate: async (name) => {
      settings['shop.name'] = name;
      profile = 'ready';
      return { profile: status().profile, recovery_code: RECOVERY_CODE };
    },
    profileOpen: async (key) => {
      if (profile === 'locked' && key.passphrase !== 'offen sesam' && key.recoveryCode !== RECOVERY_CODE) throw fail('wrong_key', 'That key does not open the profile.');
      if (profile === 'keychain_locked' && key.recoveryCode === undefined && keychainTries++ === 0) throw fail('keychain_locked', 'The keychain is still locked. Unlock it and try again.');
      profile = 'ready';
      return status();
    },

    kinds: async () => KINDS,
    accounts: async () => accounts.list.map((account) => ({ ...account })),
    accountAdd: async (kind, values, secrets, check) => accounts.add(kind, values, secrets, check),
    accountCheck: async (id) => {
      accounts.change(id, { gap: null });
      return accounts.check(accounts.get(id).settings, {});
    },
    accountCheckSettings: async (_kind, values, secrets) => accounts.check(values, secrets),
    accountUpdate: async (id, values) => accounts.change(id, { settings: values, name: values['name'] ?? accounts.get(id).name }),
    accountRemove: async (id) => {
      accounts.get(id);
      accounts.list = accounts.list.filter((account) => account.id !== id);
      accounts.changed(id);
    },
    accountSetEnabled: async (id, enabled) => accounts.change(id, { enabled }),
    accountTryNow: async (id) => void accounts.change(id, { last_success_at: new Date().toISOString(), state: scenario === 'offline' ? 'offline' : 'ok', error: null }),

    contacts: async (query, limit) => {
      const wanted = (query ?? '').toLowerCase();
      return shop.contacts
        .filter((contact) => [contact.name, ...contact.identities.map((identity) => identity.display)].some((text) => text.toLowerCase().includes(wanted)))
        .sort((one, other) => (other.last_contact_at ?? '').localeCompare(one.last_contact_at ?? ''))
        .slice(0, limit)
        .map((contact) => ({ ...contact }));
    },
    contact: async (id) => contactDetail(id),
    contactRename: async (id, name) => changeContact(id, (contact) => (contact.name = name)),
    contactAddAddress: async (id, text) => {
      const kind = text.includes('@') ? 'email' : /^[+\d][\d\s/()-]{4,}$/.test(text) ? 'phone' : undefined;
      if (!kind) throw fail('bad_address', `“${text}” is neither an e-mail address nor a phone number.`);
      return changeContact(id, (contact) => contact.identities.push(shop.identity(kind, text)));
    },
    contactRemoveAddress: async (id, text) =>
      changeContact(id, (contact) => (contact.identities = contact.identities.filter((identity) => identity.address !== text))),
    contactPrefer: async (id, medium) =>
      changeContact(id, (contact) => (contact.preferred = medium ? { medium, source: 'hand', since: new Date().toISOString() } : null)),

    conversations: async (wanted, _spam, page, limit) => {
      const rows = shop.conversations
        .filter((known) => !wanted || wanted === 'all' || known.status === wanted)
        .map((known) => shop.view(known))
        .sort((one, other) => other.last_message_at.localeCompare(one.last_message_at));
      const from = page ? Number(page) : 0;
      const end = from + limit;
      return { conversations: rows.slice(from, end), next: end < rows.length ? String(end) : null };
    },
    conversation: async (id) => {
      const found = conversation(id);
      return { ...shop.view(found), messages: found.messages.map((entry) => ({ ...entry })), has_older: false };
    },
    conversationSetStatus: async (id, next, until) => {
      const found = conversation(id);
      found.status = next;
      found.until = until;
      emit({ event: 'conversation_changed', conversation_id: id });
      return shop.view(found);
    },
    conversationMarkSeen: async (id) => {
      const found = conversation(id);
      found.messages.forEach((entry) => (entry.seen = true));
      emit({ event: 'conversation_changed', conversation_id: id });
      return shop.view(found);
    },

    message: async (id) => ({ ...message(id), links: fakeLinks(shop.html.get(id) ?? ''), remote_pictures: shop.html.has(id) ? 2 : 0 }),
    messageFrame: async (id, pictures) => fakeFrame(shop.html.get(id) ?? '', pictures),
    messageSource: async (id) => `Message-ID: <${id}@posthaus.example>\nSubject: ${message(id).subject ?? ''}\n\n${message(id).text}`,
    attachmentOpen: async () => '/tmp/datei',
    attachmentSave: async (_id, dir) => `${dir}/datei`,
    linkOpen: async () => undefined,

    route: async (id, via, length, sizes) => {
      const found = conversation(id);
      const contact = shop.contact(found.contact);
      const last = found.messages.filter((entry) => entry.direction === 'in').pop();
      if (!contact) throw fail('not_found', 'There is no such customer.');
      return fakeRoute(contact, last?.medium ?? '', accounts.list, via, length, sizes);
    },
    reply: async (input) => {
      const found = conversation(input.conversation_id);
      const contact = shop.contact(found.contact);
      const route = await client.route(found.id, input.via, input.body.length, []);
      if (!contact || !route.medium) throw fail('no_route', 'There is no way to this customer.');
      const wait = Number(settings['send.undo_secs']) * 1000;
      const made = shop.make(found, contact, { out: true, medium: route.medium, minutes: 0, text: input.body, delivery: 'queued' }, Date.now());
      made.due_at = new Date(Date.now() + wait).toISOString();
      found.messages.push(made);
      found.draft = null;
      outbox.queue(made, wait);
      return { message_id: made.id, route, due_at: made.due_at };
    },
    segments: async (text) => {
      const room = text.length > 160 ? 153 : 160;
      const segments = Math.max(1, Math.ceil(text.length / room));
      return { encoding: 'gsm7', segments, used: text.length, left: segments * room - text.length };
    },
    draft: async (id) => conversation(id).draft,
    draftSave: async (id, body, via) => {
      conversation(id).draft = body === '' ? null : { body, via, saved_at: new Date().toISOString() };
      emit({ event: 'conversation_changed', conversation_id: id });
    },

    outbox: async () => outbox.rows.map((row) => ({ ...row })),
    outboxRetry: async (id) => outbox.retry(id),
    outboxCancel: async (id) => outbox.cancel(id),
    outboxCheck: async (id) => outbox.check(id),

    search: async (query, limit) => fakeSearch(shop, query, limit),

    settingsGet: async (key) => (key === null ? { ...settings } : { [key]: settings[key] ?? '' }),
    settingsSet: async (key, value) => {
      if (!(key in settings)) throw fail('bad_input', `There is no setting ${key}.`);
      settings[key] = value;
    },
    overview: async () => ({
      open: shop.conversations.filter((known) => known.status === 'open').length,
      unread: shop.conversations.reduce((sum, known) => sum + shop.view(known).unread, 0),
      outbox: outbox.rows.filter((row) => row.state === 'queued').length,
      outbox_attention: outbox.rows.filter((row) => row.state !== 'queued' && row.state !== 'sending').length,
      offline: scenario === 'offline',
      messages: shop.conversations.reduce((sum, known) => sum + known.messages.length, 0),
      indexing: 0,
      fetching: scenario === 'syncing' ? 12_400 : null,
    }),
    doctor: async () => [
      { check: 'database', ok: true, message: 'Every page of the database is sound.', advice: null },
      { check: 'backup', ok: false, message: 'The newest automatic backup is of 2026-11-18T08:00:00Z.', advice: 'Let Theke run for a few minutes.' },
      { check: 'account 1', ok: true, message: 'It works, as far as is known.', advice: null },
      { check: 'account 1', ok: false, message: 'Messages from 2026-11-12T18:00:00Z to 2026-11-13T18:00:00Z may be missing.', advice: 'Look there.' },
    ],
    backup: async (file) => ({ file, bytes: 4_300_000, messages: 21 }),

    pickFiles: async () => [{ path: '/home/laden/Angebot.pdf', name: 'Angebot.pdf', size: 184_000, mime_type: 'application/pdf' }],
    pickFolder: async () => '/home/laden/Downloads',
    pickSave: async (name) => `/media/stick/${name}`,
    pickOpen: async () => '/home/laden/ca.pem',

    listen: async (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  };
  return params.has('fail') ? failing(client, params.get('fail') ?? '') : client;
}

/** The same client, of which the named questions fail as if something unforeseen had happened. */
function failing(client: Client, names: string): Client {
  const broken = Object.fromEntries(names.split(',').map((name) => [name, async () => { throw fail('internal', 'The log has more.'); }]));
  return { ...client, ...broken };
}
