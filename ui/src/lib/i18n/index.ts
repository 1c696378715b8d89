/** The texts of the window. A text that stands in a component and not here is a mistake. */
export { m } from '../paraglide/messages.js';
export { language, locales } from './language.svelte';
