/** What all parts of the in-memory engine share: the shop, its accounts and outbox, the settings, and who listens. */
import type { Event } from '../bindings/Event';
import type { MessageView } from '../bindings/MessageView';
import type { Fields } from '../client';
import { Accounts } from './accounts';
import { AUTOMATIC } from './automatic';
import { Cards } from './card';
import { fail } from './fail';
import { Outbox } from './outbox';
import { DOUBLES } from './doubles';
import { hostilePeople, longHistory, manyPeople, PEOPLE, type FakePerson } from './people';
import { Replies } from './replies';
import { Shop, type Conversation } from './shop';
import { Undos } from './undos';

const DAY_HOURS = [['09:00', '12:30'], ['14:00', '18:30']];
const EMPTY = ['empty', 'missing', 'no_accounts'];

export class Host {
  readonly scenario: string;
  readonly shop: Shop;
  readonly accounts: Accounts;
  readonly outbox: Outbox;
  readonly settings: Fields;
  readonly undos: Undos;
  readonly cards: Cards;
  readonly replies = new Replies();
  /** Files that were dropped, by the paths that they are given here. */
  readonly dropped = new Map<string, File>();
  /** Whether the window is locked. */
  locked = (): boolean => false;
  #offline = false;
  readonly metered: boolean;
  /** Loads over a metered connection all the same. */
  anyway = false;
  readonly #handlers = new Set<(event: Event) => void>();

  constructor(params: URLSearchParams) {
    const now = Date.now();
    this.scenario = params.get('scenario') ?? 'shop';
    this.shop = new Shop(people(this.scenario, params.get('people')), now);
    this.accounts = new Accounts(now, this.scenario, this.emit);
    this.outbox = new Outbox(this.shop, this.emit, () => this.offline);
    this.undos = new Undos(this.emit);
    this.cards = new Cards(this);
    this.#offline = this.scenario === 'offline';
    this.metered = this.scenario === 'metered';
    if (this.metered) this.accounts.meter(true);
    if (this.scenario === 'long') addEventListener('fake:message', (event) => this.#receive((event as CustomEvent<string>).detail));
    if (['syncing', 'metered'].includes(this.scenario)) addEventListener('fake:fetched', (event) => this.accounts.fetched((event as CustomEvent<number>).detail));
    if (this.scenario === 'flaky') addEventListener('fake:offline', (event) => this.#turn((event as CustomEvent<boolean>).detail));
    this.settings = {
      'shop.name': 'Radhaus Nord',
      'shop.country': 'DE',
      'shop.language': params.get('lang') ?? 'de',
      'send.undo_secs': params.get('undo') ?? '10',
      'appearance.theme': params.get('theme') ?? 'system',
      'automation.on': 'false',
      'automation.here': '',
      'automation.sms_per_day': '50',
      'appearance.text_percent': params.get('text') ?? '100',
      'appearance.density': params.get('rows') ?? 'roomy',
      'keys.map': params.get('keys') ?? '{}',
      'keys.letters': 'true',
      'lock.idle_minutes': '0',
      'lock.with_system': 'true',
      'privacy.keep_years': '0',
      'shop.hours': JSON.stringify({ mon: DAY_HOURS, tue: DAY_HOURS, thu: DAY_HOURS, fri: DAY_HOURS, sat: [['09:00', '14:00']] }),
      'shop.closed_days': JSON.stringify([{ from: '2026-12-24', to: '2026-12-26', name: 'Weihnachten' }]),
      'shop.time_zone': '',
      'shop.state': '',
      'shop.open_on_holidays': '[]',
      'shop.local_holidays': '[]',
      'shop.seasons': '[]',
      'notifications.on': 'true',
      'notifications.previews': 'true',
      'notifications.quiet_from': '',
      'notifications.quiet_until': '',
      'compose.formatting': params.get('formatting') ?? 'false',
      'background.keep_running': 'true',
      'background.autostart': 'false',
    };
  }

  get offline(): boolean {
    return this.#offline;
  }

  readonly emit = (event: Event): void => this.#handlers.forEach((handler) => handler(event));

  listen(handler: (event: Event) => void): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  /** The customer with the long history writes once more. */
  #receive(text: string): void {
    const known = this.shop.conversations.find((one) => one.messages.length > 100);
    const contact = this.shop.contact(known?.contact ?? 0);
    if (!known || !contact) return;
    const made = this.shop.make(known, contact, { medium: 'email', minutes: 0, text, unread: true }, Date.now());
    known.messages.push(made);
    this.emit({ event: 'message_received', conversation_id: known.id, message_id: made.id, account_id: 1 });
  }

  /** The net goes and comes back: what waits leaves then. */
  #turn(offline: boolean): void {
    this.#offline = offline;
    for (const account of this.accounts.list) this.accounts.change(account.id, { state: offline ? 'offline' : 'ok' });
    this.emit({ event: 'network_changed' });
    if (!offline) this.outbox.flush();
  }

  conversation(id: number): Conversation {
    const found = this.shop.conversation(id);
    if (!found) throw fail('not_found', 'There is no such conversation.');
    return found;
  }

  message(id: number): MessageView {
    const found = this.shop.message(id);
    if (!found) throw fail('not_found', 'There is no such message.');
    return found;
  }
}

function people(scenario: string, count: string | null): FakePerson[] {
  if (count !== null) return manyPeople(Number(count));
  if (scenario === 'hostile') return hostilePeople();
  if (scenario === 'long') return longHistory();
  if (scenario === 'automatic') return [...AUTOMATIC, ...PEOPLE];
  if (scenario === 'doubles') return [...PEOPLE, ...DOUBLES];
  return EMPTY.includes(scenario) ? [] : PEOPLE;
}
