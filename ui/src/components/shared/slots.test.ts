import { describe, expect, it } from 'vitest';
import { Slots } from './slots';

const of = (...ids: number[]) => ids.map((id) => ({ id }));
const slotsOf = (filled: readonly { slot: number; item: { id: number } }[]) => filled.map(({ slot, item }) => [item.id, slot]);

describe('Slots', () => {
  it('a row that stays in sight keeps its element, one that comes gets that of one that went', () => {
    const slots = new Slots<{ id: number }>((row) => row.id);
    expect(slotsOf(slots.fill(of(1, 2, 3)))).toEqual([[1, 0], [2, 1], [3, 2]]);
    expect(slotsOf(slots.fill(of(2, 3, 4)))).toEqual([[2, 1], [3, 2], [4, 0]]);
    expect(slotsOf(slots.fill(of(4, 2, 3)))).toEqual([[4, 0], [2, 1], [3, 2]]);
  });

  it('of a row that stayed nothing is told anew, of one that was fetched again its element stays', () => {
    const slots = new Slots<{ id: number }>((row) => row.id);
    const [one, two, three] = of(1, 2, 3) as [{ id: number }, { id: number }, { id: number }];
    const before = slots.fill([one, two]);
    const after = slots.fill([two, three]);
    expect(after[0]).toBe(before[1]);
    const again = { id: 2 };
    expect(slots.fill([again, three])).toEqual([{ slot: 1, item: again }, after[1]]);
    expect(slots.fill([again, three])[0]?.item).toBe(again);
  });

  it('a jump moves no element and makes none', () => {
    const slots = new Slots<{ id: number }>((row) => row.id);
    slots.fill(of(1, 2, 3));
    slots.fill(of(2, 3, 4));
    expect(slotsOf(slots.fill(of(90, 91, 92)))).toEqual([[90, 1], [91, 2], [92, 0]]);
  });

  it('no two rows share an element, though more come than went', () => {
    const slots = new Slots<{ id: number }>((row) => row.id);
    slots.fill(of(1, 2));
    const filled = slots.fill(of(2, 3, 4, 5));
    expect(new Set(filled.map(({ slot }) => slot)).size).toBe(4);
    expect(slots.fill([])).toEqual([]);
    // A list that was told twice of the same row still draws.
    expect(new Set(slots.fill(of(7, 7)).map(({ slot }) => slot)).size).toBe(2);
  });
});
