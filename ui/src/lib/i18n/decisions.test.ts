import { afterEach, describe, expect, it } from 'vitest';
import { language, locales } from '.';
import { automaticLine, becauseText, byText, resultText, ruleOf, sureText, told } from './decisions';

const RESULTS = ['queued', 'asked', 'suggested', 'draft_there', 'held_back', 'no_answer', 'done', 'approved', 'declined'];

afterEach(() => language.use('de'));

describe('a decision', () => {
  it('names its rule and the version of it', () => {
    expect(ruleOf('Zeiten (v3)')).toEqual({ name: 'Zeiten', version: 3 });
    expect(ruleOf('Zeiten (neu) (v12)')).toEqual({ name: 'Zeiten (neu)', version: 12 });
    expect(ruleOf('MENSCH')).toEqual({ name: 'MENSCH', version: null });
    expect(byText('MENSCH')).toBe('Wunsch nach einem Menschen');
  });

  it('says why in the words that decided', () => {
    const line = automaticLine(told({ rule: 'Zeiten (v3)', result: 'queued', evidence: 'geöffnet · heute', guard: '' }, undefined));
    expect(line).toBe('Von selbst beantwortet (Regel „Zeiten“), weil „geöffnet“, „heute“ im Text steht');
    expect(becauseText(['opening_hours (93 %): wann, offen', 'by sms'])).toBe('es nach „Öffnungszeiten“ klingt („wann“, „offen“) und es per SMS kam');
    expect(becauseText(['by chance'])).toBe('„by chance“ im Text steht');
    expect(becauseText([])).toBe('');
  });

  it('that was held back says by what, in words', () => {
    expect(automaticLine(told({ rule: 'Zeiten (v3)', result: 'held_back', evidence: 'geöffnet', guard: 'sensitive' }, undefined))).toBe(
      'Nicht von selbst beantwortet (Regel „Zeiten“): Darauf sollte ein Mensch antworten.',
    );
  });

  it('has a line and a word for each result in every language', () => {
    for (const locale of locales) {
      language.use(locale);
      for (const result of RESULTS) {
        expect(resultText(result)).not.toBe(result);
        expect(automaticLine({ rule: 'Zeiten (v3)', result, evidence: [], guard: '', answers: true })).toContain('Zeiten');
      }
    }
  });

  it('is sure in words', () => {
    expect(sureText(97)).toBe('sehr sicher (97 %)');
    expect(sureText(70)).toBe('ziemlich sicher (70 %)');
    expect(sureText(40)).toBe('unsicher (40 %)');
  });
});
