/** Widths of the panes and what is folded away, kept in the web view's storage. In px at 100 % text size. */
import { look } from './look.svelte';

const KEY = 'theke.panes';

export const LIST_WIDTH = { min: 280, max: 480, usual: 344 } as const;
export const CARD_WIDTH = { min: 280, max: 440, usual: 320 } as const;

/** Sizes are kept for small, usual and large windows apart. */
const WIDTHS = [1180, 1600];

interface Sizes {
  list: number;
  card: number;
}

class Panes {
  list = $state<number>(LIST_WIDTH.usual);
  card = $state<number>(CARD_WIDTH.usual);
  cardOpen = $state(true);
  /** The bar of areas with its words. */
  rail = $state(false);
  /** The card as a drawer over a narrow window. */
  drawer = $state(false);
  /** Width of the window. */
  window = $state(1280);
  #sizes: Record<string, Sizes> = {};
  #width = -1;

  /** Room in px at 100 % text size: larger texts make the same window narrower. */
  readonly room = $derived((this.window * 100) / look.percent);
  readonly narrow = $derived(this.room < 900);
  readonly railWide = $derived(this.rail && !this.narrow);
  readonly roomForCard = $derived(this.room >= (this.railWide ? 1330 : 1180));
  readonly cardShown = $derived(this.roomForCard ? this.cardOpen : this.drawer);

  start(): void {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept === 'object' && kept !== null) {
      if ('sizes' in kept && typeof kept.sizes === 'object') this.#sizes = { ...kept.sizes } as Record<string, Sizes>;
      if ('cardOpen' in kept) this.cardOpen = kept.cardOpen !== false;
      if ('rail' in kept) this.rail = kept.rail === true;
    }
    const measure = () => {
      this.window = window.innerWidth;
      this.#fit();
    };
    measure();
    window.addEventListener('resize', measure);
  }

  toggleCard(): void {
    if (this.roomForCard) {
      this.cardOpen = !this.cardOpen;
      this.keep();
    } else this.drawer = !this.drawer;
  }

  toggleRail(): void {
    this.rail = !this.rail;
    this.keep();
  }

  keep(): void {
    this.#sizes = { ...this.#sizes, [this.#width]: { list: this.list, card: this.card } };
    localStorage.setItem(KEY, JSON.stringify({ sizes: this.#sizes, cardOpen: this.cardOpen, rail: this.rail }));
  }

  /** The sizes of a window as wide as this one. */
  #fit(): void {
    const width = WIDTHS.filter((from) => this.window >= from).length;
    if (width === this.#width) return;
    this.#width = width;
    const sizes = this.#sizes[width];
    this.list = within(Number(sizes?.list), LIST_WIDTH);
    this.card = within(Number(sizes?.card), CARD_WIDTH);
  }
}

function within(value: number, range: { min: number; max: number; usual: number }): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, range.min), range.max) : range.usual;
}

export const panes = new Panes();
