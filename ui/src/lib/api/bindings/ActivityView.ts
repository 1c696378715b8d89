export type ActivityView = { name: string, purpose: string, basis: string, people: string, details: string, recipients: string, kept: string, };
