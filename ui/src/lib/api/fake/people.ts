/**
 * The invented shop of the in-memory host: who wrote what, by which medium, how many minutes ago. Nobody here is real;
 * addresses end in `.example`, numbers are from the range kept free for fiction.
 */
import type { AttachmentView } from '../bindings/AttachmentView';

export interface FakeMessage {
  out?: boolean;
  medium: string;
  minutes: number;
  subject?: string;
  text: string;
  /** Quoted history below the text. */
  quote?: string;
  html?: string;
  files?: Partial<AttachmentView>[];
  unread?: boolean;
  delivery?: string;
  error?: string;
}

/** A note of the shop, or something that happened. */
export interface FakeEntry {
  minutes: number;
  text?: string;
  what?: string;
  params?: Record<string, string>;
}

export interface FakeConversation {
  subject: string;
  status?: string;
  starred?: boolean;
  spam?: boolean;
  draft?: string;
  entries?: FakeEntry[];
  messages: FakeMessage[];
}

export interface FakePerson {
  name: string;
  /** Kind, address, and how it is shown. */
  addresses: [kind: string, address: string, display?: string, state?: string][];
  prefers?: [medium: string, source: string];
  conversations: FakeConversation[];
}

const HOUR = 60;
const DAY = 24 * HOUR;

