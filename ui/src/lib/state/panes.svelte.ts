/** Widths of the panes and what is folded away, kept in the web view's storage. In px at 100 % text size. */
const KEY = 'theke.panes';

export const LIST_WIDTH = { min: 280, max: 480, usual: 344 } as const;
export const CARD_WIDTH = { min: 280, max: 440, usual: 320 } as const;

class Panes {
  list = $state<number>(LIST_WIDTH.usual);
  card = $state<number>(CARD_WIDTH.usual);
  cardOpen = $state(true);
  /** The card as a drawer over a narrow window. */
  drawer = $state(false);
  /** Width of the window. */
  window = $state(1280);

  readonly narrow = $derived(this.window < 900);
  readonly roomForCard = $derived(this.window >= 1180);
  readonly cardShown = $derived(this.roomForCard ? this.cardOpen : this.drawer);

  start(): void {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept === 'object' && kept !== null) {
      if ('list' in kept) this.list = within(Number(kept.list), LIST_WIDTH);
      if ('card' in kept) this.card = within(Number(kept.card), CARD_WIDTH);
      if ('cardOpen' in kept) this.cardOpen = kept.cardOpen !== false;
    }
    const measure = () => (this.window = window.innerWidth);
    measure();
    window.addEventListener('resize', measure);
  }

  toggleCard(): void {
    if (this.roomForCard) {
      this.cardOpen = !this.cardOpen;
      this.keep();
    } else this.drawer = !this.drawer;
  }

  keep(): void {
    localStorage.setItem(KEY, JSON.stringify({ list: this.list, card: this.card, cardOpen: this.cardOpen }));
  }
}

function within(value: number, range: { min: number; max: number; usual: number }): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, range.min), range.max) : range.usual;
}

export const panes = new Panes();
