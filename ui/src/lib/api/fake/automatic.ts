/** A shop that answers by itself, in memory: who wrote, what the rules did about it, what the shop knows, what is proposed. */
import type { ArticleView } from '../bindings/ArticleView';
import type { DecisionView } from '../bindings/DecisionView';
import type { GuardView } from '../bindings/GuardView';
import type { ProposalView } from '../bindings/ProposalView';
import type { FakePerson } from './people';

const NAMES = ['switch', 'person', 'spam', 'blocked', 'restricted', 'opted_out', 'own', 'sensitive', 'unverified', 'stale', 'already_answered', 'person_wanted', 'claim', 'cap_contact_day', 'cap_contact_week', 'cap_hour', 'cap_day', 'cap_dialogue', 'cap_notice', 'notice_once'];
const HOURS = 'Guten Tag,\n\nwir haben Montag, Dienstag, Donnerstag und Freitag von 9 bis 12.30 Uhr und von 14 bis 18.30 Uhr geöffnet.\n\nDiese Antwort schrieb unser Programm. Antworten Sie MENSCH, dann meldet sich jemand von uns.';

/** Every guard; `held` by its name with its reason. */
export function guards(held: Record<string, string> = {}): GuardView[] {
  return NAMES.map((name) => ({ name, passed: !(name in held), why: held[name] ?? (name.startsWith('cap_contact') ? '1 of 3' : 'nothing speaks against it') }));
}

export const AUTOMATIC: FakePerson[] = [
  { name: 'Lena Fischbach', addresses: [['email', 'lena@fischbach.example']], conversations: [{ subject: 'Habt ihr morgen geöffnet?', messages: [
    { medium: 'email', minutes: 8, subject: 'Habt ihr morgen geöffnet?', text: 'Guten Tag, wann habt ihr morgen geöffnet?' },
    { out: true, medium: 'email', minutes: 8, subject: 'Re: Habt ihr morgen geöffnet?', text: HOURS, delivery: 'queued' },
  ] }] },
  { name: 'Kemal Aydın', addresses: [['phone', '+4917604069101', '0176 04069101']], conversations: [{ subject: '', messages: [{ medium: 'sms', minutes: 14, text: 'Was kostet eine Inspektion?' }] }] },
  { name: 'Sophie Marchand', addresses: [['email', 'sophie@marchand.example']], conversations: [{ subject: 'Beschwerde', messages: [{ medium: 'email', minutes: 21, subject: 'Beschwerde', text: 'Ich bin sehr verärgert und werde meinen Anwalt fragen. Wann haben Sie geöffnet?' }] }] },
  { name: 'Rolf Stegner', addresses: [['email', 'rolf@stegner.example']], conversations: [{ subject: 'Gutschein', draft: 'Guten Tag Herr Stegner, Gutscheine gibt es ab 10 € bei uns im Laden.', messages: [{ medium: 'email', minutes: 33, subject: 'Gutschein', text: 'Verkauft ihr Gutscheine?' }] }] },
  { name: 'Greta Ohlsen', addresses: [['telegram', '50991', '@greta_o']], conversations: [{ subject: '', messages: [{ medium: 'telegram', minutes: 44, text: 'MENSCH' }] }] },
  { name: 'Ivo Brandt', addresses: [['email', 'ivo@brandt.example']], conversations: [{ subject: 'Parken', messages: [{ medium: 'email', minutes: 66, subject: 'Parken', text: 'Wo kann ich bei euch parken?' }] }] },
];

/** What was decided about each of them. */
export const DECIDED: Record<string, Partial<DecisionView>> = {
  'Lena Fischbach': { rule: 'Zeiten (v3)', rule_id: 1, rule_version: 3, mode: 'send', result: 'queued', evidence: ['opening_hours (94 %): wann, geöffnet', 'by email'], intent: 'opening_hours', confidence: 94, text: HOURS, undoable: true },
  'Kemal Aydın': { rule: 'Preise (v1)', rule_id: 2, rule_version: 1, mode: 'ask', result: 'asked', evidence: ['kostet'], intent: 'price', confidence: 88, text: 'Guten Tag, eine Inspektion kostet 69 €. Ihr Radhaus Nord', undoable: false },
  'Sophie Marchand': { rule: 'Zeiten (v3)', rule_id: 1, rule_version: 3, mode: 'send', result: 'held_back', evidence: ['geöffnet'], intent: 'complaint', confidence: 71, text: HOURS, guards: guards({ sensitive: 'only a person should answer: verärgert, Anwalt' }) },
  'Rolf Stegner': { rule: 'Gutscheine (v2)', rule_id: 3, rule_version: 2, mode: 'suggest', result: 'suggested', evidence: ['gift_voucher (91 %): gutscheine'], intent: 'gift_voucher', confidence: 91, text: 'Guten Tag Herr Stegner, Gutscheine gibt es ab 10 € bei uns im Laden.' },
  'Greta Ohlsen': { rule: 'MENSCH', rule_id: null, rule_version: 0, mode: 'send', result: 'queued', evidence: ['MENSCH'], text: 'Jemand von uns meldet sich bei Ihnen.' },
  'Ivo Brandt': { rule: 'Anfahrt (v1)', rule_id: 4, rule_version: 1, mode: 'send', result: 'held_back', evidence: ['parken'], intent: 'directions_parking', confidence: 96, guards: guards({ claim: 'another computer answers it' }) },
};

export const ARTICLES: Omit<ArticleView, 'id'>[] = [
  { name: 'Anfahrt und Parken', checked_on: '2026-11-02', expires_on: null, expired: false, placeholder: '{{artikel:Anfahrt und Parken}}', texts: [{ language: 'de', text: 'Parken können Sie im Hof, Einfahrt Lindenstraße. Der Bus 12 hält vor der Tür.' }, { language: 'en', text: 'You can park in the yard, entrance in Lindenstraße. Bus 12 stops in front of the shop.' }] },
  { name: 'Preise der Inspektion', checked_on: '2026-09-14', expires_on: '2027-01-01', expired: false, placeholder: '{{artikel:Preise der Inspektion}}', texts: [{ language: 'de', text: 'Die kleine Inspektion kostet 69 €, die große 119 €.' }] },
  { name: 'Sommeraktion', checked_on: null, expires_on: '2026-09-01', expired: true, placeholder: '{{artikel:Sommeraktion}}', texts: [{ language: 'de', text: 'Im Sommer gibt es 10 % auf alle Schläuche.' }] },
];

export const PROPOSED: Omit<ProposalView, 'id' | 'message_ids' | 'found_at'>[] = [
  { count: 5, text: 'Guten Tag,\n\nGutscheine gibt es bei uns im Laden in jeder Höhe ab 10 €. Auf Wunsch schicken wir Ihnen einen mit der Post.\n\nViele Grüße', intent: 'gift_voucher' },
  { count: 6, text: 'Vielen Dank, das haben wir so notiert.', intent: null },
];
