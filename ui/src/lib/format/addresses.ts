/** Addresses as people type them. Whether one can be used is decided by the engine. */

/** Several addresses, told apart by comma, semicolon or line; a name belongs to its address: `"Petersen, Anna" <a@b.example>`. */
export function addresses(text: string): string[] {
  const parts = text.match(/(?:"[^"\n]*"|<[^>\n]*>|[^,;\n"<]|["<])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Whether the whole text looks like one address: nobody who typed it to its end is looking for a name any more. */
export function wholeAddress(text: string): boolean {
  const typed = text.trim();
  return /^(?:[^<>@]*<)?[^\s<>@]+@[^\s<>@.]+(?:\.[^\s<>@.]+)+>?$/.test(typed) || /^\+?[\d\s()/.-]{6,}$/.test(typed);
}
