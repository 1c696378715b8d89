/** Writing and sending in the in-memory engine: routes, drafts, files, the outbox. */
import type { ContactView } from '../bindings/ContactView';
import type { Client } from '../client';
import type { DraftView } from '../bindings/DraftView';
import type { ReplyQueued } from '../bindings/ReplyQueued';
import type { StageTarget } from '../bindings/StageTarget';
import type { StagedView } from '../bindings/StagedView';
import type { RouteView } from '../bindings/RouteView';
import { fail } from './fail';
import type { Host } from './host';
import { fakeRoute } from './kinds';
import { emptyDraft, type Conversation } from './shop';

export function sendingPart(host: Host) {
  const { shop, outbox, accounts, settings } = host;
  let drafts: DraftView[] = [];

  function routeOf(id: number, via: string | null, length: number, sizes: number[]): RouteView {
    const found = host.conversation(id);
    const contact = shop.contact(found.contact);
    const last = found.messages.filter((entry) => entry.direction === 'in').pop();
    if (!contact) throw fail('not_found', 'There is no such customer.');
    return fakeRoute(contact, last?.medium ?? '', accounts.list, via, length, sizes);
  }

  function recipient(id: number | null, to: string): ContactView {
    const known = id === null ? shop.contacts.find((contact) => contact.identities.some((identity) => identity.address === to)) : shop.contact(id);
    const kind = to.includes('@') ? 'email' : /^[+\d][\d\s/()-]{4,}$/.test(to) ? 'phone' : undefined;
    if (known && (kind || to === '')) return known;
    if (!kind) throw fail('bad_address', `“${to}” is neither an e-mail address nor a phone number.`);
    return { id: shop.id(), name: to, identities: [shop.identity(kind, to)], preferred: null, messages: 0, first_contact_at: null, last_contact_at: null };
  }

  function leave(found: Conversation, contact: ContactView, route: RouteView, input: { body: string; subject: string | null; html?: string; staged?: number[]; send_at?: string | null }): ReplyQueued {
    const gap = /\{\{([^{}]*)\}\}/.exec(input.body)?.[1];
    if (gap !== undefined) throw fail('bad_input', `{{${gap}}} is not filled in.`, { field: 'placeholder', placeholder: gap });
    const wait = input.send_at ? new Date(input.send_at).getTime() - Date.now() : Number(settings['send.undo_secs']) * 1000;
    const staged = found.draft?.staged.filter((file) => input.staged?.includes(file.id)) ?? [];
    const made = shop.make(found, contact, { out: true, medium: route.medium ?? '', minutes: 0, subject: input.subject ?? undefined, text: input.body, delivery: 'queued', files: staged }, Date.now());
    made.due_at = new Date(Date.now() + wait).toISOString();
    found.messages.push(made);
    made.send_at = input.send_at ?? null;
    if (input.html) {
      shop.html.set(made.id, input.html);
      made.has_html = true;
    }
    outbox.queue(made, wait, staged, input.html);
    return { message_id: made.id, conversation_id: found.id, route, due_at: made.due_at };
  }

  function stage(target: StageTarget, name: string, type: string, size: number): StagedView {
    const file = { id: shop.id(), name, type, size, risky: name.endsWith('.exe') };
    if (target.conversation_id !== null) {
      const known = host.conversation(target.conversation_id);
      known.draft ??= emptyDraft();
      known.draft.staged = [...known.draft.staged, file];
    } else {
      const draft = drafts.find((one) => one.draft_id === target.draft_id);
      if (draft) draft.staged = [...draft.staged, file];
    }
    return file;
  }

  return {
    route: async (id, via, length, sizes) => routeOf(id, via, length, sizes),
    reply: async (input) => {
      const found = host.conversation(input.conversation_id);
      const contact = shop.contact(found.contact);
      const route = routeOf(found.id, input.via, input.body.length, []);
      if (!contact || !route.medium) throw fail('no_route', 'There is no way to this customer.');
      const queued = leave(found, contact, route, input);
      found.draft = null;
      if ('close_after' in input && input.close_after === true) found.status = 'closed';
      return queued;
    },
    routeNew: async (contactId, to, via, length, sizes) => fakeRoute(recipient(contactId, to), '', accounts.list, via, length, sizes),
    composeNew: async (input) => {
      const contact = recipient(input.contact_id, input.to);
      const route = fakeRoute(contact, '', accounts.list, input.via, input.body.length, []);
      if (!route.medium) throw fail('no_route', 'There is no way to this customer.');
      if (!shop.contact(contact.id)) shop.contacts.push(contact);
      const made: Conversation = { id: shop.id(), contact: contact.id, subject: input.subject ?? '', status: 'waiting', until: null, starred: false, spam: false, draft: null, messages: [], entries: [] };
      shop.conversations.push(made);
      drafts = drafts.filter((draft) => draft.draft_id !== input.draft_id);
      return leave(made, contact, route, input);
    },
    draftKeep: async (input) => {
      const empty = input.body.trim() === '' && input.to === '';
      const staged = input.conversation_id === null ? (drafts.find((draft) => draft.draft_id === input.draft_id)?.staged ?? []) : (host.conversation(input.conversation_id).draft?.staged ?? []);
      const kept: DraftView | null = empty && staged.length === 0 ? null : { ...emptyDraft(), ...input, draft_id: input.conversation_id === null ? (input.draft_id ?? shop.id()) : null, staged };
      if (input.conversation_id !== null) {
        host.conversation(input.conversation_id).draft = kept;
        host.emit({ event: 'conversation_changed', conversation_id: input.conversation_id });
      } else {
        drafts = [...drafts.filter((draft) => draft.draft_id !== input.draft_id), ...(kept ? [kept] : [])];
        host.emit({ event: 'drafts_changed' });
      }
      return kept;
    },
    newDrafts: async () => drafts,
    draftRemove: async (id) => {
      drafts = drafts.filter((draft) => draft.draft_id !== id);
      host.emit({ event: 'drafts_changed' });
    },
    attachmentStage: async (target, name, type, bytes) => stage(target, name, type, bytes.length),
    attachmentStageFile: async (target, path) => {
      const file = host.dropped.get(path);
      return stage(target, path.split('/').pop() ?? path, file?.type ?? 'application/pdf', file?.size ?? 184_000);
    },
    attachmentStageClipboard: async () => null,
    attachmentUnstage: async (id) => {
      for (const draft of [...drafts, ...shop.conversations.map((known) => known.draft)]) if (draft) draft.staged = draft.staged.filter((file) => file.id !== id);
    },
    segments: async (text) => {
      const wide = /[^ -~\n€£§äöüßÄÖÜàéèìòù]/.test(text);
      const [one, each] = wide ? [70, 67] : [160, 153];
      const room = text.length > one ? each : one;
      const segments = Math.max(1, Math.ceil(text.length / room));
      return { encoding: wide ? 'ucs2' : 'gsm7', segments, used: text.length, left: segments * room - text.length };
    },
    outbox: async () => outbox.rows.map((row) => ({ ...row })),
    outboxRetry: async (id) => outbox.retry(id),
    outboxCancel: async (id) => outbox.cancel(id),
    outboxCheck: async (id) => outbox.check(id),
    outboxSetTime: async (id, at) => outbox.setTime(id, at),
    outboxSendNow: async (id) => outbox.retry(id),
  } satisfies Partial<Client>;
}
