/** What is done at a moment that the engine offers: it knows the opening hours. In the palette alone, so they are asked when it opens. */
import { m } from '../i18n';
import { keyPart, textFor } from '../i18n/lookup';
import { momentText } from '../i18n/words';
import type { AppState } from '../state/app.svelte';
import type { Action } from './action';

export async function momentActions(app: AppState): Promise<Action[]> {
  const chosen = () => app.view === 'inbox' && app.acts.targets.length > 0;
  const written = () => app.view === 'inbox' && app.composer.conversation !== null && app.composer.body.trim() !== '';
  if (!chosen() && !written()) return [];
  return (await app.acts.moments()).flatMap(({ code, at }): Action[] => {
    const name = () => `${textFor(`snooze_${keyPart(code)}`) ?? code} (${momentText(at)})`;
    return [
      { id: `snooze_${code}`, words: 'snooze', group: 'conversation', name: () => m.act_snooze_until({ time: name() }), key: '', possible: chosen, run: () => void app.acts.setStatus('snoozed', at) },
      { id: `send_later_${code}`, words: 'send_later', group: 'write', name: () => m.act_send_later({ time: name() }), key: '', possible: written, run: () => void app.send({ at }) },
    ];
  });
}
