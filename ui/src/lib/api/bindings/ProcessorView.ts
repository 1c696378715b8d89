export type ProcessorView = { account: string, kind: string, server: string, what: string, advice: string, };
