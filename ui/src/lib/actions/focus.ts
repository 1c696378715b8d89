/** Puts the focus on the first element that is there. Answers whether there was one. */
export function focusFirst(...selectors: string[]): boolean {
  for (const selector of selectors) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) {
      found.focus();
      return true;
    }
  }
  return false;
}

const PANES = ['nav[aria-label] button[aria-current]', '[role="listbox"]', '[role="log"]', '[data-testid="composer-body"]', 'aside h2, aside input, aside select, aside button'];

/** The focus goes to the next pane (or, with -1, the one before) and round in a circle. */
export function nextPane(by: 1 | -1): void {
  const there = PANES.map((selector) => document.querySelector<HTMLElement>(selector)).filter((pane) => pane !== null);
  const at = there.findIndex((pane) => pane === document.activeElement || pane.contains(document.activeElement));
  const start = at < 0 && by < 0 ? 0 : at;
  there[(start + by + there.length) % there.length]?.focus();
}
