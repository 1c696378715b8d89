/** Which row of a list the pointer is at; above the first it is the first, below the last the last. */
export function rowAt(rows: readonly { top: number; bottom: number }[], y: number): number {
  const at = rows.findIndex((row) => y < row.bottom);
  return at < 0 ? Math.max(0, rows.length - 1) : at;
}
