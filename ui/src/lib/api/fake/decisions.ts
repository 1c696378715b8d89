/** What the in-memory engine decided by itself, and what is said to it. Its shop answers by itself in the scenario `automatic` only. */
import type { DecisionView } from '../bindings/DecisionView';
import type { Client } from '../client';
import { DECIDED, guards } from './automatic';
import { fail } from './fail';
import type { Host } from './host';

/** Older ones, so that the list has several pages. */
const EARLIER = 120;

function filled(id: number, at: string, given: Partial<DecisionView>): DecisionView {
  return {
    id, at, message_id: null, rule: null, mode: 'send', result: 'done', evidence: [], guards: guards(), route: null, text: null, conversation_id: null, rule_id: null, rule_version: 0,
    intent: null, confidence: 0, sent_message_id: null, undoable: false, undone_at: null, mark: null, ...given,
  };
}

/** The oldest first; conversations get their line, those that ask their task. */
function begin({ shop, cards, scenario }: Host): DecisionView[] {
  if (scenario !== 'automatic') return [];
  const now = Date.now();
  const list = Array.from({ length: EARLIER }, (_, index) =>
    filled(index + 1, new Date(now - (EARLIER - index) * 5_400_000).toISOString(), { rule: 'Zeiten (v2)', rule_id: 1, rule_version: 2, result: 'queued', evidence: ['geöffnet'], intent: 'opening_hours', confidence: 93, text: 'Wir haben heute bis 18.30 Uhr geöffnet.' }),
  );
  for (const known of [...shop.conversations].reverse()) {
    const given = DECIDED[shop.contact(known.contact)?.name ?? ''];
    const message = known.messages[0];
    if (!given || !message) continue;
    const answer = known.messages.find((one) => one.direction === 'out');
    if (answer) answer.automatic = true;
    const route = given.text ? { account_id: 1, medium: message.medium, kind: 'demo', address: message.from.address, reasons: [{ code: 'last_message', text: 'The customer wrote by it last.', params: { medium: message.medium } }], refused: [], alternatives: [], capabilities: null } : null;
    const made = filled(list.length + 1, message.at, { message_id: message.id, conversation_id: known.id, sent_message_id: answer?.id ?? null, route, ...given });
    list.push(made);
    const held = made.guards.find((guard) => !guard.passed)?.name ?? '';
    known.entries.push(shop.entry(known, { minutes: (now - Date.parse(message.at)) / 60_000 - 0.1, what: 'automatic', params: { decision: String(made.id), rule: made.rule ?? '', result: made.result, evidence: made.evidence.join(' · '), guard: held } }, now));
    const asks = made.result === 'asked' ? made.rule : made.rule === 'MENSCH' || held === 'claim' ? '' : null;
    if (asks !== null) cards.tasks.push(cards.task({ id: null, contact_id: known.contact, conversation_id: known.id, message_id: message.id, kind: 'ask', text: asks, address: '', due: '' }));
  }
  return list;
}

export function decisionsPart(host: Host) {
  const { emit, cards, shop } = host;
  const list = begin(host);

  function found(id: number): DecisionView {
    const decision = list.find((known) => known.id === id);
    if (!decision) throw fail('not_found', `There is no decision ${id}.`);
    return decision;
  }

  function became(decision: DecisionView, change: Partial<DecisionView>): DecisionView {
    Object.assign(decision, change);
    emit({ event: 'decision', decision_id: decision.id });
    if (decision.conversation_id !== null) emit({ event: 'conversation_changed', conversation_id: decision.conversation_id });
    return { ...decision };
  }

  function answered(id: number, result: string): DecisionView {
    const decision = found(id);
    if (decision.result !== 'asked') throw fail('too_late', 'This does not wait for an answer any more.');
    cards.tasks = cards.tasks.filter((task) => task.message_id !== decision.message_id);
    const conversation = host.conversation(decision.conversation_id ?? 0);
    const contact = shop.contact(conversation.contact);
    if (result === 'approved' && decision.text !== null && contact) {
      const sent = shop.make(conversation, contact, { out: true, medium: conversation.messages[0]?.medium ?? 'email', minutes: 0, text: decision.text, delivery: 'queued' }, Date.now());
      conversation.messages.push(sent);
      decision.sent_message_id = sent.id;
    }
    return became(decision, { result });
  }

  return {
    decisionsAutomatic: async (before, rule, waiting, limit) => {
      const rows = waiting ? list.filter((known) => known.result === 'asked') : [...list].reverse().filter((known) => (before === null || known.id < before) && (rule === null || known.rule_id === rule));
      return rows.slice(0, limit).map((known) => ({ ...known }));
    },
    decisionsOf: async (conversation) => list.filter((known) => known.conversation_id === conversation).map((known) => ({ ...known })),
    decision: async (id) => ({ ...found(id) }),
    decisionApprove: async (id) => answered(id, 'approved'),
    decisionDecline: async (id) => answered(id, 'declined'),
    decisionUndo: async (id) => {
      const decision = found(id);
      if (!decision.undoable) throw fail('too_late', 'It has left already, and nothing else was changed.');
      const conversation = host.conversation(decision.conversation_id ?? 0);
      conversation.messages = conversation.messages.filter((message) => message.id !== decision.sent_message_id);
      return became(decision, { undoable: false, undone_at: new Date().toISOString(), sent_message_id: null });
    },
    decisionMark: async (id, mark) => became(found(id), { mark: mark === '' ? null : mark }),
  } satisfies Partial<Client>;
}
