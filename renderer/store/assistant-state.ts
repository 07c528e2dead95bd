import type { CheckedProfile, Discovery, Greeting, SiteTemplate } from '#shared/sites.ts';
import type { Asked } from './asked.ts';
import { notAsked } from './asked.ts';
import type { DraftFieldPath } from './draft-fields.ts';
import { emptyDraft } from './site-draft.ts';
import type { SiteDraft } from './site-draft.ts';

export const assistantSteps = ['start', 'server', 'database', 'table', 'logins', 'review'] as const;
export type AssistantStep = (typeof assistantSteps)[number];

/** A site profile in the making, with what the server told for it. Holds everything that was typed but the password. */
export interface Assistant {
  /** The site of the library that is edited; null for a new one. */
  readonly id: string | null;
  readonly step: AssistantStep;
  /** Steps that were left once: their faults are shown from then on. */
  readonly left: readonly AssistantStep[];
  readonly template: SiteTemplate['id'] | null;
  /** The name that the template gave, which is nobody's own. */
  readonly nameOfTemplate: string;
  readonly draft: SiteDraft;
  /** The draft as it was opened, to know whether something would be lost. */
  readonly opened: SiteDraft;
  /** What a template or the server only guessed. */
  readonly toConfirm: readonly DraftFieldPath[];
  readonly setupLogin: string;
  readonly greeting: Asked<Greeting>;
  /** The server as a setup login read it: which it is, and its databases. */
  readonly server: Asked<Discovery>;
  /** The same with the tables of the chosen database. */
  readonly tables: Asked<Discovery>;
  readonly checked: Asked<CheckedProfile>;
  /** Kept in the library by the plan dialog. */
  readonly saved: boolean;
  /** The name that it has in the library since then, so that keeping it again changes it and adds no second one. */
  readonly keptAs: string | null;
}

/** The assistant at its beginning. */
export const freshAssistant: Assistant = {
  id: null,
  step: 'start',
  left: [],
  template: null,
  nameOfTemplate: '',
  draft: emptyDraft,
  opened: emptyDraft,
  toConfirm: [],
  setupLogin: '',
  greeting: notAsked,
  server: notAsked,
  tables: notAsked,
  checked: notAsked,
  saved: false,
  keptAs: null,
};
