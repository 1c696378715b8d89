/** Customers who are in the invented shop twice: `?scenario=doubles`. */
import type { FakePerson } from './people';

const HOUR = 60;

export const DOUBLES: FakePerson[] = [
  {
    name: 'A. Petersen',
    addresses: [['whatsapp', '+4917604069011', '0176 04069011']],
    conversations: [{ subject: '', messages: [{ medium: 'whatsapp', minutes: 9 * HOUR, text: 'Hallo, hier noch einmal Anna: Ist der Korb schon da?' }] }],
  },
  {
    name: 'Klara Mueller',
    addresses: [['email', 'k.mueller@firma-mueller.example']],
    conversations: [{ subject: 'Luftpumpe', messages: [{ medium: 'email', minutes: 30 * HOUR, subject: 'Luftpumpe', text: 'Haben Sie Standpumpen für französische Ventile?' }] }],
  },
  {
    name: 'Rosenthal',
    addresses: [['phone', '+494012345670', '040 12345670', 'shared']],
    conversations: [{ subject: '', messages: [{ medium: 'sms', minutes: 50 * HOUR, text: 'Wann kann ich das Lastenrad ansehen?' }] }],
  },
];
