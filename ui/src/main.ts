/** Draws the window. Colours and language are chosen before the first frame. */
import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from '$lib/api/connect';
import { tellDrawn } from '$lib/drawn';
import { language } from '$lib/i18n';
import { look } from '$lib/state/look.svelte';
import { folds } from '$lib/state/folds.svelte';
import { panes } from '$lib/state/panes.svelte';
import { theme } from '$lib/state/theme.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/menu.css';

const target = document.getElementById('app');
if (target) {
  theme.start();
  look.start();
  panes.start();
  folds.start();
  language.guess(navigator.languages);
  const api = await connect();
  mount(App, { target, props: { api } });
  tellDrawn(api, 'frame');
}
