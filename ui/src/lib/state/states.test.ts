import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../api/client';
import { fakeClient } from '../api/fake';
import { ComposerState } from './composer.svelte';
import { ContactsState } from './contacts.svelte';
import { ConversationState } from './conversation.svelte';
import { InboxState } from './inbox.svelte';
import { NewMessageState } from './newMessage.svelte';
import { Resource } from './resource.svelte';
import { SearchState } from './search.svelte';
import { UndoState } from './undo.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function host(query = ''): Client {
  return fakeClient(new URLSearchParams(query));
}

async function firstConversation(api: Client): Promise<number> {
  const page = await api.conversations('open', false, null, 1);
  return page.conversations[0]?.id ?? 0;
}

describe('Resource', () => {
  it('drops the answer to an older question', async () => {
    const resource = new Resource<string>();
    let slow = (_: string) => {};
    const first = resource.load(() => new Promise<string>((done) => (slow = done)));
    await resource.load(async () => 'new');
    slow('old');
    await first;
    expect(resource.value).toBe('new');
    expect(resource.loading).toBe(false);
  });

  it('keeps the old value beside an error, and names what is no ApiError internal', async () => {
    const resource = new Resource<string>();
    await resource.load(async () => 'there');
    await resource.load(async () => {
      throw new Error('boom');
    });
    expect(resource.value).toBe('there');
    expect(resource.error).toEqual({ code: 'internal', message: 'boom' });
  });
});

describe('InboxState', () => {
  it('fetches page by page and knows the end only when it is there', async () => {
    const inbox = new InboxState(host('people=130'));
    await inbox.refresh();
    expect([inbox.rows.length, inbox.total]).toEqual([60, undefined]);
    await inbox.more();
    await inbox.more();
    await inbox.more();
    expect([inbox.rows.length, inbox.total]).toEqual([130, 130]);
    expect(new Set(inbox.rows.map((row) => row.id)).size).toBe(130);
  });

  it('keeps the rows further down when the newest are fetched again', async () => {
    const api = host('people=400');
    const inbox = new InboxState(api);
    await inbox.refresh();
    for (let page = 0; page < 6; page += 1) await inbox.more();
    expect(inbox.rows.length).toBe(400);
    const first = inbox.rows[0];
    if (first) await api.conversationSetStatus(first.id, 'closed', null);
    await inbox.refresh();
    expect(inbox.rows.length).toBe(399);
    expect(inbox.rows.some((row) => row.id === first?.id)).toBe(false);
  });

  it('steps to its neighbours and stays within the list', async () => {
    const inbox = new InboxState(host());
    await inbox.refresh();
    expect(inbox.neighbour(1)?.id).toBe(inbox.rows[0]?.id);
    inbox.selected = inbox.rows[0]?.id ?? null;
    expect(inbox.neighbour(-1)?.id).toBe(inbox.rows[0]?.id);
    expect(inbox.neighbour(1)?.id).toBe(inbox.rows[1]?.id);
  });
});

describe('ConversationState', () => {
  it('marks a conversation as read once when it is opened, whatever comes of it', async () => {
    const api = host();
    const marked = vi.spyOn(api, 'conversationMarkSeen').mockImplementation(async (id) => api.conversation(id, null));
    vi.stubGlobal('document', { hasFocus: () => true });
    const conversation = new ConversationState(api);
    const id = await firstConversation(api);
    await conversation.open(id);
    await conversation.refresh();
    await conversation.refresh();
    expect(marked.mock.calls).toEqual([[id]]);
  });

  it('does not mark what comes in while nobody looks', async () => {
    const api = host();
    vi.stubGlobal('document', { hasFocus: () => false });
    const conversation = new ConversationState(api);
    const page = await api.conversations('open', false, null, 3);
    const quiet = page.conversations.find((row) => row.unread === 0)?.id ?? 0;
    await conversation.open(quiet);
    const marked = vi.spyOn(api, 'conversationMarkSeen');
    const ask = api.conversation;
    vi.spyOn(api, 'conversation').mockImplementation(async (id, before) => ({ ...(await ask(id, before)), unread: 1 }));
    await conversation.refresh();
    expect(conversation.head?.unread).toBe(1);
    expect(marked).not.toHaveBeenCalled();
  });
});

