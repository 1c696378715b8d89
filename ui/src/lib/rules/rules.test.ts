import { describe, expect, it } from 'vitest';
import type { ConditionShape } from '../api/bindings/ConditionShape';
import type { TreeShape } from '../api/bindings/TreeShape';
import { language, locales } from '../i18n';
import { added, answersOf, expecting, inOrder, removed, withChoice, withoutChoice } from './dialogue';
import { compared, compareValue, compareWord } from './field';
import { ACTIONS, actionKind, closed, conditionKind, grouped, groupWord, GROUP_WORDS, LEAVES, moved, newAction, newCondition, newRule, newTrigger, opened, TRIGGERS, triggerKind, unwrapped } from './shape';
import { marked, problemsAt, problemSentence, readIntent, ruleLine } from './told';

const words = (...any: string[]): ConditionShape => ({ words: { any } });

describe('a rule that is put together', () => {
  it('begins each part as the kind that was chosen', () => {
    expect(TRIGGERS.map((kind) => triggerKind(newTrigger(kind)))).toEqual([...TRIGGERS]);
    expect(LEAVES.map((kind) => conditionKind(newCondition(kind)))).toEqual([...LEAVES]);
    expect(ACTIONS.map((kind) => actionKind(newAction(kind, 'de')))).toEqual([...ACTIONS]);
  });

  it('is opened with a list at the top, and closed without what says nothing', () => {
    const single = { ...newRule(), if: words('a'), valid_from: '', stop: false };
    expect(opened(single).if).toEqual({ all: [words('a')] });
    expect(opened({ ...single, if: { not: { any: [words('a')] } } }).if).toEqual({ not: { any: [words('a')] } });
    expect(closed({ ...newRule(), valid_until: '', stop: false })).toEqual({ name: '', mode: 'suggest', max_age_minutes: 120, when: 'message', then: [] });
    expect(closed(opened({ ...single, valid_from: '2026-12-01', stop: true }))).toMatchObject({ if: { all: [words('a')] }, valid_from: '2026-12-01', stop: true });
  });

  it('says of a group in four words what has to hold, and keeps its conditions with each', () => {
    for (const word of GROUP_WORDS) {
      const group = grouped(word, [words('a'), words('b')]);
      expect(groupWord(group)).toBe(word);
      expect('not' in group).toBe(word === 'none' || word === 'not_all');
    }
  });

  it('looks through what turns a condition round, to the place that the engine names', () => {
    expect(unwrapped({ not: words('a') }, 'if.all.1')).toEqual({ inner: words('a'), negated: true, place: 'if.all.1.not' });
    expect(unwrapped({ not: { not: words('a') } }, 'if')).toEqual({ inner: words('a'), negated: false, place: 'if.not.not' });
  });

  it('moves a rule, and leaves the list where there is no such place', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b'], 0, 2)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
});

describe('a field', () => {
  it('has one comparison, and keeps its value with another', () => {
    const field = compared('city', 'begins', 'Kiel');
    expect([compareWord(field), compareValue(field)]).toEqual(['begins', 'Kiel']);
    expect(compared('city', 'at_most', compareValue(field))).toEqual({ name: 'city', at_most: 'Kiel' });
    expect(compareWord(compared('city', 'empty', ''))).toBe('empty');
    expect(compared('city', 'is', '')).toEqual({ name: 'city', is: [] });
  });
});

describe('a dialogue', () => {
  const tree: TreeShape = { start: 'one', within_minutes: 60, nodes: { one: { ask: { text: { de: 'Welche?' } }, expects: 'yes_no', goes_on: { yes: { reply: 'a' }, no: 'person' } } } };

  it('grows to three questions and no more, in the order in which they are met', () => {
    const two = added(tree, 'one', 'no', 'de');
    const name = inOrder(two)[1]?.[0] ?? '';
    const three = added(two, name, 'any', 'de');
    expect(inOrder(three)).toHaveLength(3);
    expect(inOrder(three)[0]?.[0]).toBe('one');
    expect(added(three, 'one', 'yes', 'de')).toBe(three);
  });

  it('leads to a person where a question was taken away; the first one stays', () => {
    const two = added(tree, 'one', 'no', 'de');
    const name = inOrder(two)[1]?.[0] ?? '';
    expect(removed(two, name)).toEqual(tree);
    expect(removed(tree, 'one')).toBe(tree);
  });

  it('asks for another kind of answer with what follows on each of it', () => {
    const node = tree.nodes['one'];
    if (!node) throw new Error('no question');
    expect(expecting(node, 'order_number').goes_on).toEqual({ any: 'person' });
    const choice = expecting(node, 'choice');
    expect(Object.keys(choice.choices ?? {})).toEqual(['a', 'b']);
    expect(Object.keys(withChoice(choice).goes_on)).toEqual(['a', 'b', 'c']);
    expect(withoutChoice(withChoice(choice), 'a').goes_on).toEqual({ b: 'person', c: 'person' });
    expect(expecting(choice, 'text')).not.toHaveProperty('choices');
    expect(answersOf(expecting(node, 'yes_no'))).toEqual(['yes', 'no', 'else']);
  });
});

describe('what the engine says', () => {
  const wrong = [{ place: 'if.all.2.words', text: 'Name the words: any = ["…"] or all = ["…"].' }, { place: 'then', text: 'There is no standard reply “hours”; write it first.' }, { place: 'if.all', text: 'The list is empty; add a condition.' }];

  it('is shown at the part it is about, and once', () => {
    expect(problemsAt(wrong, 'if.all.2')).toEqual([wrong[0]]);
    expect(problemsAt(wrong, 'if.all.20')).toEqual([]);
    expect(problemsAt(wrong, 'if', true)).toEqual([wrong[2]]);
    expect(problemsAt([{ place: 'then.1.answer', text: '' }], 'then', true)).toEqual([]);
  });

  it('is a sentence of ours in each language, and its own where there is none', () => {
    for (const locale of locales) {
      language.use(locale);
      for (const problem of wrong) expect(problemSentence(problem), locale).not.toBe(problem.text);
      expect(problemSentence(wrong[1]!)).toContain('hours');
      expect(problemSentence({ place: 'line 7', text: 'Look at line 7.' })).toBe('Look at line 7.');
    }
    language.use('de');
  });

  it('marks the words that decided, whatever their case, and none that are not there', () => {
    expect(marked('Haben Sie heute geöffnet?', ['GEÖFFNET', 'opening_hours (91 %): heute, morgen'])).toEqual([
      { text: 'Haben Sie ', hit: false }, { text: 'heute', hit: true }, { text: ' ', hit: false }, { text: 'geöffnet', hit: true }, { text: '?', hit: false },
    ]);
    expect(marked('a.b (c)', ['x'])).toEqual([{ text: 'a.b (c)', hit: false }]);
    expect(marked('Preis (netto)?', ['(netto)?'])).toEqual([{ text: 'Preis ', hit: false }, { text: '(netto)?', hit: true }]);
    expect(readIntent(['by sms', 'opening_hours (91 %): heute'])).toEqual({ name: 'Öffnungszeiten', percent: 91 });
  });

  it('is one line for a rule', () => {
    expect(ruleLine({ ...newRule(), then: [{ answer: { reply: 'zeiten' } }, 'star'] })).toBe('Eine Nachricht kommt · antwortet mit „zeiten“ · mit Stern merken');
  });
});
