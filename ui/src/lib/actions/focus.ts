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

/** Goes on with the answer; a closed one is opened, which brings the focus along. */
export function beginAnswer(): void {
  if (!focusFirst('[data-testid="composer-body"]')) document.querySelector<HTMLElement>('[data-testid="composer-open"]')?.click();
}

/** Where the focus can go with F6, in the order of the screen: the pane, and what in it takes the focus. */
const PANES: [pane: string, entries: string[]][] = [
  ['[data-pane="areas"]', ['[aria-current]']],
  ['[data-pane="list"]', ['[role="listbox"]', '[aria-current]', '[data-testid="reply-row"]', 'button, input']],
  ['[role="log"]', []],
  ['[data-testid="composer"]', ['[data-testid="composer-body"]', '[data-testid="composer-open"]', 'textarea']],
  ['[data-testid="new-message"]', ['[data-testid="composer-body"]', 'input, button']],
  ['main:not(:has([role="log"], [data-testid="new-message"]))', ['input, select, textarea, button, [tabindex="0"]']],
  ['aside[aria-label]', ['button, input, select']],
  ['[data-pane="notes"]', ['button']],
  ['[data-pane="status"]', ['button']],
];

/** The focus goes to the next pane (or, with -1, the one before) and round in a circle. */
export function nextPane(by: 1 | -1): void {
  const there = PANES.flatMap(([selector, entries]) => {
    const pane = document.querySelector<HTMLElement>(selector);
    const entry = pane && (entries.length === 0 ? pane : first(pane, entries));
    return pane && entry ? [{ pane, entry }] : [];
  });
  const at = there.findIndex(({ pane }) => pane.contains(document.activeElement));
  const start = at < 0 && by < 0 ? 0 : at;
  there[(start + by + there.length) % there.length]?.entry.focus();
}

function first(pane: HTMLElement, selectors: string[]): HTMLElement | undefined {
  return selectors.flatMap((selector) => [...pane.querySelectorAll<HTMLElement>(selector)]).find((element) => !element.matches(':disabled') && element.checkVisibility());
}
