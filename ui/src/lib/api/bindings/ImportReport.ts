import type { ImportColumn } from "./ImportColumn";
import type { ImportLine } from "./ImportLine";
import type { ImportSkip } from "./ImportSkip";
export type ImportReport = { file: string, format: string, encoding: string, separator: string, columns: Array<ImportColumn>, cards: number, new: number, changed: number, same: number, merged: number, skipped: Array<ImportSkip>, lines: Array<ImportLine>, undo_id: number | null, };
