/**
 * The whole engine in memory, for developing and for the browser tests: an invented bicycle shop whose customers write by
 * mail, SMS and chat. `?scenario=` chooses the situation, `?people=` their number, `?undo=` the undo time in seconds,
 * `?fail=` the questions that fail (`draftKeep:disk_full` names the code), `?garble=` those that answer nonsense, `?hang=` those that never answer. Nothing of it is in a product build.
 */
import type { Asking } from './ahead';
import type { Code } from './bindings/Code';
import { accountsPart, contactsPart } from './fake/customers';
import { fail } from './fake/fail';
import { Host } from './fake/host';
import { conversationsPart } from './fake/conversations';
import { messagesPart } from './fake/messages';
import { profilePart, wholePart } from './fake/profile';
import { repliesPart } from './fake/replies';
import { fakeSearch } from './fake/search';
import { sendingPart } from './fake/sending';
import { undoPart } from './fake/undos';

export function fakeClient(params: URLSearchParams): Asking {
  const host = new Host(params);
  const client: Asking = {
    ...profilePart(host),
    ...wholePart(host),
    ...accountsPart(host),
    ...contactsPart(host),
    ...conversationsPart(host),
    ...messagesPart(host),
    ...sendingPart(host),
    ...repliesPart(host),
    ...undoPart(host),
    search: async (query, limit) => fakeSearch(host, query, limit),
  };
  return { ...client, ...failing(params.get('fail')), ...garbled(params.get('garble')), ...hanging(params.get('hang')) };
}

/** The named questions fail as if something unforeseen had happened, or with the code behind the colon. */
function failing(names: string | null): Partial<Asking> {
  const broken = (code: Code) => async () => {
    throw fail(code, 'The log has more.');
  };
  return Object.fromEntries((names ?? '').split(',').map((named) => named.split(':')).map(([name, code]) => [name, broken((code ?? 'internal') as Code)]));
}

/** The named questions are answered never, as on a computer that is very busy. */
function hanging(names: string | null): Partial<Asking> {
  return Object.fromEntries((names ?? '').split(',').map((name) => [name, () => new Promise(() => undefined)]));
}

/** The named questions answer what nobody expects, as a bug would. */
function garbled(names: string | null): Partial<Asking> {
  return Object.fromEntries((names ?? '').split(',').map((name) => [name, async () => ({})]));
}
