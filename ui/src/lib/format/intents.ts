/** What a text asks for, in words. */
import { keyPart, textFor } from '../i18n/lookup';

/** Every intent that is known, in the order in which a menu offers them. */
export const INTENTS = [
  'opening_hours',
  'order_status',
  'stock_availability',
  'price',
  'pickup_ready',
  'return_exchange',
  'complaint',
  'appointment',
  'invoice_copy',
  'delivery_time',
  'directions_parking',
  'gift_voucher',
  'opt_out',
  'thanks_only',
  'human_requested',
  'other',
] as const;

/** The name of an intent; its own slug where this window does not know it. */
export function intentName(intent: string): string {
  return textFor(`intent_${keyPart(intent)}`) ?? intent;
}
