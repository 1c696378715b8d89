/** The customer's card of the in-memory engine: what is known, granted and to be done, and calls that are noted. */
import type { CardField } from '../bindings/CardField';
import type { CardView } from '../bindings/CardView';
import type { ContactDetail } from '../bindings/ContactDetail';
import type { ConversationView } from '../bindings/ConversationView';
import type { GoodwillAsked } from '../bindings/GoodwillAsked';
import type { MessageView } from '../bindings/MessageView';
import type { ShopField } from '../bindings/ShopField';
import type { ShopFields } from '../bindings/ShopFields';
import type { TagView } from '../bindings/TagView';
import type { TaskInput } from '../bindings/TaskInput';
import type { TaskView } from '../bindings/TaskView';
import type { Client } from '../client';
import { fail } from './fail';
import type { Host } from './host';

const DAY_MS = 86_400_000;
const ASKS = /\p{L}*(rabatt|nachlass|kulanz|gutschrift|discount|remise|sconto)\p{L}*/iu;

/** Everything on a card but its fields and tasks, which belong to the shop as much as to the customer. */
type Kept = Omit<CardView, 'fields' | 'tasks'>;

function empty(): Kept {
  return {
    company: '', salutation: '', birthday: '', postcode: '', language: '', tags: [], consents: [], goodwill: [],
    waits: { ours_secs: null, ours_of: 0, theirs_secs: null, theirs_of: 0, in_hours: true },
  };
}

