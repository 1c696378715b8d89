/**
 * What is fetched again is mostly what was there before. Whatever of it says the same stays the same object, so that only what changed is
 * drawn again. For answers of the engine, which are plain values; nobody changes them in place.
 */

type Plain = Record<string, unknown>;

/** `after`, with every part of `before` that says the same; `before` itself if nothing changed. */
export function keepSame<T>(before: T | undefined, after: T): T {
  if (before === after || before === undefined) return after;
  if (Array.isArray(before) && Array.isArray(after)) return items(before, after) as T;
  if (plain(before) && plain(after)) return fields(before, after) as T;
  return after;
}

function items(before: unknown[], after: unknown[]): unknown[] {
  // Rows move: one that has an id is the same one wherever it stands.
  const known = new Map(before.flatMap((item) => (plain(item) && 'id' in item ? [[item['id'], item] as const] : [])));
  const next = after.map((item, index) => keepSame(plain(item) && 'id' in item ? known.get(item['id']) : before[index], item));
  return before.length === next.length && next.every((item, index) => item === before[index]) ? before : next;
}

function fields(before: Plain, after: Plain): Plain {
  const names = Object.keys(after);
  const next = Object.fromEntries(names.map((name) => [name, keepSame(before[name], after[name])]));
  return names.length === Object.keys(before).length && names.every((name) => name in before && next[name] === before[name]) ? before : next;
}

function plain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
