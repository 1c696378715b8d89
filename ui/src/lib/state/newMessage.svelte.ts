/** A new message: to a customer that is known, or to an address that may become one. */
import type { ContactView } from '../api/bindings/ContactView';
import type { DraftInput } from '../api/bindings/DraftInput';
import type { DraftView } from '../api/bindings/DraftView';
import type { ReplyQueued } from '../api/bindings/ReplyQueued';
import type { RouteView } from '../api/bindings/RouteView';
import type { StageTarget } from '../api/bindings/StageTarget';
import { Resource } from './resource.svelte';
import { Writing, type Sending } from './writing.svelte';

const FOUND = 8;

export class NewMessageState extends Writing {
  open = $state(false);
  contact = $state.raw<{ id: number; name: string } | null>(null);
  /** What stands in the field of the recipient while no customer is chosen. */
  to = $state('');
  readonly drafts = new Resource<DraftView[]>();
  readonly found = new Resource<ContactView[]>();
  /** The draft that is being written. */
  draft = $state<number | null>(null);

  protected get live(): boolean {
    return this.open && (this.contact !== null || this.to.trim() !== '');
  }

  begin(contact: { id: number; name: string } | null = null): void {
    if (!this.open) {
      this.empty();
      this.draft = null;
      this.to = '';
      this.contact = contact;
      this.open = true;
    } else if (contact) this.contact = contact;
    void this.drafts.load(() => this.api.newDrafts());
    void this.ask();
  }

  /** Goes on with a draft that was kept. */
  resume(draft: DraftView): void {
    this.empty();
    const { draft_id, contact_id, to } = draft;
    this.draft = draft_id;
    this.to = to;
    this.contact = contact_id === null ? null : { id: contact_id, name: to };
    this.open = true;
    this.show(draft);
    void this.ask();
  }

  async remove(draft: DraftView): Promise<void> {
    const id = draft.draft_id;
    if (id === null) return;
    await this.trying(() => this.api.draftRemove(id));
    await this.drafts.load(() => this.api.newDrafts());
  }

  async typedRecipient(text: string): Promise<void> {
    this.contact = null;
    this.to = text;
    this.changed();
    if (text.trim().length < 2) this.found.clear();
    else await this.found.load(() => this.api.contacts(text.trim(), FOUND));
  }

  chooseRecipient(contact: { id: number; name: string }): void {
    this.contact = contact;
    this.to = '';
    this.found.clear();
    this.changed();
    void this.ask();
  }

  /** Leaves it as a draft. */
  close(): void {
    void this.save();
    this.open = false;
  }

  async discard(): Promise<void> {
    const id = this.draft;
    this.open = false;
    this.empty();
    if (id !== null) await this.trying(() => this.api.draftRemove(id));
  }

  protected mark(): () => boolean {
    const draft = this.draft;
    return () => this.open && (draft === null || draft === this.draft);
  }

  protected async target(): Promise<StageTarget> {
    if (this.draft === null) {
      this.unsaved = true;
      await this.save();
    }
    return { conversation_id: null, draft_id: this.draft };
  }

  protected askRoute(length: number, sizes: number[]): Promise<RouteView> {
    return this.api.routeNew(this.contact?.id ?? null, this.to.trim(), this.via, length, sizes);
  }

  protected async keepDraft(): Promise<DraftView | null> {
    const kept = await this.api.draftKeep(this.#input());
    this.draft = kept?.draft_id ?? null;
    return kept;
  }

  protected async queue(sending: Sending): Promise<ReplyQueued> {
    const queued = await this.api.composeNew({
      ...sending,
      contact_id: this.contact?.id ?? null,
      to: this.to.trim(),
      ...(this.draft === null ? {} : { draft_id: this.draft }),
      now: false,
    });
    this.draft = null;
    this.open = false;
    return queued;
  }

  #input(): DraftInput {
    return {
      conversation_id: null,
      draft_id: this.draft,
      to: this.contact?.name ?? this.to.trim(),
      contact_id: this.contact?.id ?? null,
      via: this.via,
      subject: this.subject ?? '',
      cc: this.copies(),
      body: this.body,
      html: this.html,
    };
  }
}
