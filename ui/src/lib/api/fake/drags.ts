/** Files dragged over the page, as the program would tell of them: a browser gives files, the program paths. */
import type { Drag } from '../client';
import type { Host } from './host';

export function fakeDrags(host: Host, handler: (drag: Drag) => void): () => void {
  const over = ({ clientX: x, clientY: y }: DragEvent) => handler({ step: 'over', x, y });
  const left = (event: DragEvent) => {
    if (event.relatedTarget === null) handler({ step: 'left' });
  };
  const dropped = ({ clientX: x, clientY: y, dataTransfer }: DragEvent) => {
    const paths = [...(dataTransfer?.files ?? [])].map((file) => {
      const path = `/home/anna/${file.name}`;
      host.dropped.set(path, file);
      return path;
    });
    handler({ step: 'dropped', x, y, paths });
  };
  addEventListener('dragover', over);
  addEventListener('dragleave', left);
  addEventListener('drop', dropped);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('dragleave', left);
    removeEventListener('drop', dropped);
  };
}
