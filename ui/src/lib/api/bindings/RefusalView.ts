export type RefusalView = { medium: string, source: string, evidence: string, since: string, };
