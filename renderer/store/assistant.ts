import type { SiteProfile } from '#shared/site-profile.ts';
import type { SiteTemplate } from '#shared/sites.ts';
import { notAsked } from './asked.ts';
import { freshAssistant } from './assistant-state.ts';
import type { Assistant, AssistantStep } from './assistant-state.ts';
import { fieldsAtPaths } from './draft-fields.ts';
import type { DraftFieldPath } from './draft-fields.ts';
import type { Session } from './session.ts';
import type { SiteDraft } from './site-draft.ts';
import { siteDraftOf } from './site-draft-reading.ts';

/** Opens the assistant: on the draft that was put away, or at its beginning. */
export function newSite({ store }: Session): void {
  store.setState((now) => ({
    place: 'assistant',
    assistant:
      now.assistant !== null && now.assistant.id === null && !now.assistant.saved ? now.assistant : freshAssistant,
  }));
}

/** Opens the assistant on a profile: one of the library to edit, or one from a file (id null). */
export function editSite({ store }: Session, id: string | null, profile: SiteProfile, step: AssistantStep): void {
  const draft = siteDraftOf(profile);
  store.setState({ place: 'assistant', assistant: { ...freshAssistant, id, step, draft, opened: draft } });
}

/** Changes what the assistant holds; nothing where it is not open. */
export function withAssistant({ store }: Session, change: (now: Assistant) => Partial<Assistant>): void {
  store.setState(({ assistant }) => (assistant ? { assistant: { ...assistant, ...change(assistant) } } : {}));
}

/** Takes what was typed. A field that a person filled in is confirmed with that. */
export function edit(session: Session, change: Partial<SiteDraft>, ...fields: readonly DraftFieldPath[]): void {
  withAssistant(session, (now) => ({
    draft: { ...now.draft, ...change },
    toConfirm: without(now.toConfirm, fields),
    saved: false,
  }));
}

/** A person looked at what was guessed there, and it is right. */
export function confirmField(session: Session, field: DraftFieldPath): void {
  withAssistant(session, (now) => ({ toConfirm: without(now.toConfirm, [field]) }));
}

/** Begins from a template, whose certain parts are filled in. */
export function chooseTemplate(session: Session, template: SiteTemplate): void {
  const draft = siteDraftOf(template.draft);
  withAssistant(session, (now) => ({
    template: template.id,
    nameOfTemplate: draft.name,
    // A name that a person typed stays.
    draft: { ...draft, name: now.draft.name === now.nameOfTemplate ? draft.name : now.draft.name },
    toConfirm: fieldsAtPaths(template.confirm),
    greeting: notAsked,
    server: notAsked,
    tables: notAsked,
    saved: false,
  }));
}

export function goToStep(session: Session, step: AssistantStep): void {
  withAssistant(session, (now) => ({
    step,
    left: now.left.includes(now.step) ? now.left : [...now.left, now.step],
  }));
}

/** Whether leaving would lose something that was typed or chosen. */
export const wouldLose = ({ draft, opened, saved }: Assistant): boolean => draft !== opened && !saved;

/** Leaves the assistant; what was typed stays for later, or is forgotten. */
export function leaveAssistant({ store }: Session, how: 'keep' | 'forget'): void {
  store.setState((now) => ({ place: 'sites', assistant: how === 'keep' ? now.assistant : null }));
}

const without = (toConfirm: readonly DraftFieldPath[], fields: readonly DraftFieldPath[]): readonly DraftFieldPath[] =>
  toConfirm.filter((each) => !fields.includes(each));
