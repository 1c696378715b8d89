export type ImportColumn = { head: string, target: string, samples: Array<string>, };
