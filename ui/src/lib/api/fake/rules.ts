/** The rules of the in-memory shop. Their text is JSON here, not TOML: only the engine reads it. */
import type { AutomationView } from '../bindings/AutomationView';
import type { ConditionShape } from '../bindings/ConditionShape';
import type { RuleProblem } from '../bindings/RuleProblem';
import type { RuleShape } from '../bindings/RuleShape';
import type { RuleVersionView } from '../bindings/RuleVersionView';
import type { RuleView } from '../bindings/RuleView';
import type { Client } from '../client';
import { fail } from './fail';
import type { Host } from './host';
import { rehearsalsPart } from './rehearsals';

const DAY_MS = 86_400_000;
const START: [rule: RuleShape, on: boolean, lowered: boolean][] = [
  [{ name: 'Öffnungszeiten', mode: 'send', max_age_minutes: 120, when: 'message', if: { all: [{ any: [{ words: { any: ['geöffnet', 'Öffnungszeit*', 'vorbeikommen'] } }, { intent: { is: ['opening_hours'], at_least: 80 } }] }, { not: { tag: ['Lieferant'] } }] }, then: [{ answer: { reply: 'zeiten' } }, { tag: { add: ['Öffnungszeiten'] } }] }, false, false],
  [{ name: 'Ist mein Rad fertig?', mode: 'ask', max_age_minutes: 720, when: 'message', if: { all: [{ words: { any: ['fertig', 'abhol*'] } }] }, then: [{ answer: { dialogue: { start: 'nummer', within_minutes: 1440, nodes: { nummer: { ask: { text: { de: 'Wie lautet Ihre Auftragsnummer?', en: 'What is your order number?' } }, expects: 'order_number', goes_on: { any: { reply: 'abholung' }, else: 'person' } } } } } }] }, true, false],
  [{ name: 'Rechnung noch einmal', mode: 'send', max_age_minutes: 120, valid_until: '2027-12-31', when: 'message', if: { all: [{ intent: { is: ['invoice_copy'], at_least: 80 } }] }, then: [{ task: { text: 'Rechnung heraussuchen', due: { opening_hours: 4 } } }, 'star'] }, true, true],
  [{ name: 'Nach vier Stunden nachfragen', mode: 'suggest', max_age_minutes: 2880, when: { no_answer: { opening_hours: 4 } }, stop: true, then: [{ answer: { reply: 'danke' } }] }, false, false],
];

/** The first thing that is wrong, as the engine would name its place. */
function wrong(rule: RuleShape, replies: string[]): RuleProblem[] {
  const found: RuleProblem[] = [];
  const say = (place: string, text: string) => found.push({ place, text });
  if (rule.name.trim() === '') say('name', 'The rule has no name; give it one.');
  if (rule.then.length === 0) say('then', 'The rule does nothing; add what is to be done.');
  const walk = (one: ConditionShape, place: string): void => {
    if ('all' in one) one.all.forEach((inner, at) => walk(inner, `${place}.all.${at + 1}`));
    else if ('any' in one) one.any.forEach((inner, at) => walk(inner, `${place}.any.${at + 1}`));
    else if ('not' in one) walk(one.not, `${place}.not`);
    else if ('words' in one && !one.words.any?.length && !one.words.all?.length) say(`${place}.words`, 'Name the words: any = ["…"] or all = ["…"].');
    else if ('intent' in one && one.intent.is.length === 0) say(`${place}.intent.is`, 'Name an intent, such as opening_hours.');
  };
  if (rule.if) walk(rule.if, 'if');
  rule.then.forEach((one, at) => {
    if (typeof one === 'string' || !('answer' in one) || one.answer.dialogue) return;
    if (!one.answer.reply) say(`then.${at + 1}.answer`, 'Write one of the two: reply = "…" or a dialogue.');
    else if (!replies.includes(one.answer.reply)) say('then', `There is no standard reply “${one.answer.reply}”; write it first, or name another one.`);
  });
  return found;
}

