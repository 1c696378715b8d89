import { describe, expect, it } from 'vitest';
import { fakeClient } from '../api/fake';
import { InboxState } from './inbox.svelte';
import { Resource } from './resource.svelte';
import { keepSame } from './same';

const row = (id: number, name: string) => ({ id, name, media: ['email'], last: { at: 1, who: null } });

describe('keepSame', () => {
  it('answers what was there if nothing changed', () => {
    const before = { rows: [row(1, 'a'), row(2, 'b')], next: null };
    expect(keepSame(before, structuredClone(before))).toBe(before);
  });
  it('takes the change, and keeps what is beside it, also where rows moved', () => {
    const before = [row(1, 'a'), row(2, 'b'), row(3, 'c')];
    const after = keepSame(before, [row(4, 'd'), row(1, 'a'), row(2, 'other'), row(3, 'c')]);
    expect(after).toEqual([row(4, 'd'), row(1, 'a'), row(2, 'other'), row(3, 'c')]);
    expect([after[1] === before[0], after[3] === before[2], after[2]?.last === before[1]?.last]).toEqual([true, true, true]);
  });
  it.each([
    [[1, 2], [1, 2, 3]],
    [[1, 2, 3], [1, 2]],
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ a: null }, { a: {} }],
    [[], {}],
    [null, 0],
    ['', null],
    [{ a: [1] }, { a: { 0: 1 } }],
    [[{ id: 1 }, { id: 2 }], [{ id: 2 }, { id: 1 }]],
  ])('%j → %j is a change', (before, after) => {
    expect(keepSame<unknown>(before, after)).not.toBe(before);
    expect(keepSame<unknown>(before, after)).toEqual(after);
  });
});

describe('fetched again', () => {
  it('an answer that says the same is the same', async () => {
    const resource = new Resource<{ id: number }>();
    const first = await resource.load(async () => ({ id: 1 }));
    expect(await resource.load(async () => ({ id: 1 }))).toBe(first);
    expect(resource.value).toBe(first);
  });
  it('only the row that changed is another one', async () => {
    const api = fakeClient(new URLSearchParams('people=100'));
    const inbox = new InboxState(api);
    await inbox.refresh();
    const before = inbox.rows;
    await inbox.refresh();
    expect(inbox.rows).toBe(before);
    await api.conversationsChange([before[7]?.id ?? 0], { status: null, until: null, seen: null, starred: true, spam: null });
    await inbox.refresh();
    expect(inbox.rows.flatMap((row, at) => (row === before[at] ? [] : [at]))).toEqual([7]);
  });
});
