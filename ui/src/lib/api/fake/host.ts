/** What all parts of the in-memory engine share: the shop, its accounts and outbox, the settings, and who listens. */
import type { Event } from '../bindings/Event';
import type { MessageView } from '../bindings/MessageView';
import type { Fields } from '../client';
import { Accounts } from './accounts';
import { fail } from './fail';
import { Outbox } from './outbox';
import { hostilePeople, manyPeople, PEOPLE, type FakePerson } from './people';
import { Shop, type Conversation } from './shop';

const EMPTY = ['empty', 'missing', 'no_accounts'];

export class Host {
  readonly scenario: string;
  readonly shop: Shop;
  readonly accounts: Accounts;
  readonly outbox: Outbox;
  readonly settings: Fields;
  readonly #handlers = new Set<(event: Event) => void>();

  constructor(params: URLSearchParams) {
    const now = Date.now();
    this.scenario = params.get('scenario') ?? 'shop';
    this.shop = new Shop(people(this.scenario, params.get('people')), now);
    this.accounts = new Accounts(now, this.scenario, this.emit);
    this.outbox = new Outbox(this.shop, this.emit, () => this.offline);
    this.settings = {
      'shop.name': 'Radhaus Nord',
      'shop.country': 'DE',
      'shop.language': params.get('lang') ?? 'de',
      'send.undo_secs': params.get('undo') ?? '10',
      'appearance.theme': params.get('theme') ?? 'system',
      'automation.on': 'false',
    };
  }

  get offline(): boolean {
    return this.scenario === 'offline';
  }

  readonly emit = (event: Event): void => this.#handlers.forEach((handler) => handler(event));

  listen(handler: (event: Event) => void): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
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
  return EMPTY.includes(scenario) ? [] : PEOPLE;
}
