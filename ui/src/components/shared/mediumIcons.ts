/** Pictures of media. Only a picture: the name always stands beside it, and a medium without one gets the speech bubble. */
import type { Component } from 'svelte';
import AtSign from '@lucide/svelte/icons/at-sign';
import Mail from '@lucide/svelte/icons/mail';
import Mailbox from '@lucide/svelte/icons/mailbox';
import MessageCircle from '@lucide/svelte/icons/message-circle';
import MessageCircleMore from '@lucide/svelte/icons/message-circle-more';
import Phone from '@lucide/svelte/icons/phone';
import Send from '@lucide/svelte/icons/send';
import Smartphone from '@lucide/svelte/icons/smartphone';
import Store from '@lucide/svelte/icons/store';

type Icon = Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;

const ICONS: Record<string, Icon | undefined> = {
  email: Mail,
  sms: Smartphone,
  telegram: Send,
  whatsapp: MessageCircleMore,
  phone: Phone,
  post: Mailbox,
  in_person: Store,
  mastodon: AtSign,
};

/** The picture of a medium. */
export function mediumIcon(medium: string): Icon {
  return (Object.hasOwn(ICONS, medium) ? ICONS[medium] : undefined) ?? MessageCircle;
}