export const PEOPLE: FakePerson[] = [
  {
    name: 'Anna Petersen',
    addresses: [['email', 'anna.petersen@posthaus.example'], ['phone', '+4917604069011', '0176 04069011', 'verified']],
    prefers: ['sms', 'hand'],
    conversations: [
      {
        subject: 'Ist mein Gravelbike fertig?',
        starred: true,
        entries: [
          { minutes: 2 * DAY + 10, text: 'Bremszug beim Großhändler nachbestellt, Lieferung morgen früh.' },
          { minutes: DAY, what: 'status', params: { from: 'waiting', to: 'open', by: 'customer' } },
        ],
        messages: [
          { medium: 'email', minutes: 2 * DAY + 40, subject: 'Ist mein Gravelbike fertig?', text: 'Guten Tag,\n\nich hatte am Montag mein Gravelbike zur Inspektion gebracht (Auftrag 2231). Ist es schon fertig? Ich bräuchte es zum Wochenende.\n\nViele Grüße\nAnna Petersen' },
          { out: true, medium: 'sms', minutes: 2 * DAY, text: 'Guten Tag Frau Petersen, die Inspektion ist fast fertig. Uns fehlt noch ein Bremszug, er kommt morgen. Ihr Radhaus Nord', delivery: 'delivered' },
          { medium: 'sms', minutes: 55, text: 'Super, danke! Ist der Bremszug inzwischen da? Dann würde ich heute um 17 Uhr vorbeikommen.', unread: true },
          { medium: 'email', minutes: 12, subject: 'AW: Ist mein Gravelbike fertig?', text: 'Ich habe Ihnen noch ein Foto vom Schalthebel angehängt, der klemmt seit gestern auch ein wenig. Könnten Sie kurz danach schauen?\n\nViele Grüße\nAnna Petersen', quote: '> Am Montag schrieb Radhaus Nord:\n> Die Inspektion dauert etwa drei Tage.\n> Wir melden uns, sobald das Rad fertig ist.', files: [{ name: 'schalthebel.jpg', type: 'image/jpeg', size: 1_830_000 }, { name: 'Scan Garantiekarte.pdf', type: 'application/pdf', size: 412_000 }], unread: true },
        ],
      },
      { subject: 'Termin für die Inspektion', status: 'closed', messages: [{ medium: 'email', minutes: 9 * DAY, subject: 'Termin für die Inspektion', text: 'Kann ich am Montag vorbeikommen?' }, { out: true, medium: 'email', minutes: 9 * DAY - 90, subject: 'Re: Termin für die Inspektion', text: 'Ja, gern ab 10 Uhr.', delivery: 'sent' }] },
    ],
  },
  {
    name: 'Jonas Weidmann',
    addresses: [['email', 'j.weidmann@weidmann-bau.example'], ['phone', '+4917604069022', '0176 04069022']],
    conversations: [
      {
        subject: 'Rechnung 2026-1187',
        messages: [
          { medium: 'email', minutes: 95, subject: 'Rechnung 2026-1187', text: '', html: '<h2 style="color:#0f6b66">Rechnung 2026-1187</h2><p>Sehr geehrte Damen und Herren,</p><p>bitte senden Sie uns die <b>Rechnung 2026-1187</b> noch einmal als PDF.</p><table style="border-collapse:collapse" border="1" cellpadding="6"><tr><th>Pos.</th><th>Artikel</th><th>Betrag</th></tr><tr><td>1</td><td>Lastenrad, Wartung</td><td>189,00&nbsp;€</td></tr><tr><td>2</td><td>Bremsbeläge</td><td>24,90&nbsp;€</td></tr></table><p>Mit freundlichen Grüßen<br>Jonas Weidmann</p><p><a href="https://weidmann-bau.example/kontakt">weidmann-bau.example</a></p>', unread: true },
        ],
      },
    ],
  },
  {
    name: 'Mira Solbakken',
    addresses: [['telegram', '40118277', '@mira_s']],
    conversations: [
      {
        subject: '',
        draft: 'Hallo Mira, den Helm haben wir in',
        messages: [
          { medium: 'telegram', minutes: 3 * HOUR, text: 'Hi! Habt ihr den Kinderhelm in Gr. S auch in Blau? 🚲' },
          { medium: 'telegram', minutes: 3 * HOUR - 2, text: 'Und hält der auch im Winter mit Mütze? Ich meine diesen: https://helme.example/kinder/blau?gr=s. Oder den: https://helme.example@billig.example/x' },
        ],
      },
    ],
  },
  {
    name: 'Familie Brandstätter-von Hohenlohe-Langenburg',
    addresses: [['email', 'brandstaetter.von.hohenlohe-langenburg@familienpost.example']],
    conversations: [
      {
        subject: 'Sammelbestellung für den Kindergarten „Die kleinen Strolche“ – zwölf Laufräder mit Glocke und Ständer',
        messages: [
          { medium: 'email', minutes: 5 * HOUR, subject: 'Sammelbestellung für den Kindergarten „Die kleinen Strolche“ – zwölf Laufräder mit Glocke und Ständer', text: 'Liebes Radhaus-Team,\n\nfür unseren Kindergarten möchten wir zwölf Laufräder bestellen. Anbei die Liste mit den Farben.\n\nHerzliche Grüße\nFamilie Brandstätter', files: [{ name: 'Bestellliste Laufräder Kindergarten Die kleinen Strolche (endgültig, Stand November).xlsx', type: 'application/vnd.ms-excel', size: 48_200 }, { name: 'Angebot.pdf', type: 'application/pdf', size: 220_400, remote: true }, { name: 'Farben.exe', type: 'application/octet-stream', size: 91_000, risky: true }] },
        ],
      },
    ],
  },
  {
    name: 'Tobias Grünewald',
    addresses: [['phone', '+4917604069033', '0176 04069033']],
    conversations: [
      {
        subject: '',
        messages: [
          { medium: 'sms', minutes: 7 * HOUR, text: 'Moin, was kostet ein neuer Schlauch inkl. Einbau?' },
          { out: true, medium: 'sms', minutes: 6 * HOUR, text: 'Guten Tag, ein Schlauch mit Einbau kostet 18,90 €. Sie können jederzeit vorbeikommen.', delivery: 'failed', error: 'unreachable' },
        ],
      },
    ],
  },
  {
    name: 'Öğretmen Yıldız',
    addresses: [['email', 'yildiz@schule-am-markt.example'], ['telegram', '55120931', '@yildiz_o']],
    prefers: ['telegram', 'wish'],
    conversations: [
      {
        subject: 'Fahrradwerkstatt in der Projektwoche',
        entries: [{ minutes: DAY + 2 * HOUR - 1, what: 'wish', params: { wish: '1', medium: 'telegram', refused: '', scope: 'always', state: 'acted', why: '', address: '', evidence: 'Am liebsten antworten Sie mir per Telegram' } }],
        messages: [
          { medium: 'email', minutes: DAY + 2 * HOUR, subject: 'Fahrradwerkstatt in der Projektwoche', text: 'Guten Tag,\n\nwir planen für die Projektwoche eine Fahrradwerkstatt mit 24 Kindern. Hätten Sie an einem Vormittag Zeit, uns zu helfen?\n\nAm liebsten antworten Sie mir per Telegram, die Schul-Mails lese ich selten.\n\nMit freundlichen Grüßen\nÖ. Yıldız' },
          { out: true, medium: 'telegram', minutes: DAY, text: 'Guten Tag, sehr gern! Wie wäre es mit Mittwoch, 9 bis 12 Uhr?', delivery: 'read' },
          { medium: 'telegram', minutes: 8 * HOUR, text: 'Mittwoch passt wunderbar. Vielen Dank!' },
        ],
      },
    ],
  },
  {
    name: 'Lena Kowalczyk',
    addresses: [['email', 'lena@kowalczyk-design.example', undefined, 'bounced'], ['phone', '+4917604069044', '0176 04069044']],
    conversations: [
      { subject: 'Probefahrt E-Bike', status: 'waiting', messages: [{ medium: 'email', minutes: 2 * DAY + 5 * HOUR, subject: 'Probefahrt E-Bike', text: 'Kann man das E-Bike „Küste 7“ bei Ihnen probefahren?' }, { out: true, medium: 'email', minutes: 2 * DAY, subject: 'Re: Probefahrt E-Bike', text: 'Ja, bringen Sie bitte Ihren Ausweis mit. Wann passt es Ihnen?', delivery: 'sent' }] },
    ],
  },
  {
    name: 'Henrik Aalto',
    addresses: [['email', 'henrik.aalto@nordmail.example']],
    conversations: [
      { subject: 'Reklamation Sattelstütze', status: 'snoozed', messages: [{ medium: 'email', minutes: 3 * DAY, subject: 'Reklamation Sattelstütze', text: 'Die Sattelstütze rutscht nach zwei Wochen schon durch. Was kann man da machen?' }] },
    ],
  },
  {
    name: 'Blumen Rosenthal GmbH',
    addresses: [['email', 'bestellung@blumen-rosenthal.example'], ['phone', '+4917604069055', '0176 04069055', 'shared']],
    prefers: ['email', 'learned'],
    conversations: [
      { subject: 'Lastenrad für die Auslieferung', messages: [{ medium: 'email', minutes: 4 * DAY, subject: 'Lastenrad für die Auslieferung', text: 'Wir suchen ein Lastenrad mit mindestens 180 kg Zuladung. Haben Sie etwas da?' }, { out: true, medium: 'email', minutes: 4 * DAY - 60, subject: 'Re: Lastenrad für die Auslieferung', text: 'Ja, zwei Modelle. Das Angebot hängt an.', delivery: 'in_doubt', error: 'unreachable' }] },
      { subject: 'Rechnung 2026-1102', status: 'closed', messages: [{ medium: 'email', minutes: 20 * DAY, subject: 'Rechnung 2026-1102', text: 'Danke, die Rechnung ist bezahlt.' }] },
    ],
  },
  {
    name: 'Clara Müller',
    addresses: [['email', 'clara.mueller@heimatpost.example'], ['phone', '+4917604069066', '0176 04069066']],
    conversations: [
      { subject: 'Abholung am Samstag', messages: [{ medium: 'email', minutes: 5 * DAY, subject: 'Abholung am Samstag', text: 'Kann mein Mann das Rad am Samstag abholen? Er bringt den Abholschein mit.' }, { out: true, medium: 'email', minutes: 5 * DAY - 30, subject: 'Re: Abholung am Samstag', text: 'Natürlich, wir haben bis 14 Uhr geöffnet.', delivery: 'sent' }] },
    ],
  },
  {
    name: 'Dr. Ferdinand Achterberg',
    addresses: [['email', 'praxis@achterberg.example']],
    conversations: [
      { subject: 'Gutschein für einen Mitarbeiter', messages: [{ medium: 'email', minutes: 6 * DAY, subject: 'Gutschein für einen Mitarbeiter', text: 'Stellen Sie auch Gutscheine über 150 Euro aus?' }] },
    ],
  },
  {
    name: 'Sofia Lindqvist',
    addresses: [['telegram', '71200331', '@sofia.l']],
    conversations: [{ subject: '', status: 'closed', messages: [{ medium: 'telegram', minutes: 8 * DAY, text: 'Danke, das Licht geht wieder!' }] }],
  },
  {
    name: 'Paul Nußbaum',
    addresses: [['email', 'paul.nussbaum@dorfnetz.example'], ['phone', '+4917604069077', '0176 04069077']],
    conversations: [
      {
        subject: 'Ersatzteil für Nabenschaltung',
        entries: [{ minutes: 11 * DAY - 1, what: 'wish', params: { wish: '2', medium: 'sms', refused: 'phone', scope: 'always', state: 'asked', why: 'new_address', address: '0176 04069088', evidence: 'Bitte künftig per SMS an 0176 04069088, nicht anrufen' } }],
        messages: [{ medium: 'email', minutes: 11 * DAY, subject: 'Ersatzteil für Nabenschaltung', text: 'Ich suche das Schaltröllchen für eine alte 7-Gang-Nabe. Können Sie es bestellen?\n\nBitte künftig per SMS an 0176 04069088, nicht anrufen.' }],
      },
    ],
  },
];

