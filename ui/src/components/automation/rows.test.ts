import { expect, it } from 'vitest';
import { rowAt } from './rows';

it('finds the row below the pointer, and the ends beyond them', () => {
  const rows = [{ top: 0, bottom: 50 }, { top: 50, bottom: 120 }, { top: 120, bottom: 160 }];
  expect([-10, 10, 50, 119, 130, 900].map((y) => rowAt(rows, y))).toEqual([0, 0, 1, 1, 2, 2]);
  expect(rowAt([], 10)).toBe(0);
});
