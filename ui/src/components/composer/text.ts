/** What the text of an answer is given, plain or formatted: the two take each other's place while somebody writes. */
import type { SlashState } from '$lib/state/slash.svelte';
import type { Writing } from '$lib/state/writing.svelte';

export interface TextProps {
  writing: Writing;
  slashed: SlashState;
  /** The id of the list of standard replies. */
  menu: string;
  placeholder: string;
  conversation: number | null;
  contact: number | null;
}
