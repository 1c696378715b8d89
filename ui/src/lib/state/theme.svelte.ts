/**
 * Light, dark, or as the system is. The choice is kept twice: in the profile as the truth, and in the web view's own
 * storage so that the first frame has the right colours before the profile is open.
 */
export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'theke.theme';

class Theme {
  choice = $state<ThemeChoice>('system');
  #systemDark = $state(false);
  readonly shown = $derived(this.choice === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.choice);

  /** Reads the kept choice and follows the system; called once before anything is drawn. */
  start(): void {
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = query.matches;
    query.addEventListener('change', (event) => {
      this.#systemDark = event.matches;
      this.#draw();
    });
    this.use(localStorage.getItem(KEY) ?? 'system');
  }

  use(choice: string): void {
    this.choice = choice === 'light' || choice === 'dark' ? choice : 'system';
    localStorage.setItem(KEY, this.choice);
    this.#draw();
  }

  #draw(): void {
    document.documentElement.dataset['theme'] = this.shown;
  }
}

export const theme = new Theme();
