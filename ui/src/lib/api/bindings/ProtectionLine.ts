export type ProtectionLine = { at: string, what: string, rows: number, };
