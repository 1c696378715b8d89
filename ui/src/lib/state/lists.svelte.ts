/**
 * Lists of customers in and out, and what the law asks for one customer: report, restriction, erasure. What an import would come to
 * is asked again with every choice; nothing is written before the person says so.
 */
import type { ContactDetail } from '../api/bindings/ContactDetail';
import type { ImportReport } from '../api/bindings/ImportReport';
import type { ImportWish } from '../api/bindings/ImportWish';
import { asProblem, type Problem } from '../api/error';
import { count } from '../format/text';
import { language, m } from '../i18n';
import type { AppState } from './app.svelte';

export type ListFormat = 'vcard' | 'csv' | 'json';
const ENDINGS: Record<ListFormat, string> = { vcard: 'vcf', csv: 'csv', json: 'zip' };

export class ListsState {
  wish = $state.raw<ImportWish | null>(null);
  report = $state.raw<ImportReport | null>(null);
  problem = $state.raw<Problem | undefined>(undefined);
  /** It is being taken in. */
  busy = $state(false);
  /** How many of how many are done. */
  step = $state.raw<{ done: number; total: number } | null>(null);
  /** The customer who is asked about before the erasure. */
  erasing = $state.raw<ContactDetail | null>(null);
  #turn = 0;

  constructor(private readonly app: AppState) {}

  /** Something would change. */
  get changes(): boolean {
    const { report } = this;
    return report !== null && report.new + report.changed + report.merged > 0;
  }

  /** Asks for a file and says what taking it in would come to. */
  async choose(): Promise<void> {
    const file = await this.app.acts.run(() => this.app.api.pickOpen());
    if (file === null || file === undefined) return;
    this.report = null;
    await this.change({ file, columns: [], overwrite: false, encoding: null, separator: null });
  }

  /** What a column holds. */
  async hold(column: number, target: string): Promise<void> {
    const { wish } = this;
    if (wish) await this.change({ ...wish, columns: [...wish.columns.filter((choice) => choice.column !== column), { column, target }] });
  }

  async change(wish: ImportWish): Promise<void> {
    const mine = ++this.#turn;
    this.wish = wish;
    this.problem = undefined;
    try {
      const report = await this.app.api.contactsImportRehearse(wish);
      if (mine === this.#turn) this.report = report;
    } catch (thrown) {
      if (mine === this.#turn) this.problem = asProblem(thrown);
    }
  }

  close(): void {
    if (this.busy) return;
    this.#turn += 1;
    this.wish = null;
    this.report = null;
    this.problem = undefined;
    this.step = null;
  }

  async go(): Promise<void> {
    const { wish, app } = this;
    if (!wish || this.busy) return;
    this.busy = true;
    this.step = null;
    try {
      const done = await app.api.contactsImport(wish);
      this.busy = false;
      this.close();
      const text = m.import_done({ added: count(done.new, language.tag), changed: count(done.changed, language.tag) });
      const undo = done.undo_id;
      if (undo === null) app.toasts.add(text);
      else app.history.done(text, () => app.acts.undo(undo));
      await app.contacts.refresh();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** All customers into a file that the person chooses. */
  async export(format: ListFormat): Promise<void> {
    const { app } = this;
    await app.acts.run(async () => {
      const file = await app.api.pickSave(`theke-${m.nav_contacts().toLocaleLowerCase()}.${ENDINGS[format]}`);
      if (file === null) return;
      const done = await app.api.contactsExport(file, format, format === 'csv');
      const missing = done.missing.length;
      const saved = count(done.contacts, language.tag);
      if (missing > 0) app.toasts.add(m.export_done_missing({ count: saved, missing: count(missing, language.tag) }));
      else if (done.restricted > 0) app.toasts.add(m.export_done_restricted({ count: saved, restricted: count(done.restricted, language.tag) }));
      else app.toasts.add(m.export_done({ count: saved }));
    });
  }

  /** What is held about a customer, into a page and a file for programs. */
  async accessReport(contact: ContactDetail): Promise<void> {
    const { app } = this;
    await app.acts.run(async () => {
      const file = await app.api.pickSave(`${m.report_file()}-${contact.id}.html`);
      if (file === null) return;
      const done = await app.api.accessReportSave(contact.id, file);
      app.toasts.add(m.report_done({ path: done.html_file }));
    });
  }

  async restrict(id: number, restricted: boolean): Promise<void> {
    const { app } = this;
    const done = await app.acts.run(async () => {
      await app.api.contactRestrict(id, restricted);
      return true;
    });
    if (!done) return;
    if (!restricted) return void app.toasts.add(m.restrict_lifted());
    this.#leave(id);
    app.history.done(m.restrict_done(), () => this.restrict(id, false));
  }

  /** For good. The person was asked. */
  async erase(keepLetters: boolean): Promise<void> {
    const { erasing, app } = this;
    if (!erasing || this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      const done = await app.api.contactErase(erasing.id, keepLetters);
      this.erasing = null;
      this.#leave(erasing.id);
      app.toasts.add(done.kept_letters ? m.erase_done_kept() : m.erase_done());
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** The customer is on no screen any more. */
  #leave(id: number): void {
    const { app } = this;
    if (app.contacts.selected === id) app.contacts.selected = null;
    if (app.conversation.head?.contact_id === id) app.closeConversation();
    if (app.card.id === id) app.card.id = null;
    app.apply({ ...app.everything });
  }
}
