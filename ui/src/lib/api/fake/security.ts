/** What opens the profile of the in-memory engine. */
import type { Event as Told } from '../bindings/Event';
import type { Client } from '../client';
import { RECOVERY_CODE } from './code';
import { fail } from './fail';
import type { Host } from './host';

/** Begun with a PIN; the first of them locked. */
const LOCKED = ['locked_window', 'pin'];
const NEW_CODE = 'B4XN-7TQW-E2KD-9MHR-C6VF-1PJS-8Z';

export function securityPart(host: Host) {
  let passphrase: string | null = host.scenario === 'passphrase' || host.scenario === 'no_keychain' ? 'offen sesam' : null;
  let pin: string | null = LOCKED.includes(host.scenario) ? '4711' : null;
  let locked = host.scenario === 'locked_window';
  let wrong = 0;
  let wanted: Told | null = null;

  /** As the engine: four mistakes cost nothing. */
  function prove(typed: string | null, withPin = false) {
    if (passphrase === null && !(withPin && pin !== null)) return;
    if (typed === null) throw fail('key_needed', 'The passphrase or the recovery code of now is needed for that.');
    if (typed === passphrase || typed === RECOVERY_CODE || (withPin && typed === pin)) {
      wrong = 0;
      return;
    }
    wrong += 1;
    throw { ...fail('wrong_key', 'That is not right.'), params: { wait_secs: wrong > 4 ? '5' : '0' } };
  }

  if (LOCKED.includes(host.scenario)) {
    // The system's own lock, as the shell would hear it.
    addEventListener('fake:system-lock', () => {
      locked = true;
      host.emit({ event: 'lock_changed', locked });
    });
    // A click on a notification, which leads there as soon as the window is not locked.
    addEventListener('fake:notification', (event) => {
      const { id, reply } = (event as CustomEvent<{ id: number; reply: boolean }>).detail;
      wanted = { event: 'open_conversation', conversation_id: id, reply };
      if (!locked) lead();
    });
  }

  function lead() {
    if (wanted) host.emit(wanted);
    wanted = null;
  }

  /** Nothing but its own questions is answered while the window is locked. */
  host.locked = () => locked;

  return {
    security: async () => ({ passphrase: passphrase !== null, keychain: passphrase === null, keychain_there: host.scenario !== 'no_keychain', practice: host.scenario === 'practice', pin: pin !== null }),
    lockState: async () => ({ locked, possible: pin !== null || passphrase !== null, pin: pin !== null, passphrase: passphrase !== null, language: host.settings['shop.language'] ?? '', theme: host.settings['appearance.theme'] ?? '' }),
    lock: async () => {
      locked = pin !== null || passphrase !== null;
      return locked;
    },
    unlock: async (typed) => {
      prove(typed, true);
      locked = false;
      host.emit({ event: 'lock_changed', locked });
      lead();
    },
    touch: async () => undefined,
    pinSet: async (current, next) => {
      prove(current, true);
      pin = next;
    },
    pinRemove: async (current) => {
      prove(current, true);
      pin = null;
    },
    passphraseSet: async (current, next) => {
      prove(current);
      passphrase = next;
    },
    passphraseRemove: async (current) => {
      prove(current);
      passphrase = null;
    },
    recoveryCodeNew: async (current) => {
      prove(current);
      return NEW_CODE;
    },
  } satisfies Partial<Client>;
}
