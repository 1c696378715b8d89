export type ExportReport = { file: string, format: string, contacts: number, messages: number, files: number, bytes: number, missing: Array<number>, };
