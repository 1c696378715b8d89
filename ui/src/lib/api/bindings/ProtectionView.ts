import type { ActivityView } from "./ActivityView";
import type { ProcessorView } from "./ProcessorView";
import type { ProtectionLine } from "./ProtectionLine";
import type { RestrictedView } from "./RestrictedView";
export type ProtectionView = { activities: Array<ActivityView>, processors: Array<ProcessorView>, measures: Array<string>, log: Array<ProtectionLine>, restricted: Array<RestrictedView>, };
