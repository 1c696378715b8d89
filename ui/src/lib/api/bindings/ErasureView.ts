export type ErasureView = { messages: number, rows: number, addresses: number, kept_letters: boolean, };
