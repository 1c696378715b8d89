/** Tells the program, once a page, what of it a person can see: without that it starts again with safe graphics. */
import type { Client, Drawn } from './api/client';

const told = new Set<Drawn>();

/** After the next frame; at once where nobody looks and no frame comes. */
export function tellDrawn(api: Client, step: Drawn): void {
  if (told.has(step)) return;
  told.add(step);
  const tell = (what: Drawn) => void api.drawn(what).catch(() => undefined);
  if (document.hidden) tell('hidden');
  // The frame itself is drawn after its callbacks: the task behind it comes when it is there.
  requestAnimationFrame(() => setTimeout(() => tell(step)));
}
