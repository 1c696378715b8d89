/**
 * How large texts are and how high rows. The settings are the truth; a copy in the web view's own storage is there for the
 * first frame.
 */
const KEY = 'theke.look';
export const TEXT_PERCENTS = [90, 100, 110, 125, 150];
export const ROWS = ['roomy', 'compact'] as const;

class Look {
  percent = $state(100);
  rows = $state<(typeof ROWS)[number]>('roomy');
  /** In px at this text size. */
  readonly rowHeight = $derived(Math.round(((this.rows === 'compact' ? 56 : 72) * this.percent) / 100));
  readonly contactRowHeight = $derived(Math.round((56 * this.percent) / 100));

  start(): void {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept === 'object' && kept !== null) {
      if ('percent' in kept && TEXT_PERCENTS.includes(Number(kept.percent))) this.percent = Number(kept.percent);
      if ('rows' in kept && kept.rows === 'compact') this.rows = 'compact';
    }
    this.#draw();
  }

  /** Takes over what the settings say. */
  take(percent: string | undefined, rows: string | undefined): void {
    if (TEXT_PERCENTS.includes(Number(percent))) this.percent = Number(percent);
    if (rows !== undefined) this.rows = rows === 'compact' ? 'compact' : 'roomy';
    this.#keep();
  }

  #keep(): void {
    localStorage.setItem(KEY, JSON.stringify({ percent: this.percent, rows: this.rows }));
    this.#draw();
  }

  #draw(): void {
    document.documentElement.style.fontSize = `${this.percent}%`;
  }
}

export const look = new Look();
