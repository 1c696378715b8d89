/** Words of the engine about who is the same, in the language of the screen. */
import { textFor } from './lookup';

/** Why two may be the same; a reason that this window does not know is left out. */
export function reasonTexts(reasons: string[]): string[] {
  return reasons.map((reason) => textFor(`same_reason_${reason}`)).filter((text) => text !== undefined);
}

export function fieldText(field: string): string {
  return textFor(`merge_field_${field}`) ?? field;
}

/** A value of a field; the two salutations have words of their own. */
export function valueText(value: string): string {
  return textFor(`merge_value_${value}`) ?? value;
}
