export type ImportLine = { line: number, name: string, outcome: string, contact_id: number | null, contact_name: string, news: Array<string>, reason: string, remarks: Array<string>, };
