/** Chooses the host once at start. A product build holds only the first line: the comparison is a constant there. */
import type { Client } from './client';
import { tauriClient } from './tauri';

/** The client of this window. */
export async function connect(): Promise<Client> {
  if (import.meta.env.MODE === 'fake') {
    const { fakeClient } = await import('./fake');
    return fakeClient(new URLSearchParams(location.search));
  }
  return tauriClient();
}