export function rulesPart(host: Host) {
  const { shop, emit, undos, replies } = host;
  const known = () => replies.list.flatMap((reply) => [reply.shortcut, reply.name]);
  const history = new Map<number, RuleVersionView[]>();
  const first = host.scenario === 'no_rules' || host.scenario === 'empty' ? [] : START;
  let list: RuleView[] = first.map(([rule, on, lowered]) => ({ ...written(shop.id(), rule, 1), on, lowered, on_since: on ? new Date(Date.now() - 3 * DAY_MS).toISOString() : null }));
  let sent = { hour: 12, day: 41 };
  if (host.scenario === 'caps') sent = { hour: 20, day: 88 };
  if (host.scenario === 'caps') host.settings['automation.on'] = 'true';

  function written(id: number, rule: RuleShape, version: number): RuleView {
    const source = JSON.stringify(rule);
    history.set(id, [{ version, written_at: new Date(Date.now() - (version === 1 ? 9 * DAY_MS : 0)).toISOString(), source }, ...(history.get(id) ?? [])]);
    return { id, name: rule.name, mode: rule.mode, lowered: false, on: false, on_since: null, version, pack: '', source, rule, problems: wrong(rule, known()) };
  }

  function get(id: number): RuleView {
    const rule = list.find((one) => one.id === id);
    if (!rule) throw fail('not_found', `There is no rule ${id}.`);
    return rule;
  }

  function become(next: RuleView[]): void {
    list = next;
    emit({ event: 'rules_changed' });
  }

  const back = (what: string, subject: string): number => {
    const before = list;
    return undos.add(what, subject, () => become(before));
  };

  function status(): AutomationView {
    const on = host.settings['automation.on'] === 'true';
    const rules_on = list.filter((rule) => rule.on).length;
    const code = !on ? 'off' : rules_on === 0 ? 'no_rules' : sent.hour >= 20 ? 'hour_full' : 'on';
    return { on, code, reason: code, rules_on, hour: { sent: sent.hour, most: 20 }, day: { sent: sent.day, most: 100 }, here: true, asked: 0 };
  }

  return {
    ...rehearsalsPart(host, (id) => list.find((rule) => rule.id === id)?.source),
    rules: async () => list,
    rule: async (id) => get(id),
    ruleVersions: async (id) => history.get(id) ?? [],
    ruleSave: async (id, source) => {
      const rule = JSON.parse(source) as RuleShape;
      const before = id === null ? undefined : get(id);
      back('rule_saved', rule.name);
      const saved = { ...written(id ?? shop.id(), rule, (before?.version ?? 0) + 1), on: before?.on ?? false, on_since: before?.on_since ?? null };
      become(before ? list.map((one) => (one.id === saved.id ? saved : one)) : [...list, saved]);
      return saved;
    },
    ruleRemove: async (id) => {
      const undo = back('rule_removed', get(id).name);
      become(list.filter((one) => one.id !== id));
      return undo;
    },
    ruleSwitch: async (id, on) => {
      const problem = get(id).problems[0];
      if (on && problem) throw fail('bad_input', problem.text, { field: problem.place });
      back(on ? 'rule_on' : 'rule_off', get(id).name);
      become(list.map((one) => (one.id === id ? { ...one, on, on_since: on ? new Date().toISOString() : null } : one)));
      return get(id);
    },
    rulesOrder: async (ids) => {
      const undo = back('rules_ordered', '');
      become([...ids.map(get), ...list.filter((one) => !ids.includes(one.id))]);
      return undo;
    },
    ruleRead: async (source) => ({ source, rule: JSON.parse(source) as RuleShape, problems: wrong(JSON.parse(source) as RuleShape, known()) }),
    ruleWrite: async (rule) => ({ source: JSON.stringify(rule), rule, problems: wrong(rule, known()) }),
    automation: async (on) => {
      if (on !== null) {
        host.settings['automation.on'] = String(on);
        emit({ event: 'settings_changed' });
      }
      return status();
    },
  } satisfies Partial<Client>;
}
