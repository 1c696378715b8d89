/** The messages of the in-memory engine. */
import type { Client } from '../client';
import { fakeFrame, fakeLinks } from './frame';
import type { Host } from './host';
import { fakePreview } from './preview';

export function messagesPart(host: Host) {
  const html = (id: number) => host.shop.html.get(id) ?? '';
  return {
    message: async (id) => ({ ...host.message(id), links: fakeLinks(html(id)), remote_pictures: html(id) ? 2 : 0, pictures_allowed: host.shop.allowed.has(host.message(id).from.address) }),
    messageFrame: async (id, pictures) => fakeFrame(html(id), pictures || host.shop.allowed.has(host.message(id).from.address)),
    messageSource: async (id) => `Message-ID: <${id}@posthaus.example>\nSubject: ${host.message(id).subject ?? ''}\n\n${host.message(id).text}`,
    attachmentOpen: async () => '/tmp/datei',
    attachmentPreview: async (id) => fakePreview(host.shop.conversations.flatMap((known) => known.messages.flatMap((message) => message.attachments)).find((file) => file.id === id)),
    attachmentSave: async (_id, dir) => `${dir}/datei`,
    linkOpen: async () => undefined,
    picturesAllow: async (id) => void host.shop.allowed.add(host.message(id).from.address),
    picturesForget: async (address) => (host.shop.allowed.delete(address) ? host.undos.add('pictures_forgotten', address, () => host.shop.allowed.add(address)) : null),
    picturesAllowed: async () => [...host.shop.allowed],
  } satisfies Partial<Client>;
}