PEOPLE.push({
  name: 'Gewinn-Zentrale',
  addresses: [['email', 'gewinn@viel-gewonnen.example']],
  conversations: [{ subject: 'Sie haben gewonnen!', spam: true, messages: [{ medium: 'email', minutes: 2 * HOUR, subject: 'Sie haben gewonnen!', text: 'Antworten Sie heute noch, um Ihren Gewinn zu sichern.', unread: true }] }],
});

/** Texts that must stay texts wherever they are shown. */
export const HOSTILE = [
  '<img src=x onerror="window.__hit=1">',
  '<script>window.__hit=1</script>',
  '"><svg onload=window.__hit=1>',
  "javascript:window.__hit=1//'\"",
  '{{constructor.constructor("window.__hit=1")()}}${window.__hit=1}',
  '<iframe srcdoc="<script>parent.__hit=1</script>"></iframe>',
  '\u202Egnp.exe <a href="javascript:window.__hit=1">x</a>',
];

/** A shop in which every text that somebody else chooses is hostile. */
export function hostilePeople(): FakePerson[] {
  return HOSTILE.map((text, index) => ({
    name: text,
    addresses: [['email', `x${index}@hostile.example`, text]],
    conversations: [
      {
        subject: text,
        messages: [
          { medium: 'email', minutes: 10 + index, subject: text, text: `${text}\n${text}`, quote: text, html: `${text}<p style="position:fixed;inset:0;background:red">${text}</p>`, files: [{ name: text, type: 'text/html', size: 12, risky: true }], unread: true },
          { medium: text, minutes: 5 + index, text },
        ],
      },
    ],
  }));
}

