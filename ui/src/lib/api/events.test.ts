import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { coalesce, type Changes } from './events';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('coalesce', () => {
  it('hands out the first change at once, and of a flood at most ten batches a second', () => {
    const batches: Changes[] = [];
    const take = coalesce((changes) => batches.push(changes));
    for (let id = 0; id < 1000; id += 1) {
      take({ event: 'message_received', account_id: 1, conversation_id: id, message_id: id });
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(200);
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.length).toBeLessThanOrEqual(11);
    expect(batches.reduce((sum, batch) => sum + batch.messages.size, 0)).toBe(1000);
  });

  it('gathers what belongs together', () => {
    const batches: Changes[] = [];
    const take = coalesce((changes) => batches.push(changes));
    take({ event: 'outbox_changed' });
    take({ event: 'message_changed', conversation_id: 3, message_id: 9 });
    take({ event: 'contact_changed', contact_id: 5 });
    take({ event: 'account_changed', account_id: 2 });
    take({ event: 'tasks_changed' });
    take({ event: 'refresh' });
    vi.advanceTimersByTime(100);
    expect(batches).toEqual([
      { all: true, conversations: new Set([3]), messages: new Set([9]), contacts: new Set([5]), accounts: new Set([2]), outbox: true, received: false, settings: false, replies: false, same: false, tasks: true, fields: false, rules: false, decisions: false },
    ]);
  });

  it('is silent when nothing happens', () => {
    const apply = vi.fn();
    coalesce(apply);
    vi.advanceTimersByTime(1000);
    expect(apply).not.toHaveBeenCalled();
  });
});
