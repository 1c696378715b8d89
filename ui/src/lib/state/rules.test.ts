import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../api/client';
import { fakeClient } from '../api/fake';
import { RulesState } from './rules.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function begun(): Promise<{ api: Client; rules: RulesState; stop: () => void }> {
  const api = fakeClient(new URLSearchParams(''));
  const rules = new RulesState(api);
  const stop = await api.listen((event) => {
    if (event.event === 'rehearsed') rules.heard(event.rehearsal_id);
  });
  await rules.refresh();
  return { api, rules, stop };
}

describe('the rules', () => {
  it('count once the typing rests, and end the count before', async () => {
    const { api, rules } = await begun();
    const stopped = vi.spyOn(api, 'rehearsalStop');
    const started = vi.spyOn(api, 'rehearsalStart');
    const view = rules.list.value![0]!;
    rules.edit(view);
    await vi.advanceTimersByTimeAsync(0);
    expect(started).toHaveBeenCalledTimes(1);
    for (const name of ['A', 'AB', 'ABC']) rules.change({ ...rules.draft!.rule, name });
    await vi.advanceTimersByTimeAsync(499);
    expect(started).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(started).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(rules.live.view?.done).toBe(true);
    expect(rules.live.running).toBe(false);
    expect(stopped).not.toHaveBeenCalled();
    rules.change({ ...rules.draft!.rule, name: 'D' });
    await vi.advanceTimersByTimeAsync(510);
    expect(rules.live.running).toBe(true);
    rules.leave();
    expect(stopped).toHaveBeenCalledTimes(1);
    expect(rules.live.view).toBeUndefined();
  });

  it('keep no rule with something wrong, and say what', async () => {
    const { api, rules } = await begun();
    const save = vi.spyOn(api, 'ruleSave');
    rules.begin();
    expect(await rules.save()).toBeUndefined();
    expect(save).not.toHaveBeenCalled();
    expect(rules.tried).toBe(true);
    expect(rules.problems.map((problem) => problem.place)).toEqual(['name', 'then']);
  });

  it('that send are rehearsed before they are switched on the first time', async () => {
    const { rules } = await begun();
    const [sends, asks] = rules.list.value!;
    expect([rules.toBeRehearsed(sends!), rules.toBeRehearsed(asks!)]).toEqual([true, false]);
    await rules.rehearse(sends!);
    await vi.advanceTimersByTimeAsync(1000);
    rules.looked(rules.rehearsing!);
    expect(rules.toBeRehearsed(sends!)).toBe(false);
    expect(rules.toBeRehearsed({ ...sends!, version: 2 })).toBe(true);
  });

  it('are rehearsed in steps, and what was found stays when it is ended', async () => {
    const { api, rules } = await begun();
    await rules.rehearse(rules.list.value![0]!);
    await vi.advanceTimersByTimeAsync(35);
    const half = rules.rehearsal.view!;
    expect(half.looked).toBeGreaterThan(0);
    expect(half.looked).toBeLessThan(half.total);
    await rules.rehearsal.stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(rules.rehearsal.running).toBe(false);
    expect(rules.rehearsal.view!.looked).toBe(half.looked);
    await expect(api.rehearsal(999, 0, 1)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('show what a changed one would do otherwise', async () => {
    const { rules } = await begun();
    const view = rules.list.value![0]!;
    rules.edit(view);
    rules.change({ ...rules.draft!.rule, if: { all: [{ words: { any: ['Rechnung'] } }] } });
    await rules.rehearseDraft();
    await vi.advanceTimersByTimeAsync(1000);
    const found = new Set(rules.rehearsal.view!.hits.map((hit) => hit.difference));
    expect(found.has('new') && found.has('gone')).toBe(true);
    expect(rules.draft).not.toBeNull();
  });

  it('are moved, and the way back is told', async () => {
    const { api, rules } = await begun();
    const told: [number, string][] = [];
    const moving = new RulesState(api, (undo, what) => told.push([undo, what]));
    await moving.refresh();
    const before = moving.list.value!.map((rule) => rule.id);
    await moving.move(0, 1);
    expect(moving.list.value!.map((rule) => rule.id)).toEqual([before[1], before[0], ...before.slice(2)]);
    expect(told).toHaveLength(1);
    await api.undo(told[0]![0]);
    await rules.refresh();
    expect(rules.list.value!.map((rule) => rule.id)).toEqual(before);
  });
});
