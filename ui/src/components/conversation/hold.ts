/**
 * Keeps one element of a scrolled box where a person sees it, while others come in above it or get their real height. A
 * browser may do that by itself; WebKit does not.
 */
export class Hold {
  #held: { element: HTMLElement; top: number } | undefined;

  constructor(private readonly box: () => HTMLElement | undefined) {}

  /** Holds the first of these that can be seen, where it is. */
  keepFirst(selector: string): void {
    const box = this.box();
    if (!box) return;
    const edge = box.getBoundingClientRect().top;
    const element = [...box.querySelectorAll<HTMLElement>(selector)].find((one) => one.getBoundingClientRect().bottom > edge);
    if (element) this.#held = { element, top: element.getBoundingClientRect().top - edge };
  }

  /** Brings it to the middle and holds it there. */
  keepInMiddle(element: HTMLElement): void {
    const box = this.box();
    if (!box) return;
    this.#held = { element, top: Math.max(0, (box.clientHeight - element.offsetHeight) / 2) };
    this.apply();
  }

  /** Puts it back in its place; false if nothing is held. */
  apply(): boolean {
    const box = this.box();
    if (!box || !this.#held?.element.isConnected) return false;
    const { element, top } = this.#held;
    box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - top;
    return true;
  }

  /** The person scrolls, or the newest is wanted. */
  release(): void {
    this.#held = undefined;
  }
}