describe('ComposerState', () => {
  it('keeps a draft within a second of the last key', async () => {
    const api = host();
    const id = await firstConversation(api);
    const composer = new ComposerState(api);
    await composer.open(id);
    composer.typed('Guten');
    composer.typed('Guten Tag');
    expect(await api.draft(id)).toBeNull();
    await vi.advanceTimersByTimeAsync(1000);
    expect((await api.draft(id))?.body).toBe('Guten Tag');
  });

  it('keeps a draft while a person types without a pause', async () => {
    const api = host();
    const id = await firstConversation(api);
    const composer = new ComposerState(api);
    await composer.open(id);
    for (let tenths = 1; tenths <= 25; tenths += 1) {
      composer.typed('x'.repeat(tenths));
      await vi.advanceTimersByTimeAsync(100);
      // What was typed a second ago is in the draft.
      expect((await api.draft(id))?.body.length ?? 0).toBeGreaterThanOrEqual(tenths - 9);
    }
  });

  it('keeps one draft of a new message, however slowly it is kept', async () => {
    const api = host();
    const message = new NewMessageState(api);
    message.begin();
    await message.typedRecipient('neu@kundin.example');
    const keep = api.draftKeep.bind(api);
    vi.spyOn(api, 'draftKeep').mockImplementation((input) => new Promise((done) => setTimeout(() => done(keep(input)), 2000)));
    for (const body of ['A', 'An', 'Ang']) {
      message.typed(body);
      await vi.advanceTimersByTimeAsync(800);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await api.newDrafts()).map((draft) => draft.body)).toEqual(['Ang']);
  });

  it('keeps what was typed when another conversation is opened at once', async () => {
    const api = host();
    const page = await api.conversations('open', false, null, 2);
    const [one, other] = page.conversations.map((row) => row.id) as [number, number];
    const composer = new ComposerState(api);
    await composer.open(one);
    composer.typed('halb fertig');
    await composer.open(other);
    expect(composer.body).toBe('');
    expect((await api.draft(one))?.body).toBe('halb fertig');
    await composer.open(one);
    expect(composer.body).toBe('halb fertig');
  });

  it('leaves the text where it is when sending fails', async () => {
    const api = host('fail=reply');
    const composer = new ComposerState(api);
    await composer.open(await firstConversation(api));
    composer.typed('wichtig');
    expect(await composer.send()).toBeUndefined();
    expect([composer.body, composer.problem?.code, composer.sending]).toEqual(['wichtig', 'internal', false]);
  });

  it('asks for segments only where texts are cut', async () => {
    const api = host();
    const composer = new ComposerState(api);
    await composer.open(await firstConversation(api));
    composer.typed('x'.repeat(161));
    await vi.advanceTimersByTimeAsync(300);
    expect(composer.segments.value?.segments).toBe(2);
    composer.choose('email');
    await vi.advanceTimersByTimeAsync(300);
    expect(composer.segments.value).toBeUndefined();
  });

  it('does not keep a draft of what was sent', async () => {
    const api = host();
    const id = await firstConversation(api);
    const composer = new ComposerState(api);
    await composer.open(id);
    composer.typed('ist unterwegs');
    expect(await composer.send()).toBeDefined();
    await vi.advanceTimersByTimeAsync(2000);
    expect(await api.draft(id)).toBeNull();
  });

  it('puts a text that was taken back before what was typed since, with its files', async () => {
    const api = host();
    const id = await firstConversation(api);
    const composer = new ComposerState(api);
    await composer.open(id);
    composer.choose('email');
    await composer.attach();
    composer.typed('alt');
    const queued = await composer.send();
    expect(composer.files).toEqual([]);
    composer.typed('neu');
    await composer.restore(await api.outboxCancel(queued?.message_id ?? 0));
    expect([composer.body, composer.files.length]).toEqual(['alt\n\nneu', 1]);
  });

  it('keeps back a text in which a placeholder was not filled in', async () => {
    const api = host();
    const composer = new ComposerState(api);
    await composer.open(await firstConversation(api));
    composer.typed('Ihr Termin: {{auftrag.termin}}');
    expect([composer.gaps, composer.ready]).toEqual([['{{auftrag.termin}}'], false]);
    expect(await composer.send()).toBeUndefined();
    composer.typed('Ihr Termin: morgen');
    expect(composer.ready).toBe(true);
  });

  it('leaves a file in the draft until it is sent or left out', async () => {
    const api = host();
    const id = await firstConversation(api);
    const composer = new ComposerState(api);
    await composer.open(id);
    await composer.attach();
    expect((await api.draft(id))?.staged?.map((file) => file.name)).toEqual(['Angebot.pdf']);
    await composer.detach(composer.files[0]?.id ?? 0);
    expect((await api.draft(id))?.staged).toEqual([]);
  });
});

describe('UndoState', () => {
  it('counts down and lets go when the time is over', async () => {
    const api = host('undo=5');
    const id = await firstConversation(api);
    const ended: number[] = [];
    const undo = new UndoState((message) => ended.push(message));
    const queued = await api.reply({ conversation_id: id, body: 'Hallo', subject: null, via: null, attachments: [], now: false });
    expect(undo.add(queued, id)).toBe(true);
    const [item] = undo.items;
    expect(item && undo.secondsLeft(item)).toBe(5);
    await vi.advanceTimersByTimeAsync(3000);
    expect(item && undo.secondsLeft(item)).toBe(2);
    await vi.advanceTimersByTimeAsync(2300);
    expect(undo.items).toEqual([]);
    expect(ended).toEqual([queued.message_id]);
  });
});

describe('ContactsState', () => {
  it('asks for one page while somebody types, and for more at its end', async () => {
    const api = host('people=600');
    const asked = vi.spyOn(api, 'contacts');
    const contacts = new ContactsState(api);
    await contacts.refresh();
    expect(asked).toHaveBeenLastCalledWith(null, 100);
    expect(contacts.more).toBe(true);
    expect(contacts.cut).toBe(false);
    await contacts.further();
    expect(asked).toHaveBeenLastCalledWith(null, 500);
    expect(contacts.list.value).toHaveLength(500);
    expect(contacts.cut).toBe(true);
    const times = asked.mock.calls.length;
    await contacts.further();
    contacts.typed('an');
    await contacts.further();
    expect(asked).toHaveBeenCalledTimes(times);
    await vi.advanceTimersByTimeAsync(50);
    expect(asked).toHaveBeenLastCalledWith('an', 100);
  });
});

describe('SearchState', () => {
  it('asks at the first key, and once for those that follow within 40 ms', async () => {
    const api = host();
    const asked = vi.spyOn(api, 'search');
    const search = new SearchState(api);
    for (const text of ['g', 'gr', 'gra']) search.typed(text);
    await vi.advanceTimersByTimeAsync(39);
    expect(asked.mock.calls).toEqual([['g', 30]]);
    await vi.advanceTimersByTimeAsync(5);
    expect(asked.mock.calls).toEqual([['g', 30], ['gra', 30]]);
    await vi.advanceTimersByTimeAsync(200);
    search.typed('gras');
    expect(asked).toHaveBeenLastCalledWith('gras', 30);
    search.clear();
    expect(search.result.value).toBeUndefined();
  });
});
