/** What the in-memory engine can take back. */
import type { ChangeView } from '../bindings/ChangeView';
import type { Event } from '../bindings/Event';
import type { Client } from '../client';
import { fail } from './fail';
import type { Host } from './host';

interface Kept {
  view: ChangeView;
  back: () => void;
}

export class Undos {
  #list: Kept[] = [];

  constructor(private readonly emit: (event: Event) => void) {}

  add(what: string, subject: string, back: () => void, count = 1): number {
    const id = this.#list.length + 1;
    this.#list.push({ view: { id, at: new Date().toISOString(), what, count, subject, undone: false }, back });
    this.emit({ event: 'undo_changed' });
    return id;
  }

  undo(id: number): ChangeView {
    const kept = this.#list.find((known) => known.view.id === id);
    if (!kept || kept.view.undone) throw fail('too_late', 'It cannot be taken back any more.');
    kept.view.undone = true;
    kept.back();
    this.emit({ event: 'undo_changed' });
    return kept.view;
  }

  get views(): ChangeView[] {
    return this.#list.map((kept) => ({ ...kept.view })).reverse().slice(0, 20);
  }
}

export function undoPart({ undos }: Host) {
  return {
    undo: async (id) => undos.undo(id),
    undoLast: async () => {
      const last = undos.views.find((view) => !view.undone);
      return last ? undos.undo(last.id) : null;
    },
    changes: async () => undos.views,
  } satisfies Partial<Client>;
}
