/** A new message: to a customer that is known, or to an address that may become one. */
import type { ContactView } from '../api/bindings/ContactView';
import type { DraftInput } from '../api/bindings/DraftInput';
import type { DraftView } from '../api/bindings/DraftView';
import type { ReplyQueued } from '../api/bindings/ReplyQueued';
import type { RouteView } from '../api/bindings/RouteView';
import type { StageTarget } from '../api/bindings/StageTarget';
import { wholeAddress } from '../format/addresses';
import { Resource } from './resource.svelte';
import { Writing, type Sending } from './writing.svelte';

const FOUND = 8;

export interface Recipient {
  id: number;
  name: string;
}

export class NewMessageState extends Writing {
  open = $state(false);
  contact = $state.raw<Recipient | null>(null);
  /** What stands in the field of the recipient while no customer is chosen. */
  to = $state('');
  readonly drafts = new Resource<DraftView[]>();
  readonly found = new Resource<ContactView[]>();
  /** The draft that is being written. */
  draft = $state<number | null>(null);
  /** Discarded, and still to be had back. */
  gone = $state.raw<ReadonlySet<number>>(new Set());
  /** The begun messages beside the one that is written. */
  readonly kept = $derived((this.drafts.value ?? []).filter(({ draft_id }) => draft_id !== this.draft && draft_id !== null && !this.gone.has(draft_id)));
  /** What was given as an address by Enter. */
  #given = '';
  /** The draft of what is written, told apart from the one before: an answer to that must not be taken for this one's. */
  #paper: { draft: number | null } = { draft: null };

  get live(): boolean {
    return this.open && (this.contact !== null || this.to.trim() !== '');
  }

  /** One that is being written is left as a draft if this one goes to somebody else; one that could not be kept comes back. */
  begin(contact: Recipient | null = null): void {
    if (this.open && contact !== null && this.written && contact.id !== this.contact?.id) void this.close();
    const lost = this.unsaved && this.written && !this.open;
    if (!this.open && !lost) this.#start(null, contact);
    else if (contact && !lost) this.contact = contact;
    this.open = true;
    void this.look();
    void this.ask();
  }

  /** Fetches the begun messages again while they are on screen. */
  async look(): Promise<void> {
    if (!this.open) return;
    await this.drafts.load(async () => {
      await this.keeping;
      return this.api.newDrafts();
    });
  }

  /** Goes on with a draft that was kept. */
  resume(draft: DraftView): void {
    const { draft_id, contact_id, to } = draft;
    this.#start(draft_id, contact_id === null ? null : { id: contact_id, name: to });
    if (contact_id === null) this.to = this.#given = to;
    this.open = true;
    this.show(draft);
    void this.ask();
  }

  /** Goes on with the draft of this number, as the engine has it. */
  async goOn(id: number): Promise<void> {
    this.#hide(id, false);
    await this.drafts.load(() => this.api.newDrafts());
    const draft = this.drafts.value?.find((known) => known.draft_id === id);
    if (draft) this.resume(draft);
  }

  /** Takes a draft out of sight. Nothing is lost until `forget`. */
  hide(id: number): void {
    this.#hide(id, true);
  }

  /** Ends a draft that was taken out of sight. */
  async forget(id: number): Promise<void> {
    if (!this.gone.has(id)) return;
    await this.trying(() => this.api.draftRemove(id));
    await this.drafts.load(() => this.api.newDrafts());
    this.#hide(id, false);
  }

  async typedRecipient(text: string): Promise<void> {
    this.contact = null;
    this.to = text;
    this.changed();
    if (text.trim().length < 2) this.found.clear();
    else await this.found.load(() => this.api.contacts(text.trim(), FOUND));
  }

  chooseRecipient(contact: Recipient): void {
    this.contact = contact;
    this.to = '';
    this.found.clear();
    this.changed();
    void this.ask();
  }

  /** Leaves it as a draft. Answers its number, or null if there was nothing to keep. */
  async close(): Promise<number | null> {
    const { written } = this;
    const paper = this.#paper;
    void this.save();
    this.open = false;
    await this.keeping;
    return written ? paper.draft : null;
  }

  /** Takes what was typed as an address, whatever it looks like; the engine says whether it is one. */
  async giveAddress(): Promise<void> {
    this.#given = this.to;
    this.found.clear();
    await this.ask();
  }

  /** Half a name is no address yet, and nothing is asked about it. */
  override async ask(): Promise<void> {
    if (this.contact === null && this.to !== this.#given && !wholeAddress(this.to)) this.route.clear();
    else await super.ask();
  }

  protected mark(): () => boolean {
    const paper = this.#paper;
    return () => this.open && paper === this.#paper;
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

  protected draftKeeper(): () => Promise<DraftView | null> {
    const input = this.#input();
    const paper = this.#paper;
    return async () => {
      const draft = await this.api.draftKeep({ ...input, draft_id: paper.draft });
      paper.draft = draft?.draft_id ?? null;
      if (paper === this.#paper) this.draft = paper.draft;
      return draft;
    };
  }

  protected async queue(sending: Sending): Promise<ReplyQueued> {
    const queued = await this.api.composeNew({
      ...sending,
      contact_id: this.contact?.id ?? null,
      to: this.to.trim(),
      ...(this.draft === null ? {} : { draft_id: this.draft }),
      now: false,
    });
    this.#paper = { draft: null };
    this.draft = null;
    this.open = false;
    return queued;
  }

  #start(draft: number | null, contact: Recipient | null): void {
    this.empty();
    this.#paper = { draft };
    this.draft = draft;
    this.to = '';
    this.contact = contact;
  }

  #hide(id: number, hidden: boolean): void {
    const gone = new Set(this.gone);
    if (hidden) gone.add(id);
    else gone.delete(id);
    this.gone = gone;
  }

  #input(): DraftInput {
    return {
      conversation_id: null,
      draft_id: null,
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
