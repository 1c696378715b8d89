import { describe, expect, it, vi } from 'vitest';
import { fakeClient } from '../api/fake';
import type { Client } from '../api/client';
import { WishesState } from './wishes.svelte';

async function conversationOf(api: Client, name: string): Promise<number> {
  const page = await api.conversations('all', false, null, 50);
  return page.conversations.find((row) => row.contact_name === name)?.id ?? 0;
}

describe('WishesState', () => {
  it('asks once, and what is decided can be taken back', async () => {
    const api = fakeClient(new URLSearchParams());
    const done = vi.fn();
    const wishes = new WishesState(api, done);
    const id = await conversationOf(api, 'Paul Nußbaum');
    await wishes.look(id, true);
    expect(wishes.questions.map((wish) => wish.medium)).toEqual(['sms']);
    await wishes.accept(2);
    expect([wishes.questions.length, wishes.of('2')?.state]).toEqual([0, 'accepted']);
    expect(done.mock.calls).toEqual([[expect.any(Number), 'wish_accepted']]);
    await api.undo(done.mock.calls[0]?.[0] as number);
    await wishes.look(id, true);
    expect(wishes.questions.length).toBe(1);
  });

  it('asks nothing of the engine where nothing was read, and forgets the conversation before', async () => {
    const api = fakeClient(new URLSearchParams());
    const asked = vi.spyOn(api, 'wishes');
    const wishes = new WishesState(api);
    await wishes.look(await conversationOf(api, 'Öğretmen Yıldız'), true);
    expect(wishes.of('1')?.undoable).toBe(true);
    await wishes.look(await conversationOf(api, 'Anna Petersen'), false);
    expect([wishes.of('1'), asked.mock.calls.length]).toEqual([undefined, 1]);
  });

  it('says what went wrong', async () => {
    const api = fakeClient(new URLSearchParams('fail=wishAccept:too_late'));
    const wishes = new WishesState(api);
    await wishes.look(await conversationOf(api, 'Paul Nußbaum'), true);
    await wishes.accept(2);
    expect([wishes.problem?.code, wishes.questions.length, wishes.busy]).toEqual(['too_late', 1, false]);
  });
});
