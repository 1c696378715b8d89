export type RestrictedView = { id: number, name: string, since: string, };
