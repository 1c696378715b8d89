import { describe, expect, it } from 'vitest';
import { addresses, wholeAddress } from './addresses';

describe('addresses', () => {
  it.each([
    ['a@b.example, c@d.example;e@f.example\ng@h.example', ['a@b.example', 'c@d.example', 'e@f.example', 'g@h.example']],
    ['Anna Petersen <a@b.example>', ['Anna Petersen <a@b.example>']],
    ['"Petersen, Anna" <a@b.example>; c@d.example', ['"Petersen, Anna" <a@b.example>', 'c@d.example']],
    [' , ;', []],
    ['"offen, a@b.example', ['"offen', 'a@b.example']],
  ])('%s', (text, expected) => expect(addresses(text)).toEqual(expected));

  it('tells a whole address from the beginning of one, and from a name', () => {
    for (const whole of ['a@b.example', ' anna.p@post.haus.example ', 'Anna <a@b.example>', '+49 176 04069011', '0176/040 690-11']) expect(wholeAddress(whole), whole).toBe(true);
    for (const part of ['anna', 'anna@', 'anna@posthaus', 'anna@posthaus.', '0176', 'Anna Petersen', '']) expect(wholeAddress(part), part).toBe(false);
  });
});
