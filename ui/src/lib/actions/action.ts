/** One thing that a person can do, wherever it is offered: by key, in the palette, in a menu. */
export type ActionGroup = 'conversation' | 'write' | 'go' | 'view';

export interface Action {
  /** Stable: the setting of changed keys names it. */
  id: string;
  group: ActionGroup;
  /** Its name in the language of the person. */
  name: () => string;
  /** Its other words stand under this id in the catalogues; its own id where none is given. */
  words?: string;
  /** Its usual key, as `keymap` writes it; empty for none. */
  key: string;
  /** Works while a text field has the focus too. */
  always?: boolean;
  /** Works while this text field has the focus too. */
  inField?: (field: HTMLElement) => boolean;
  /** Drawn by the component that has the focus, so the window itself does not listen for it. */
  local?: boolean;
  /** Offered only then. */
  possible?: () => boolean;
  run: () => void;
}