/** `YYYY-MM-DD` in the calendar of this computer. */
function day(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

export class Cards {
  fields: ShopField[] = [];
  tags: TagView[] = [];
  tasks: TaskView[] = [];
  #kept = new Map<number, Kept>();
  /** By customer and field; two where a merge left two. */
  #values = new Map<string, { value: string; from: string; at: string }[]>();

  constructor(private readonly host: Host) {
    if (host.scenario === 'card') this.#fill(Date.now());
  }

  of(contact: number): Kept {
    const known = this.#kept.get(contact) ?? empty();
    this.#kept.set(contact, known);
    return known;
  }

  view(contact: number): CardView {
    const fields = this.fields.map((field): CardField => ({ ...field, values: [...(this.#values.get(`${contact} ${field.id}`) ?? [])] }));
    return { ...structuredClone(this.of(contact)), fields, tasks: this.open().filter((task) => task.contact_id === contact) };
  }

  set(contact: number, field: number, value: string): void {
    this.#values.set(`${contact} ${field}`, value === '' ? [] : [{ value, from: '', at: new Date().toISOString() }]);
  }

  open(): TaskView[] {
    const places = (task: TaskView) => task.due_at ?? '9999';
    return this.tasks.filter((task) => task.done_at === null).map((task) => ({ ...task, due: this.#due(task) })).sort((one, other) => places(one).localeCompare(places(other)));
  }

  list(undo: number | null = null): ShopFields {
    const held = (tag: TagView) => [...this.#kept.values()].filter((card) => card.tags.some((own) => own.id === tag.id)).length;
    return { fields: this.fields.map((field) => ({ ...field })), tags: this.tags.map((tag) => ({ ...tag, contacts: held(tag) })).sort((one, other) => one.name.localeCompare(other.name)), undo_id: undo };
  }

  task(input: TaskInput): TaskView {
    const due = input.due === '' ? null : new Date(`${input.due}T23:59:59`);
    const made: TaskView = {
      id: input.id ?? this.host.shop.id(), contact_id: input.contact_id, contact_name: this.host.shop.contact(input.contact_id)?.name ?? '', conversation_id: input.conversation_id,
      message_id: input.message_id, kind: input.kind, text: input.text, address: input.address, due_at: due?.toISOString() ?? null, due_day: due === null ? null : day(due.getTime()), due: 'none', done_at: null, created_at: new Date().toISOString(),
    };
    return { ...made, due: this.#due(made) };
  }

  /** All of it, to be put back by an undo. */
  copy(): () => void {
    const before = { fields: structuredClone(this.fields), tags: structuredClone(this.tags), tasks: structuredClone(this.tasks), kept: structuredClone(this.#kept), values: structuredClone(this.#values) };
    return () => {
      [this.fields, this.tags, this.tasks, this.#kept, this.#values] = [before.fields, before.tags, before.tasks, before.kept, before.values];
    };
  }

  asked(view: ConversationView, messages: MessageView[]): GoodwillAsked | null {
    const newest = messages.filter((message) => message.direction === 'in').pop();
    const words = newest ? ASKS.exec(newest.text_without_quote)?.[0] : undefined;
    const granted = this.of(view.contact_id).goodwill.find((row) => newest && row.granted_at < newest.at);
    return newest && words && granted && view.status !== 'closed' ? { words, message_id: newest.id, granted } : null;
  }

  #due(task: TaskView): string {
    if (task.due_at === null) return 'none';
    if (task.due_at < new Date().toISOString()) return 'overdue';
    return task.due_day === day(Date.now()) ? 'today' : 'later';
  }

  #fill(now: number): void {
    const { shop } = this.host;
    const at = (days: number) => new Date(now - days * DAY_MS).toISOString();
    this.fields = [
      { id: shop.id(), name: 'Rahmenhöhe', kind: 'number', choices: [] },
      { id: shop.id(), name: 'Radtyp', kind: 'choice', choices: ['Gravelbike', 'Lastenrad', 'E-Bike'] },
      { id: shop.id(), name: 'Letzte Inspektion', kind: 'date', choices: [] },
    ];
    this.tags = ['Stammkundin', 'Werkstatt', 'werkstatt neu'].map((name) => ({ id: shop.id(), name }));
    const [anna, , , , tobias] = shop.contacts;
    if (!anna || !tobias) return;
    Object.assign(this.of(anna.id), {
      company: 'Petersen Grafik', salutation: 'sie', birthday: '--03-12', postcode: '24103', language: 'de', tags: this.tags.slice(0, 2),
      consents: [
        { medium: 'email', purpose: 'advertising', state: 'given', source: 'hand', evidence: 'Formular an der Theke', message_id: null, at: at(200) },
        { medium: 'sms', purpose: 'advertising', state: 'withdrawn', source: 'message', evidence: 'Bitte keine Werbung per SMS', message_id: null, at: at(40) },
      ],
      goodwill: [{ id: shop.id(), contact_id: anna.id, conversation_id: null, what: '10 % auf die Inspektion', medium: 'phone', granted_at: at(60) }],
      waits: { ours_secs: 5400, ours_of: 6, theirs_secs: 200_000, theirs_of: 4, in_hours: true },
    } satisfies Partial<Kept>);
    if (anna.preferred) Object.assign(anna.preferred, { source: 'wish', evidence: 'bitte künftig per SMS' });
    const [frame, kind] = this.fields;
    if (frame) this.#values.set(`${anna.id} ${frame.id}`, [{ value: '56', from: '', at: at(9) }, { value: '54.5', from: 'A. Petersen', at: at(80) }]);
    if (kind) this.set(anna.id, kind.id, 'Gravelbike');
    const add = (contact: number, what: string, text: string, days: number | null, conversation: number | null = null) =>
      this.tasks.push(this.task({ id: null, contact_id: contact, conversation_id: conversation, message_id: null, kind: what, text, address: what === 'call' ? '0176 04069033' : '', due: days === null ? '' : day(now + days * DAY_MS) }));
    const matter = shop.conversations.find((known) => known.contact === anna.id);
    add(anna.id, 'promise', 'Bescheid geben, sobald der Bremszug da ist', -2, matter?.id ?? null);
    add(tobias.id, 'call', '', 0);
    add(anna.id, 'promise', 'Angebot für das Kinderrad schicken', 5);
    add(tobias.id, 'promise', 'Schlauch zurücklegen', null);
    if (matter) {
      const asks = { medium: 'sms', minutes: 4, text: 'Geben Sie mir auf den Schalthebel noch etwas Rabatt?', unread: true };
      matter.messages.push(shop.make(matter, anna, { ...called, minutes: 30 }, now), shop.make(matter, anna, asks, now));
    }
  }
}

const called = { medium: 'phone', text: 'Fragt, ob sie das Rad erst um 18 Uhr holen kann. Zugesagt.' };

export function cardPart(host: Host, detail: (id: number, undo: number | null) => ContactDetail) {
  const { shop, emit, undos, cards } = host;

  /** One change, and all of it back by one undo. */
  function change(what: string, contacts: number[], act: () => void): number {
    const back = cards.copy();
    act();
    const tell = () => {
      contacts.forEach((id) => emit({ event: 'contact_changed', contact_id: id }));
      if (what.startsWith('task')) emit({ event: 'tasks_changed' });
      if (what.startsWith('tag') || what.startsWith('field')) emit({ event: 'shop_fields_changed' });
    };
    tell();
    return undos.add(what, shop.contact(contacts[0] ?? 0)?.name ?? '', () => {
      back();
      tell();
    });
  }
  const onCard = (id: number, what: string, act: (card: Kept) => void) => detail(id, change(what, [id], () => act(cards.of(id))));
  const everybody = () => shop.contacts.map((contact) => contact.id);

  function found(id: number): TaskView {
    const task = cards.tasks.find((known) => known.id === id);
    if (!task) throw fail('not_found', 'There is no such task.');
    return task;
  }

  return {
    contactDescribe: async (id, input) => {
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as Partial<Kept>;
      if (input.birthday && !/^(\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.)$/.test(input.birthday)) throw fail('bad_input', `“${input.birthday}” is no birthday.`, { field: 'birthday' });
      const short = /^(\d{1,2})\.(\d{1,2})\.$/.exec(input.birthday ?? '');
      if (short) given.birthday = `--${(short[2] ?? '').padStart(2, '0')}-${(short[1] ?? '').padStart(2, '0')}`;
      return onCard(id, 'particulars', (card) => Object.assign(card, given));
    },
    contactTag: async (id, name) =>
      onCard(id, 'tag_added', (card) => {
        const known = cards.tags.find((tag) => tag.name.toLowerCase() === name.toLowerCase()) ?? { id: shop.id(), name };
        if (!cards.tags.includes(known)) cards.tags.push(known);
        if (!card.tags.some((tag) => tag.id === known.id)) card.tags.push(known);
      }),
    contactUntag: async (id, tag) => onCard(id, 'tag_taken', (card) => (card.tags = card.tags.filter((own) => own.id !== tag))),
    contactSetField: async (id, field, value) => {
      const kind = cards.fields.find((known) => known.id === field)?.kind;
      const plain = kind === 'number' ? value.replace(',', '.') : value;
      if (kind === 'number' && plain !== '' && Number.isNaN(Number(plain))) throw fail('bad_input', `“${value}” is no number.`, { field: 'number' });
      return onCard(id, 'value', () => cards.set(id, field, plain));
    },
    contactSetAddressState: async (id, identity, state) => {
      const row = shop.contact(id)?.identities.find((known) => known.id === identity);
      const before = row?.state ?? 'ok';
      if (row) row.state = state;
      emit({ event: 'contact_changed', contact_id: id });
      return detail(id, undos.add('address_state', '', () => {
        if (row) row.state = before;
        emit({ event: 'contact_changed', contact_id: id });
      }));
    },
    contactConsent: async (id, input) =>
      onCard(id, 'consent', (card) => {
        const others = card.consents.filter((row) => row.medium !== input.medium || row.purpose !== input.purpose);
        card.consents = [...others, { ...input, source: 'hand', message_id: null, at: new Date().toISOString() }];
      }),
    contactNote: async (id, text) => {
      const matter = shop.conversations.find((known) => known.contact === id && known.status !== 'closed');
      const entry = matter ? shop.entry(matter, { minutes: 0, text }, Date.now()) : null;
      if (matter && entry) matter.entries.push(entry);
      return { contact_id: id, conversation_id: matter?.id ?? null, message_id: null, note_id: entry?.id ?? shop.id(), undo_id: null };
    },
    goodwillSave: async (input) =>
      onCard(input.contact_id, input.id === null ? 'goodwill_added' : 'goodwill_changed', (card) => {
        const at = input.day ? new Date(`${input.day}T12:00:00`).toISOString() : new Date().toISOString();
        const row = { id: input.id ?? shop.id(), contact_id: input.contact_id, conversation_id: input.conversation_id, what: input.what, medium: input.medium, granted_at: at };
        card.goodwill = [row, ...card.goodwill.filter((known) => known.id !== input.id)].sort((one, other) => other.granted_at.localeCompare(one.granted_at));
      }),
    goodwillRemove: async (id) => {
      const owner = everybody().find((contact) => cards.of(contact).goodwill.some((row) => row.id === id)) ?? 0;
      return onCard(owner, 'goodwill_removed', (card) => (card.goodwill = card.goodwill.filter((row) => row.id !== id)));
    },
    tasks: async () => {
      const open = cards.open();
      return { tasks: open, due: open.filter((task) => ['overdue', 'today'].includes(task.due)).length, open: open.length };
    },
    taskSave: async (input) => {
      const task = cards.task(input);
      const undo = change(input.id === null ? 'task_added' : 'task_changed', [input.contact_id], () => (cards.tasks = [...cards.tasks.filter((known) => known.id !== task.id), task]));
      return { task, undo_id: undo };
    },
    taskSetDone: async (id, done) => {
      const undo = change(done ? 'task_done' : 'task_opened', [found(id).contact_id], () => (found(id).done_at = done ? new Date().toISOString() : null));
      return { task: { ...found(id) }, undo_id: undo };
    },
    taskRemove: async (id) => ({ task: null, undo_id: change('task_removed', [found(id).contact_id], () => (cards.tasks = cards.tasks.filter((task) => task.id !== id))) }),
    noteSpoken: async (input) => {
      const contact = shop.contact(input.contact_id);
      const matter = shop.conversations.find((known) => (input.conversation_id === null ? known.contact === input.contact_id && known.status !== 'closed' : known.id === input.conversation_id));
      if (!contact || !matter) throw fail('not_found', 'There is no such customer.');
      const made = shop.make(matter, contact, { medium: input.medium, out: input.direction === 'out', minutes: 0, text: input.text }, Date.now());
      matter.messages.push(made);
      const tell = () => {
        emit({ event: 'conversation_changed', conversation_id: matter.id });
        emit({ event: 'contact_changed', contact_id: contact.id });
      };
      tell();
      const undo = undos.add(input.medium === 'phone' ? 'noted_call' : 'noted_visit', contact.name, () => {
        matter.messages = matter.messages.filter((message) => message !== made);
        tell();
      });
      return { contact_id: contact.id, conversation_id: matter.id, message_id: made.id, note_id: null, undo_id: undo };
    },
    spokenChange: async (id, text) => {
      const message = host.message(id);
      const before = message.text;
      const write = (words: string) => {
        message.text = message.text_without_quote = words;
        emit({ event: 'message_changed', conversation_id: message.conversation_id, message_id: id });
      };
      write(text);
      undos.add('noted_changed', '', () => write(before));
      return { ...message };
    },
    shopFields: async () => cards.list(),
    fieldSave: async (input) => {
      if (input.name === '') throw fail('bad_input', 'Give the field a name.', { field: 'name' });
      const choices = input.choices.map((choice) => choice.trim()).filter((choice) => choice !== '');
      const field = { id: input.id ?? shop.id(), name: input.name, kind: input.kind, choices: input.kind === 'choice' ? choices : [] };
      const there = cards.fields.some((known) => known.id === input.id);
      return cards.list(change(there ? 'field_changed' : 'field_added', everybody(), () => (cards.fields = there ? cards.fields.map((known) => (known.id === input.id ? field : known)) : [...cards.fields, field])));
    },
    fieldsOrder: async (ids) => cards.list(change('field_order', [], () => cards.fields.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)))),
    fieldRemove: async (id) => cards.list(change('field_removed', [], () => (cards.fields = cards.fields.filter((field) => field.id !== id)))),
    tagRename: async (id, name) => {
      const into = cards.tags.find((tag) => tag.id !== id && tag.name.toLowerCase() === name.toLowerCase());
      const rename = (tag: TagView) => (tag.id !== id ? tag : (into ?? { id, name }));
      const once = (tags: TagView[]) => tags.map(rename).filter((tag, index, all) => all.findIndex((other) => other.id === tag.id) === index);
      return cards.list(change('tag_renamed', everybody(), () => {
        cards.tags = once(cards.tags);
        everybody().forEach((contact) => (cards.of(contact).tags = once(cards.of(contact).tags)));
      }));
    },
    tagRemove: async (id) =>
      cards.list(change('tag_removed', everybody(), () => {
        cards.tags = cards.tags.filter((tag) => tag.id !== id);
        everybody().forEach((contact) => (cards.of(contact).tags = cards.of(contact).tags.filter((tag) => tag.id !== id)));
      })),
  } satisfies Partial<Client>;
}