/** Many short conversations, for the long list. */
export function manyPeople(count: number): FakePerson[] {
  const first = ['Anna', 'Jonas', 'Mira', 'Tobias', 'Lena', 'Henrik', 'Clara', 'Paul', 'Sofia', 'Ida', 'Emil', 'Nora'];
  const last = ['Petersen', 'Weidmann', 'Grünewald', 'Kowalczyk', 'Aalto', 'Nußbaum', 'Lindqvist', 'Achterberg', 'Sommer'];
  const media = ['email', 'sms', 'telegram'];
  return Array.from({ length: count }, (_, index) => ({
    name: `${first[index % first.length]} ${last[index % last.length]} ${index}`,
    addresses: [['email', `kunde${index}@viele.example`]],
    conversations: [
      { subject: `Anfrage ${index}`, messages: [{ medium: media[index % 3] ?? 'sms', minutes: 5 + index * 7, subject: `Anfrage ${index}`, text: `Nachricht Nummer ${index}: Haben Sie das noch auf Lager?`, unread: index % 5 === 0 }] },
    ],
  }));
}

/** One customer with a long history: `Nachricht 1` is the oldest; they are of very different length. */
export function longHistory(): FakePerson[] {
  const messages = Array.from({ length: 350 }, (_, at): FakeMessage => ({
    medium: 'email',
    minutes: (350 - at) * 3 * HOUR,
    subject: 'Dauerauftrag',
    text: `Nachricht ${at + 1}\n${'Bitte denken Sie an die Lieferung am Montag.\n'.repeat(at % 9)}`,
    out: at % 4 === 3,
  }));
  return [...PEOPLE, { name: 'Dorothea Lang', addresses: [['email', 'd.lang@heimatpost.example']], conversations: [{ subject: 'Dauerauftrag', messages }] }];
}
