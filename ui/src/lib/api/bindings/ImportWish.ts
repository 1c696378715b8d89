import type { ColumnChoice } from "./ColumnChoice";
export type ImportWish = { file: string, columns: Array<ColumnChoice>, overwrite: boolean, encoding: string | null, separator: string | null, };
