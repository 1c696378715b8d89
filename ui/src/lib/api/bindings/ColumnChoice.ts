export type ColumnChoice = { column: number, target: string, };
