import { describe, expect, it } from 'vitest';
import { titleOf } from './titles';

describe('titleOf', () => {
  it.each([
    [['AW: Ist es fertig?', 'Super, danke!', 'Ist es fertig?'], 'Ist es fertig?'],
    [['Re: AW: Termin', 'AW: Termin', 'Termin'], 'Termin'],
    [['Re: Termin'], 'Re: Termin'],
    [['Bis gleich', 'gleich', 'Hallo: Bis gleich'], 'Bis gleich'],
    [['RE: ', ''], 'RE: '],
    [[''], ''],
    [[], ''],
  ])('%j → %s', (lines, title) => expect(titleOf(lines)).toBe(title));
});
