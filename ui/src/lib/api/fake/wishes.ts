/** What the customers of the in-memory engine wish, and what is decided about it. */
import type { ContactWishes } from '../bindings/ContactWishes';
import type { ContactDetail } from '../bindings/ContactDetail';
import type { EntryView } from '../bindings/EntryView';
import type { WishDecided } from '../bindings/WishDecided';
import type { WishView } from '../bindings/WishView';
import type { Client } from '../client';
import { fail } from './fail';
import type { Host } from './host';
import type { Conversation } from './shop';

/** By name of the customer. */
const KNOWN: Record<string, ContactWishes> = {
  'Clara Müller': { habit: { medium: 'email', messages: 7, conversations: 4 }, refused: [] },
  'Blumen Rosenthal GmbH': { habit: null, refused: [{ medium: 'sms', source: 'wish', evidence: 'bitte keine SMS an die Ladennummer', since: '2026-11-02T09:00:00Z' }] },
};

export function wishesPart(host: Host, card: (id: number) => Promise<ContactDetail>) {
  const { shop, undos, emit } = host;
  const states = new Map<number, string>();
  const of = new Map<number, ContactWishes>();

  const contactWishes = (id: number): ContactWishes => of.get(id) ?? KNOWN[shop.contact(id)?.name ?? ''] ?? { habit: null, refused: [] };

  function view(conversation: Conversation, entry: EntryView): WishView {
    const { params } = entry;
    const id = Number(params['wish']);
    const state = states.get(id) ?? params['state'] ?? 'acted';
    return {
      id,
      message_id: conversation.messages[0]?.id ?? 0,
      conversation_id: conversation.id,
      contact_id: conversation.contact,
      medium: params['medium'] || null,
      refused: (params['refused'] ?? '').split(' ').filter(Boolean),
      scope: params['scope'] ?? 'this_time',
      conditional: false,
      new_address: params['address'] || null,
      evidence: params['evidence'] ?? '',
      state,
      why: params['why'] ?? '',
      at: entry.at,
      undoable: state === 'acted' || state === 'accepted',
    };
  }

  const read = (conversation: Conversation) => conversation.entries.filter((entry) => entry.what === 'wish').map((entry) => view(conversation, entry)).reverse();

  function found(id: number): WishView {
    const wish = shop.conversations.flatMap(read).find((known) => known.id === id);
    if (!wish) throw fail('not_found', 'There is no such wish.');
    return wish;
  }

  function decide(id: number, became: string, what: string): WishDecided {
    const wish = found(id);
    const contact = shop.contact(wish.contact_id);
    const before = contact?.preferred ?? null;
    const tell = () => {
      emit({ event: 'conversation_changed', conversation_id: wish.conversation_id });
      emit({ event: 'contact_changed', contact_id: wish.contact_id });
    };
    states.set(id, became);
    if (contact && wish.medium && wish.scope === 'always') {
      if (became === 'accepted') contact.preferred = { medium: wish.medium, source: 'wish', since: wish.at, evidence: wish.evidence, message_id: wish.message_id };
      if (became === 'undone') contact.preferred = null;
    }
    const undo_id = undos.add(what, contact?.name ?? '', () => {
      states.set(id, wish.state);
      if (contact) contact.preferred = before;
      tell();
    });
    tell();
    return { undo_id, wish: found(id) };
  }

  async function change(id: number, what: string, next: ContactWishes): Promise<ContactDetail> {
    const before = contactWishes(id);
    const set = (wishes: ContactWishes) => {
      of.set(id, wishes);
      emit({ event: 'contact_changed', contact_id: id });
    };
    set(next);
    const undo = undos.add(what, shop.contact(id)?.name ?? '', () => set(before));
    return { ...(await card(id)), undo_id: undo };
  }

  return {
    wishes: async (id) => read(host.conversation(id)),
    wishAccept: async (id) => decide(id, 'accepted', 'wish_accepted'),
    wishDecline: async (id) => decide(id, 'declined', 'wish_declined'),
    wishUndo: async (id) => decide(id, 'undone', 'wish_undone'),
    contactWishes: async (id) => contactWishes(id),
    habitDecline: async (id) => change(id, 'habit_declined', { ...contactWishes(id), habit: null }),
    contactRefuse: async (id, medium, refuses) => {
      const { habit, refused } = contactWishes(id);
      const others = refused.filter((no) => no.medium !== medium);
      const next = refuses ? [...others, { medium, source: 'hand', evidence: '', since: new Date().toISOString() }] : others;
      return change(id, refuses ? 'refused' : 'refusal_ended', { habit, refused: next });
    },
  } satisfies Partial<Client>;
}
