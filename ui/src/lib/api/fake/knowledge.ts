/** Articles and proposals of the in-memory shop. An article is expired by the day of this computer. */
import type { ArticleView } from '../bindings/ArticleView';
import type { ProposalView } from '../bindings/ProposalView';
import type { Client } from '../client';
import { ARTICLES, PROPOSED } from './automatic';
import { fail } from './fail';
import type { Host } from './host';

export function knowledgePart(host: Host) {
  const { shop, emit, undos, replies, scenario } = host;
  const some = scenario === 'automatic';
  let articles: ArticleView[] = some ? ARTICLES.map((article) => ({ ...article, id: shop.id() })) : [];
  const written = shop.conversations.flatMap((known) => known.messages).filter((message) => message.direction === 'out').map((message) => message.id);
  let proposals: ProposalView[] = some ? PROPOSED.map((proposal) => ({ ...proposal, id: shop.id(), message_ids: written.slice(0, proposal.count), found_at: new Date().toISOString() })) : [];
  const changed = () => emit({ event: 'replies_changed' });
  const today = () => new Date().toLocaleDateString('sv');

  function article(id: number): ArticleView {
    const found = articles.find((known) => known.id === id);
    if (!found) throw fail('not_found', `There is no article ${id}.`);
    return found;
  }

  function put(next: ArticleView): ArticleView {
    articles = [...articles.filter((known) => known.id !== next.id), next].sort((one, other) => one.name.localeCompare(other.name));
    changed();
    return { ...next };
  }

  function settled(id: number): ProposalView {
    const found = proposals.find((known) => known.id === id);
    if (!found) throw fail('too_late', 'This was decided already.');
    return found;
  }

  function settle(id: number): void {
    proposals = proposals.filter((known) => known.id !== id);
    changed();
  }

  return {
    articles: async () => articles.map((known) => structuredClone(known)),
    articleSave: async ({ id, name, checked_on, expires_on, texts }) => {
      if (name === '') throw fail('bad_input', 'An article needs a name of at most 80 characters, without braces and bars.', { field: 'name' });
      if (articles.some((known) => known.name === name && known.id !== id)) throw fail('bad_input', 'Another article has this name. Choose another one.', { field: 'name' });
      if (texts.length === 0) throw fail('bad_input', 'An article needs a text.', { field: 'texts' });
      return put({ id: id ?? shop.id(), name, checked_on, expires_on, texts, expired: expires_on !== null && expires_on <= today(), placeholder: `{{artikel:${name}}}` });
    },
    articleChecked: async (id) => put({ ...article(id), checked_on: today() }),
    articleRemove: async (id) => {
      const before = articles;
      const { name } = article(id);
      articles = articles.filter((known) => known.id !== id);
      changed();
      return undos.add('article_removed', name, () => {
        articles = before;
        changed();
      });
    },
    proposals: async () => proposals.map((known) => ({ ...known })),
    proposalAccept: async (id, name, text) => {
      const { intent } = settled(id);
      if (replies.list.some((known) => known.name === name)) throw fail('bad_input', 'Another standard reply has this name.', { field: 'name' });
      const reply = { id: shop.id(), name, shortcut: '', texts: [{ language: 'de', medium: '', text }], used: 0, last_used_at: null };
      replies.list = [...replies.list, reply];
      settle(id);
      return { reply_id: reply.id, rule_id: intent === null ? null : shop.id() };
    },
    proposalDecline: async (id) => {
      settled(id);
      settle(id);
    },
  } satisfies Partial<Client>;
}
