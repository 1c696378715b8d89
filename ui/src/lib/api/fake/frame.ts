/** The imitation of a message frame: the same policy as the engine's, but nothing is cleaned, so that the frame itself is tested. */
import type { LinkView } from '../bindings/LinkView';

export function fakeFrame(html: string, pictures: boolean): string {
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  const shown = pictures ? '<img alt="" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">' : '';
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><style>body{font:15px/1.5 system-ui;margin:12px}</style></head><body>${html}${shown}</body></html>`;
}

export function fakeLinks(html: string): LinkView[] {
  const found = [...html.matchAll(/href="(https:[^"]+)">([^<]*)</g)].map(([, href = '', text = '']) => ({ text, href, host: new URL(href).hostname, misleading: false }));
  return found.length === 0 ? found : [...found, { text: 'www.meine-bank.example', href: 'https://login.betrug.example/x', host: 'login.betrug.example', misleading: true }];
}

/** A link that names another host than its own is told by its user name, as in the engine. */
export function fakeTextLinks(text: string): LinkView[] {
  const found = [...text.matchAll(/(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?)]/g)].map(([word]) => {
    const url = new URL(word.startsWith('www.') ? `https://${word}` : word);
    return { text: word, href: url.href, host: url.hostname, misleading: url.username !== '' };
  });
  return found.filter((link, at) => found.findIndex((one) => one.text === link.text) === at);
}
