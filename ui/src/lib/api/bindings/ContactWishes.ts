import type { HabitView } from "./HabitView";
import type { RefusalView } from "./RefusalView";
export type ContactWishes = { habit: HabitView | null, refused: Array<RefusalView>, };
