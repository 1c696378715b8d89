import { describe, expect, it } from 'vitest';
import type { ArticleView } from '../api/bindings/ArticleView';
import { fakeClient } from '../api/fake';
import { matching, textIn, usable } from './articles.svelte';
import { DecisionsState, PAGE } from './decisions.svelte';

const article = (name: string, expired: boolean, ...texts: [string, string][]): ArticleView => ({
  id: name.length, name, checked_on: null, expires_on: null, expired, placeholder: `{{artikel:${name}}}`, texts: texts.map(([language, text]) => ({ language, text })),
});
const parking = article('Anfahrt', false, ['de', 'Parken im Hof, Einfahrt Lindenstraße'], ['en', 'Park in the yard']);
const summer = article('Sommer', true, ['de', 'Zehn Prozent auf Schläuche']);

describe('what the shop knows', () => {
  it('is found by every word, whatever its case and accents', () => {
    expect(matching([parking, summer], 'LINDENSTRASSE anfahrt')).toEqual([parking]);
    expect(matching([parking, summer], 'schlauche')).toEqual([summer]);
    expect(matching([parking, summer], '')).toEqual([parking, summer]);
    expect(matching([parking, summer], 'anfahrt prozent')).toEqual([]);
  });
  it('is not offered once it has expired', () => expect(usable([parking, summer])).toEqual([parking]));
  it('is said in the first language in which there is a text, else in any', () => {
    expect(textIn(parking, [undefined, 'en', 'de'])).toBe('Park in the yard');
    expect(textIn(parking, ['fr'])).toBe('Parken im Hof, Einfahrt Lindenstraße');
  });
});

describe('decisions', () => {
  const api = fakeClient(new URLSearchParams({ scenario: 'automatic' }));

  it('come by pages, each once, and end', async () => {
    const decisions = new DecisionsState(api);
    await decisions.refresh();
    expect([decisions.list.value?.length, decisions.more]).toEqual([PAGE, true]);
    while (decisions.more) await decisions.older();
    const ids = decisions.list.value?.map((row) => row.id) ?? [];
    expect(ids.length).toBe((await api.decisionsAutomatic(null, null, false, 1000)).length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('of a task: the question that waits, and whether another computer left it', async () => {
    const { tasks } = await api.tasks();
    const decisions = new DecisionsState(api);
    expect(tasks.map((task) => decisions.left(task))).toEqual(tasks.map(() => undefined));
    await decisions.lookFor(tasks);
    const of = (name: string) => tasks.find((task) => task.contact_name === name)!;
    expect(decisions.ofTask(of('Kemal Aydın'))?.result).toBe('asked');
    expect(decisions.left(of('Greta Ohlsen'))).toBe(false);
    expect(decisions.left(of('Ivo Brandt'))).toBe(true);
  });
});
