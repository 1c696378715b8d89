/** Files that are dragged over the window. What is being written takes them wherever in its pane they are dropped. */
import type { Drag } from '../api/client';
import type { Writing } from './writing.svelte';

/** Marks the pane that takes files. */
const TARGET = '[data-drop]';

export class DropState {
  /** Files are held over what takes them. */
  over = $state(false);

  /** `refused` is told when files were dropped on what takes none. */
  constructor(private readonly writing: () => Writing, private readonly refused: () => void) {}

  /** What may be dropped; see `Writing.fileMax`. */
  get max(): number | null | undefined {
    return this.writing().fileMax;
  }

  async hear(drag: Drag): Promise<void> {
    const writing = this.writing();
    const inside = drag.step !== 'left' && writing.live && under(drag.x, drag.y);
    this.over = inside && drag.step === 'over';
    if (!inside || drag.step !== 'dropped') return;
    if (writing.fileMax === null) this.refused();
    else await writing.addPaths(drag.paths);
  }
}

function under(x: number, y: number): boolean {
  return document.elementFromPoint(x, y)?.closest(TARGET) != null;
}
