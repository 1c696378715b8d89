/** The customer on screen: the card beside a conversation and the page in the list of customers. */
import type { Client } from '../api/client';
import type { ContactDetail } from '../api/bindings/ContactDetail';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

/** What was changed; `changed_` and this in the catalogues says it. */
export type CardChange =
  | 'rename'
  | 'address_added'
  | 'address_removed'
  | 'address_state'
  | 'prefer'
  | 'particulars'
  | 'tag_added'
  | 'tag_taken'
  | 'value'
  | 'consent'
  | 'goodwill_added'
  | 'goodwill_changed'
  | 'goodwill_removed';

export class CardState {
  id = $state<number | null>(null);
  readonly contact = new Resource<ContactDetail>();
  problem = $state.raw<Problem | undefined>(undefined);
  busy = $state(false);

  /** `done` is told what was changed and the number by which it comes back. */
  constructor(
    private readonly api: Client,
    private readonly done: (undo: number, what: CardChange) => void = () => undefined,
  ) {}

  async open(id: number): Promise<void> {
    if (id !== this.id) {
      this.id = id;
      this.contact.clear();
      this.problem = undefined;
    }
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const id = this.id;
    if (id !== null) await this.contact.load(() => this.api.contact(id, null));
  }

  rename(name: string): Promise<boolean> {
    return this.change('rename', (id) => this.api.contactRename(id, name));
  }

  addAddress(text: string): Promise<boolean> {
    return this.change('address_added', (id) => this.api.contactAddAddress(id, text));
  }

  removeAddress(text: string): Promise<boolean> {
    return this.change('address_removed', (id) => this.api.contactRemoveAddress(id, text));
  }

  prefer(medium: string | null): Promise<boolean> {
    return this.change('prefer', (id) => this.api.contactPrefer(id, medium));
  }

  /** Makes a change of the card on screen and offers its way back. Answers whether it was made. */
  async change(what: CardChange, act: (id: number) => Promise<ContactDetail>): Promise<boolean> {
    const id = this.id;
    if (id === null) return false;
    this.busy = true;
    try {
      const contact = await act(id);
      if (id === this.id) this.contact.set(contact);
      this.problem = undefined;
      if (contact.undo_id !== null) this.done(contact.undo_id, what);
      return true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
