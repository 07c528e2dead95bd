import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Failure } from '#shared/errors.ts';
import type { Assessment } from '#shared/assessment.ts';
import type { Progress } from '#shared/snapshot.ts';
import type { SiteEntry } from '#shared/sites.ts';
import type { Verification } from '#shared/verification.ts';
import type { Asked } from './asked.ts';
import { notAsked } from './asked.ts';
import type { Assistant } from './assistant-state.ts';
import type { ChangeFlow } from './change-flow.ts';
import type { Drafts } from './drafts.ts';
import { noDrafts } from './drafts.ts';
import type { SiteView } from './site-view.ts';

export const tabNames = ['general', 'database', 'security'] as const;
export type TabName = (typeof tabNames)[number];
export type Place = 'tabs' | 'lockdown' | 'rotation' | 'practice' | 'assessment' | 'sites' | 'assistant';

/** Everything the window holds: main's snapshot as it came, where the person is, and what they have begun to type. */
export interface ScreenState {
  readonly view: SiteView;
  readonly refreshing: boolean;
  /** Why the last reading that was asked for gave nothing new; what is shown is older. */
  readonly refreshFailure: Failure | null;
  /** The newest progress that main pushed. */
  readonly progress: Progress | null;
  readonly place: Place;
  readonly tab: TabName;
  readonly drafts: Drafts;
  /** A lockdown is being asked for, although an earlier one has an outcome to show. */
  readonly asksLockdown: boolean;
  /** The logins that are ticked for a rotation; null until somebody ticks one, and the screen proposes some. */
  readonly rotationChoice: readonly string[] | null;
  readonly change: ChangeFlow | null;
  /** What main found out of each login that was verified, until the next change. */
  readonly verifications: Readonly<Record<string, Asked<Verification>>>;
  /** The report of a first visit, as main made it last for this site. */
  readonly assessment: Asked<Assessment>;
  /** The sites that Mortise knows, as they were read last. */
  readonly library: Asked<readonly SiteEntry[]>;
  /** A site profile in the making; also while it is put away. */
  readonly assistant: Assistant | null;
}

export type ScreenStore = StoreApi<ScreenState>;

export function createScreenStore(place: Place): ScreenStore {
  return createStore<ScreenState>(() => ({
    view: { state: 'waiting' },
    refreshing: false,
    refreshFailure: null,
    progress: null,
    place,
    tab: 'general',
    drafts: noDrafts,
    asksLockdown: false,
    rotationChoice: null,
    change: null,
    verifications: {},
    assessment: notAsked,
    library: notAsked,
    assistant: null,
  }));
}
