/**
 * Channel kinds of the in-memory host, and its imitation of the engine's choice of a route. The real rules are in Rust;
 * this only gives the window something to show. The slugs are invented, so nothing in the window can depend on one.
 */
import type { AlternativeView } from '../bindings/AlternativeView';
import type { CapabilitiesView } from '../bindings/CapabilitiesView';
import type { ContactView } from '../bindings/ContactView';
import type { FieldView } from '../bindings/FieldView';
import type { IdentityView } from '../bindings/IdentityView';
import type { KindView } from '../bindings/KindView';
import type { ReasonView } from '../bindings/ReasonView';
import type { RefusedView } from '../bindings/RefusedView';
import type { RouteView } from '../bindings/RouteView';
import type { AccountView } from '../bindings/AccountView';

const ABILITIES: CapabilitiesView = {
  receives: true,
  sends: true,
  subject: false,
  cc: false,
  formatting: false,
  attachment_max_bytes: null,
  segments: 'none',
  reply_window_hours: null,
  answers_only: false,
  text_max_chars: null,
  delivery_states: false,
  client_reference: false,
  is_public: false,
  sandbox: true,
};

function field(key: string, label: string, input: string, more: Partial<FieldView> = {}): FieldView {
  return { key, label, input, options: [], secret: false, required: true, default: null, proposed: null, ...more };
}

export const KINDS: KindView[] = [
  {
    kind: 'demo-letters',
    name: 'E-Mail (IMAP und SMTP)',
    medium: 'email',
    fields: [
      field('name', 'Name', 'text'),
      field('address', 'E-mail address', 'email'),
      field('username', 'User name', 'text', { required: false }),
      field('password', 'Password', 'text', { secret: true }),
      field('imap_host', 'IMAP server', 'host'),
      field('imap_port', 'IMAP port', 'port', { default: '993' }),
      field('imap_security', 'IMAP security', 'choice', { options: ['tls', 'starttls'], default: 'tls' }),
      field('smtp_host', 'SMTP server', 'host'),
      field('history', 'How far back', 'choice', { options: ['quarter', 'year', 'everything'], default: 'everything', proposed: 'year' }),
      field('ca_file', 'CA file', 'file', { required: false }),
    ],
    capabilities: { ...ABILITIES, subject: true, cc: true, formatting: true, attachment_max_bytes: 25_000_000 },
  },
  {
    kind: 'demo-texts',
    name: 'SMS über Beispielfunk',
    medium: 'sms',
    fields: [field('name', 'Name', 'text'), field('number', 'Number', 'phone'), field('api_key', 'API key', 'text', { secret: true }), field('quota_group', 'Quota group', 'text', { required: false })],
    capabilities: { ...ABILITIES, segments: 'sms', text_max_chars: 1520, delivery_states: true },
  },
  {
    kind: 'demo-chats',
    name: 'Telegram-Bot',
    medium: 'telegram',
    fields: [field('token', 'Token', 'text', { secret: true })],
    capabilities: { ...ABILITIES, answers_only: true, text_max_chars: 4096, attachment_max_bytes: 50_000_000 },
  },
];

/** The address by which a medium reaches a contact. */
export function addressFor(contact: ContactView, medium: string): IdentityView | undefined {
  const kind = { email: 'email', sms: 'phone' }[medium];
  return contact.identities.find((identity) => (kind ? identity.kind === kind : identity.network === medium));
}

/** Where a preference comes from, with the customer's words if it is a wish. */
function preferredParams({ preferred }: ContactView): Record<string, string> {
  const wish: Record<string, string> = preferred?.source === 'wish' ? { since: preferred.since, evidence: 'Am liebsten antworten Sie mir per Telegram' } : {};
  return { source: preferred?.source ?? 'hand', ...wish };
}

export function fakeRoute(
  contact: ContactView,
  lastMedium: string,
  accounts: AccountView[],
  via: string | null,
  length: number,
  sizes: number[],
): RouteView {
  const refused: RefusedView[] = [];
  const ways: (AlternativeView & { capabilities: CapabilitiesView })[] = [];
  for (const kind of KINDS) {
    const account = accounts.find((known) => known.kind === kind.kind && known.enabled);
    const identity = addressFor(contact, kind.medium);
    const refuse = (code: string, text: string, params: Record<string, string> = {}) =>
      refused.push({ medium: kind.medium, kind: kind.kind, address: identity?.address ?? '', code, text, params });
    if (!identity) refuse('no_address', 'No address of this customer is known there.');
    else if (!account) refuse('no_account', 'There is no account for it.');
    else if (account.state === 'needs_attention') refuse('account_needs_attention', 'The account needs your attention.');
    else if (identity.state === 'bounced') refuse('bounced', 'The address cannot be reached.');
    else if (kind.capabilities.text_max_chars !== null && length > kind.capabilities.text_max_chars) refuse('text_too_long', 'The text is too long.', { chars: String(length), max_chars: String(kind.capabilities.text_max_chars) });
    else if (sizes.length > 0 && kind.capabilities.attachment_max_bytes === null) refuse('no_attachments', 'Files cannot be sent there.');
    else ways.push({ account_id: account.id, medium: kind.medium, kind: kind.kind, address: identity.address, capabilities: kind.capabilities });
  }
  const wanted = via ?? contact.preferred?.medium ?? lastMedium;
  const chosen = ways.find((way) => way.medium === wanted) ?? ways[0];
  const code = !chosen || chosen.medium !== wanted ? 'reachable' : via ? 'chosen_by_person' : contact.preferred ? 'preference' : 'last_message';
  const account = accounts.find((known) => known.id === chosen?.account_id);
  const reasons: ReasonView[] = chosen ? [{ code, text: 'It is the way that fits.', params: { medium: chosen.medium, ...(code === 'preference' ? preferredParams(contact) : {}) } }] : [];
  if (chosen && via && contact.name === 'Blumen Rosenthal GmbH' && via === 'sms') reasons.push({ code: 'customer_refuses', text: 'The customer does not want that.', params: { medium: via, evidence: 'bitte keine SMS an die Ladennummer' } });
  if (account?.state === 'offline') reasons.push({ code: 'waits_for_network', text: 'The account is offline.', params: {} });
  return {
    account_id: chosen?.account_id ?? null,
    medium: chosen?.medium ?? null,
    kind: chosen?.kind ?? null,
    address: chosen?.address ?? null,
    reasons,
    refused,
    alternatives: ways.filter((way) => way !== chosen).map(({ account_id, medium, kind, address }) => ({ account_id, medium, kind, address })),
    capabilities: chosen?.capabilities ?? null,
  };
}
