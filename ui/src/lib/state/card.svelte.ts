/** The customer on screen: the card beside a conversation and the page in the list of customers. */
import type { Client } from '../api/client';
import type { ContactDetail } from '../api/bindings/ContactDetail';
import type { TimelineEntry } from '../api/bindings/TimelineEntry';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

/** What was changed; `changed_` and this in the catalogues says it. */
export type CardChange =
  | 'rename'
  | 'address_added'
  | 'address_removed'
  | 'habit_declined'
  | 'refused'
  | 'refusal_ended'
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

/** A conversation of a customer as the card and the dialogue of joining name it. */
export interface Named {
  id: number;
  title: string;
  /** Its newest message that is known. */
  at: string;
  medium: string | null;
}

/** The conversations of which the newest page of the timeline tells, newest first. */
export function conversationsOf(contact: ContactDetail): Named[] {
  const own = new Map<number, TimelineEntry[]>();
  for (const entry of contact.timeline) {
    if (entry.type === 'message' && entry.conversation_id !== null) own.set(entry.conversation_id, [...(own.get(entry.conversation_id) ?? []), entry]);
  }
  return [...own].flatMap(([id, entries]) => entries.slice(0, 1).map(({ at, medium, subject, summary }) => ({ id, title: subject || summary, at, medium })));
}

export class CardState {
  id = $state<number | null>(null);
  readonly contact = new Resource<ContactDetail>();
  problem = $state.raw<Problem | undefined>(undefined);
  busy = $state(false);
  /** How often it was asked for: what hangs on the card and is fetched apart follows this. */
  asked = $state(0);

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
    if (id === null) return;
    this.asked += 1;
    await this.contact.load(() => this.api.contact(id, null));
  }

  /** An address of this customer as the engine writes it for people; any other as it is. */
  shown(address: string): string {
    return this.contact.value?.identities.find((identity) => identity.address === address)?.display || address;
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

  declineHabit(medium: string): Promise<boolean> {
    return this.change('habit_declined', (id) => this.api.habitDecline(id, medium));
  }

  refuse(medium: string, refuses: boolean): Promise<boolean> {
    return this.change(refuses ? 'refused' : 'refusal_ended', (id) => this.api.contactRefuse(id, medium, refuses));
  }

  /** Makes a change of the card on screen and offers its way back. Answers whether it was made. */
  async change(what: CardChange, act: (id: number) => Promise<ContactDetail>): Promise<boolean> {
    const id = this.id;
    if (id === null) return false;
    this.busy = true;
    try {
      const contact = await act(id);
      if (id === this.id) this.contact.set(contact);
      this.asked += 1;
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
