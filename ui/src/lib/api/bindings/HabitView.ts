export type HabitView = { medium: string, messages: number, conversations: number, };
