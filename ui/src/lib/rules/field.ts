/** The one comparison of a field, as a word and a value. */
import type { FieldShape } from '../api/bindings/FieldShape';

export const COMPARE_WORDS = ['is', 'contains', 'begins', 'at_least', 'at_most', 'filled', 'empty'] as const;
export type CompareWord = (typeof COMPARE_WORDS)[number];

export function compareWord(field: FieldShape): CompareWord {
  if (field.filled !== undefined) return field.filled ? 'filled' : 'empty';
  return (['contains', 'begins', 'at_least', 'at_most'] as const).find((word) => field[word] !== undefined) ?? 'is';
}

/** What it is compared with; of several the first. */
export function compareValue(field: FieldShape): string {
  return field.contains ?? field.begins ?? field.at_least ?? field.at_most ?? field.is?.[0] ?? '';
}

/** A field with this comparison and no other. */
export function compared(name: string, word: CompareWord, value: string): FieldShape {
  if (word === 'filled' || word === 'empty') return { name, filled: word === 'filled' };
  return word === 'is' ? { name, is: value === '' ? [] : [value] } : { name, [word]: value };
}
