import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeClient } from '../api/fake';
import { AppState } from './app.svelte';
import { HistoryState } from './history.svelte';
import { Picks } from './picks.svelte';
import { Toasts } from './toasts.svelte';

async function shop(query = ''): Promise<AppState> {
  const app = new AppState(fakeClient(new URLSearchParams(query)));
  await app.start();
  await vi.waitFor(() => expect(app.inbox.loaded).toBe(true));
  return app;
}

const names = (app: AppState) => app.inbox.rows.map((row) => row.contact_name);

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('document', { hasFocus: () => false, querySelector: () => null, documentElement: { dataset: {}, style: {} } });
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) });
});

describe('a page that is drawn anew', () => {
  it('takes back what was done in the one before, once', async () => {
    const client = fakeClient(new URLSearchParams());
    const before = new AppState(client);
    await before.start();
    await vi.waitFor(() => expect(before.inbox.loaded).toBe(true));
    const first = before.inbox.rows[0]?.id ?? 0;
    await before.acts.setStatus('closed', null, [first]);
    const app = new AppState(client);
    await app.start();
    await vi.waitFor(() => expect(app.history.steps).toHaveLength(1));
    await vi.waitFor(() => expect(app.inbox.loaded).toBe(true));
    expect(app.inbox.rows.some((row) => row.id === first)).toBe(false);
    expect(app.history.last()).toBe(true);
    await vi.waitFor(() => expect(app.inbox.rows.some((row) => row.id === first)).toBe(true));
    const third = new AppState(client);
    await third.start();
    await vi.waitFor(() => expect(third.inbox.loaded).toBe(true));
    expect(third.history.last()).toBe(false);
  });
});

describe('Picks', () => {
  const rows = [1, 2, 3, 4, 5].map((id) => ({ id }));
  it('reach from the last one ticked to this one', () => {
    const picks = new Picks();
    picks.toggle(2);
    picks.reach(4, rows, null);
    expect([...picks.ids]).toEqual([2, 3, 4]);
    picks.toggle(3);
    expect([...picks.ids]).toEqual([2, 4]);
  });
  it('tick all, and nothing when all are ticked', () => {
    const picks = new Picks();
    picks.all([1, 2]);
    expect(picks.count).toBe(2);
    picks.all([1, 2]);
    expect(picks.count).toBe(0);
  });
  it('forget what has left the list', () => {
    const picks = new Picks();
    picks.all([1, 2, 9]);
    picks.keep(rows);
    expect([...picks.ids]).toEqual([1, 2]);
  });
});

describe('HistoryState', () => {
  it('takes back the last step, twenty deep', () => {
    const back: number[] = [];
    const history = new HistoryState(new Toasts());
    for (let step = 1; step <= 25; step += 1) history.done(`Schritt ${step}`, () => void back.push(step));
    for (let press = 0; press < 30; press += 1) history.last();
    expect(back).toEqual(Array.from({ length: 20 }, (_, at) => 25 - at));
  });
  it('forgets a step that came to its end by itself', () => {
    const history = new HistoryState(new Toasts());
    const back = vi.fn();
    history.push({ id: 'send 1', back });
    history.drop('send 1');
    expect([history.last(), back.mock.calls.length]).toEqual([false, 0]);
  });
});

describe('what is done with conversations', () => {
  it('done: the next one comes on screen, and undo brings it back', async () => {
    const app = await shop();
    const [first, second] = app.inbox.rows;
    await app.openConversation(first?.id ?? 0);
    await app.acts.setStatus('closed');
    expect(app.conversation.id).toBe(second?.id);
    await vi.waitFor(() => expect(names(app)).not.toContain('Anna Petersen'));
    expect(app.history.last()).toBe(true);
    await vi.waitFor(() => expect(names(app)[0]).toBe('Anna Petersen'));
    await vi.waitFor(() => expect(app.conversation.id).toBe(first?.id));
  });

  it('the ticked ones together, and together back', async () => {
    const app = await shop();
    const before = names(app);
    app.inbox.picks.all(app.inbox.rows.slice(0, 3).map((row) => row.id));
    await app.acts.spam(true);
    await vi.waitFor(() => expect(names(app)).toEqual(before.slice(3)));
    expect(app.inbox.picks.count).toBe(0);
    app.history.last();
    await vi.waitFor(() => expect(names(app)).toEqual(before));
  });

  it('filters narrow the list', async () => {
    const app = await shop();
    app.inbox.narrow({ unread: true });
    await vi.waitFor(() => expect(names(app)).toEqual(['Anna Petersen', 'Jonas Weidmann']));
    app.inbox.narrow({ unread: false, medium: 'telegram' });
    await vi.waitFor(() => expect(names(app)).toEqual(['Mira Solbakken', 'Öğretmen Yıldız']));
    app.inbox.narrow({ medium: null, starred: true });
    await vi.waitFor(() => expect(names(app)).toEqual(['Anna Petersen']));
  });

  it('a message goes into a conversation of its own and back', async () => {
    const app = await shop();
    const first = app.inbox.rows[0]?.id ?? 0;
    await app.openConversation(first);
    const message = app.conversation.messages[0];
    await app.acts.split(message?.id ?? 0);
    expect(app.conversation.messages.map((known) => known.id)).toEqual([message?.id]);
    app.history.last();
    await vi.waitFor(() => expect(app.conversation.messages.length).toBe(4));
    expect(app.conversation.id).toBe(first);
  });
});
