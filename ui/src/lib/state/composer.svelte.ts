/** The answer being written in the conversation on screen, or a note that never leaves. */
import type { DraftView } from '../api/bindings/DraftView';
import type { ReplyQueued } from '../api/bindings/ReplyQueued';
import type { RouteView } from '../api/bindings/RouteView';
import type { StageTarget } from '../api/bindings/StageTarget';
import { forMail, textToHtml } from '../editor/convert';
import { Writing, type Sending } from './writing.svelte';

export class ComposerState extends Writing {
  conversation = $state<number | null>(null);
  /** Null while an answer is written; the text of a note that stays in the shop. */
  note = $state<string | null>(null);
  noting = $state(false);

  get live(): boolean {
    return this.conversation !== null;
  }

  /** Shows the draft of a conversation; what was typed for another one is saved first. */
  async open(conversation: number): Promise<void> {
    if (conversation === this.conversation) return this.ask();
    void this.save();
    this.empty();
    this.conversation = conversation;
    await this.reload();
  }

  /** Shows the draft as the engine has it, unless something was typed meanwhile. */
  async reload(): Promise<void> {
    const conversation = this.conversation;
    if (conversation === null) return;
    await this.trying(async () => {
      const draft = await this.api.draft(conversation);
      if (conversation === this.conversation && draft && this.body === '') this.show(draft);
    });
    await this.ask();
  }

  /** Takes over what came back from the outbox, before what was typed since. */
  async restore(body: string | null): Promise<void> {
    const { conversation } = this;
    const typed = this.body.trim();
    if (conversation === null || typed === '') return this.reload();
    await this.trying(async () => {
      const draft = await this.api.draft(conversation);
      if (conversation !== this.conversation) return;
      this.files = draft?.staged ?? this.files;
      if (body !== null && body.trim() !== typed) {
        const lines = (html: string | null | undefined, text: string) => html ?? forMail(textToHtml(text));
        const formatted = this.rich && (draft?.html ?? this.html) !== null;
        this.typed(`${body}\n\n${this.body}`, formatted ? `${lines(draft?.html, body)}<div><br></div>${lines(this.html, this.body)}` : null);
      }
      this.replaced += 1;
    });
    await this.ask();
  }

  close(): void {
    void this.save();
    this.empty();
    this.conversation = null;
  }

  async keepNote(): Promise<boolean> {
    const { conversation, note } = this;
    if (conversation === null || note === null || note.trim() === '') return false;
    let kept = false;
    this.noting = true;
    await this.trying(async () => {
      await this.api.noteAdd(conversation, note.trim());
      this.note = null;
      kept = true;
    });
    this.noting = false;
    return kept;
  }

  protected mark(): () => boolean {
    const conversation = this.conversation;
    return () => conversation === this.conversation;
  }

  protected target(): Promise<StageTarget> {
    return Promise.resolve({ conversation_id: this.conversation, draft_id: null });
  }

  protected askRoute(length: number, sizes: number[]): Promise<RouteView> {
    return this.api.route(this.conversation ?? 0, this.via, length, sizes);
  }

  protected draftKeeper(): () => Promise<DraftView | null> {
    const input = {
      conversation_id: this.conversation,
      draft_id: null,
      to: '',
      contact_id: null,
      via: this.via,
      subject: this.subject ?? '',
      cc: this.copies(),
      body: this.body,
      html: this.html,
    };
    return () => this.api.draftKeep(input);
  }

  protected queue(sending: Sending): Promise<ReplyQueued> {
    return this.api.reply({ ...sending, conversation_id: this.conversation ?? 0, attachments: [], now: false });
  }

  /** The next answer goes to the same customer: the way stays on screen until it is known again. */
  protected override sent(): void {
    this.emptyText();
    this.note = null;
  }

  protected override empty(): void {
    super.empty();
    this.note = null;
  }
}
