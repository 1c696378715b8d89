/** The shapes of the engine that `ahead` adds to. */
export type { DraftView } from './bindings/DraftView';
export type { FoundSettingsView } from './bindings/FoundSettingsView';
export type { MessageView } from './bindings/MessageView';
export type { ProfileStatus } from './bindings/ProfileStatus';
export type { ReplyQueued } from './bindings/ReplyQueued';
export type { SearchResult } from './bindings/SearchResult';
export type { RouteView } from './bindings/RouteView';
