/** Starter packs of the in-memory shop: the names of two trades, and replies that are really added. What packs say is in Rust. */
import type { PackView } from '../bindings/PackView';
import type { Client } from '../client';
import { fail } from './fail';
import type { Host } from './host';

const EVERY_REPLY = ['Öffnungszeiten', 'Nachricht angekommen', 'Anfahrt und Parken', 'Gutschein', 'Gern geschehen'];
const EVERY_RULE = ['Fragt nach den Öffnungszeiten', 'Fragt nach dem Weg oder einem Parkplatz', 'Fragt nach einem Gutschein', 'Schreibt, während geschlossen ist'];

const TRADES: Pick<PackView, 'slug' | 'name' | 'hours' | 'replies' | 'rules'>[] = [
  {
    slug: 'bakery', name: 'Bäckerei', hours: 'Di–Fr 6:30–13:00, 14:30–18:00; Sa 6:30–13:00; So 7:30–11:00',
    replies: ['Vorbestellung: Was wir wissen müssen', 'Torte: Rückfragen', 'Bestellung ist notiert', 'Bestellung liegt bereit', 'Ist noch etwas da?', 'Für heute ausverkauft', 'Gebäck für eine Feier', 'Zutaten und Allergene'],
    rules: ['Allergene: eine Person antwortet', 'Möchte eine Torte bestellen', 'Möchte vorbestellen', 'Fragt, ob noch etwas da ist'],
  },
  {
    slug: 'bike_shop', name: 'Fahrradladen', hours: 'Di–Fr 9:30–12:30, 14:00–18:30; Sa 9:30–14:00',
    replies: ['Stand der Reparatur', 'Rad ist fertig', 'Termin in der Werkstatt', 'Haben wir das da?', 'Bestelltes ist da', 'Was kostet die Reparatur?', 'Es ist mehr zu tun als gedacht', 'Probefahrt und Beratung'],
    rules: ['Fragt, wie weit das Rad ist', 'Möchte einen Termin in der Werkstatt', 'Fragt nach einem Teil oder Reifen', 'Fragt, was eine Reparatur kostet'],
  },
];

export function packsPart({ replies, emit, undos, shop }: Host) {
  const added = new Set<string>();
  const whole = TRADES.map((trade) => ({ ...trade, replies: [...trade.replies, ...EVERY_REPLY], rules: [...trade.rules, ...EVERY_RULE] }));
  const changed = () => emit({ event: 'refresh' });
  return {
    packs: async () => whole.map((pack) => ({ ...pack, installed: added.has(pack.slug) })),
    packAdd: async (slug) => {
      const pack = whole.find((known) => known.slug === slug);
      if (!pack) throw fail('not_found', `There is no pack ${slug}.`);
      const fresh = pack.replies.filter((name) => !replies.list.some((reply) => reply.name === name));
      if (added.has(slug) && fresh.length === 0) return { replies: 0, rules: 0, hours: false, undo_id: null };
      const before = replies.list;
      const rules = added.has(slug) ? 0 : pack.rules.length;
      added.add(slug);
      replies.list = [...before, ...fresh.map((name) => ({ id: shop.id(), name, shortcut: '', texts: [{ language: 'de', medium: '', text: `${name}.` }], used: 0, last_used_at: null }))];
      changed();
      const undo_id = undos.add('pack_added', pack.name, () => {
        replies.list = before;
        added.delete(slug);
        changed();
      });
      return { replies: fresh.length, rules, hours: false, undo_id };
    },
  } satisfies Partial<Client>;
}
