export type ImportSkip = { line: number, reason: string, };
