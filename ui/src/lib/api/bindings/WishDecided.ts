import type { WishView } from "./WishView";
export type WishDecided = { undo_id: number, wish: WishView, };
