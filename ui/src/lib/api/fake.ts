/**
 * The whole engine in memory, for developing and for the browser tests: an invented bicycle shop whose customers write by
 * mail, SMS and chat. `?scenario=` chooses the situation, `?people=` their number, `?undo=` the undo time in seconds,
 * `?fail=` the questions that fail (`draftKeep:disk_full` names the code), `?garble=` those that answer nonsense, `?hang=` those that never answer. Nothing of it is in a product build.
 */
import type { Client } from './client';
import type { Code } from './bindings/Code';
import { backupsPart } from './fake/backups';
import { accountsPart, contactsPart } from './fake/customers';
import { decisionsPart } from './fake/decisions';
import { fail } from './fake/fail';
import { Host } from './fake/host';
import { knowledgePart } from './fake/knowledge';
import { listsPart } from './fake/lists';
import { conversationsPart } from './fake/conversations';
import { messagesPart } from './fake/messages';
import { packsPart } from './fake/packs';
import { profilePart, wholePart } from './fake/profile';
import { repliesPart } from './fake/replies';
import { rulesPart } from './fake/rules';
import { samePart } from './fake/same';
import { fakeSearch } from './fake/search';
import { securityPart } from './fake/security';
import { sendingPart } from './fake/sending';
import { undoPart } from './fake/undos';
import { wishesPart } from './fake/wishes';

export function fakeClient(params: URLSearchParams): Client {
  const host = new Host(params);
  const contacts = contactsPart(host);
  const client: Client = {
    ...profilePart(host),
    ...securityPart(host),
    ...backupsPart(host),
    ...wholePart(host),
    ...accountsPart(host),
    ...contacts,
    ...wishesPart(host, contacts.contact),
    ...decisionsPart(host),
    ...knowledgePart(host),
    ...samePart(host),
    ...listsPart(host),
    ...conversationsPart(host),
    ...messagesPart(host),
    ...sendingPart(host),
    ...repliesPart(host),
    ...packsPart(host),
    ...rulesPart(host),
    ...undoPart(host),
    search: async (query, limit) => fakeSearch(host, query, limit),
  };
  const asked = guarded(client, () => host.locked());
  return { ...asked, ...failing(params.get('fail')), ...garbled(params.get('garble')), ...hanging(params.get('hang')) };
}

/** As the shell: a locked window is answered nothing but how it is opened. */
function guarded(client: Client, locked: () => boolean): Client {
  const open = ['profileStatus', 'profileOpen', 'lockState', 'lock', 'unlock', 'listen', 'drags', 'drawn'];
  const asked = Object.entries(client).map(([name, answer]) => {
    if (open.includes(name)) return [name, answer];
    return [name, async (...args: unknown[]) => {
      if (locked()) throw fail('locked', 'Theke is locked. Open it first.');
      return (answer as (...given: unknown[]) => unknown)(...args);
    }];
  });
  return Object.fromEntries(asked) as Client;
}

/** The named questions fail as if something unforeseen had happened, or with the code behind the colon. */
function failing(names: string | null): Partial<Client> {
  const broken = (code: Code) => async () => {
    throw fail(code, code === 'disk_full' ? 'The profile cannot be written; check the permissions of its folder.' : 'The log has more.');
  };
  return Object.fromEntries((names ?? '').split(',').map((named) => named.split(':')).map(([name, code]) => [name, broken((code ?? 'internal') as Code)]));
}

/** The named questions are answered never, as on a computer that is very busy. */
function hanging(names: string | null): Partial<Client> {
  return Object.fromEntries((names ?? '').split(',').map((name) => [name, () => new Promise(() => undefined)]));
}

/** The named questions answer what nobody expects, as a bug would. */
function garbled(names: string | null): Partial<Client> {
  return Object.fromEntries((names ?? '').split(',').map((name) => [name, async () => ({})]));
}
