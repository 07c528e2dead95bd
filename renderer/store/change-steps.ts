import type { Failure } from '#shared/errors.ts';
import type { Drafts } from './drafts.ts';
import { nextTime, noDrafts } from './drafts.ts';
import type { ChangeFlow, ChangePhase } from './change-flow.ts';
import type { Answers, ChangeRequest, SetupLogin } from './change-request.ts';
import { applyChange, asksForSecret, cancelChange, planChange, questions } from './change-request.ts';
import type { Session } from './session.ts';
import { answered } from './session.ts';

/** A plan that is gone or no longer fits can be made again; the failure is no dead end. */
export function asksForNewPlan(failure: Failure): boolean {
  return failure.code === 'plan-outdated' || failure.code === 'plan-unknown';
}

function isRealSite({ store }: Session): boolean {
  const { view } = store.getState();
  return view.state === 'shown' && view.snapshot.site.kind === 'real';
}

/** What must be asked for this change here: the training site lends its setup login, so nobody types one. */
export function openQuestions(session: Session, request: ChangeRequest) {
  return questions[request.change].filter((question) => question !== 'setup' || isRealSite(session));
}

/** Whether a new plan can be made without asking again: a secret was not kept, so it must be typed again. */
export function canPlanAgain(session: Session, request: ChangeRequest): boolean {
  return !openQuestions(session, request).some(asksForSecret);
}

/** Begins a change: asks what is missing, or goes straight to the plan. */
export async function beginChange(
  session: Session,
  request: ChangeRequest,
  place: ChangeFlow['place'] = 'dialog',
): Promise<void> {
  const asks = openQuestions(session, request).length > 0;
  session.store.setState((now) => ({
    change: { request, place, hidden: false, phase: { name: asks ? 'asking' : 'planning' } },
    drafts: { ...now.drafts, reason: asks ? '' : now.drafts.reason, openUntil: noDrafts.openUntil },
  }));
  if (!asks) await makePlan(session, request, place, noAnswers);
}

export const noAnswers: Answers = { reason: '', openUntil: null, setup: null, secret: '', own: null };

/** What was typed for this change, as main wants it: the time on the clock becomes the next such moment. */
export function typedAnswers(request: ChangeRequest, drafts: Drafts, setup: SetupLogin): Answers {
  const reason = request.change === 'lockdown.run' ? drafts.lockdownReason : drafts.reason;
  const openUntil = nextTime(drafts.openUntil, new Date())?.toISOString() ?? null;
  return { ...noAnswers, reason: reason.trim(), openUntil, setup };
}

/** Has main make the plan. A later change of mind (the flow was closed or replaced) wins over a late answer. */
export async function makePlan(
  session: Session,
  request: ChangeRequest,
  place: ChangeFlow['place'],
  answers: Answers,
): Promise<void> {
  const flow: ChangeFlow = { request, place, hidden: false, phase: { name: 'planning' } };
  session.store.setState({ change: flow });
  const answer = await answered(planChange(session.client, request, answers));
  if (session.store.getState().change !== flow) return;
  const phase: ChangePhase = answer.ok
    ? { name: 'planned', plan: answer.value }
    : { name: 'refused', failure: answer.error };
  session.store.setState({ change: { ...flow, phase } });
}

/** Makes the plan of the change on the screen again, from what was typed for it. */
export async function planAgain(session: Session): Promise<void> {
  const { change, drafts } = session.store.getState();
  if (!change || change.phase.name === 'applying') return;
  if (!canPlanAgain(session, change.request)) {
    session.store.setState({ change: { ...change, phase: { name: 'asking' } } });
    return;
  }
  await makePlan(session, change.request, change.place, typedAnswers(change.request, drafts, null));
}

/** Applies the plan that is on the screen. Does nothing in any other phase. */
export async function applyShownPlan(session: Session): Promise<void> {
  const flow = session.store.getState().change;
  if (flow?.phase.name !== 'planned') return;
  const { plan } = flow.phase;
  session.store.setState({
    progress: null,
    change: { ...flow, phase: { name: 'applying', plan, stopAsked: false } },
    // Begun now, so from here on the lockdown's screen shows what became of it, and no longer its form.
    ...(flow.place === 'lockdown' ? { asksLockdown: false } : {}),
  });
  const answer = await answered(applyChange(session.client, flow.request.change, plan.planId));
  session.store.setState((now) => {
    if (now.change?.request !== flow.request) return {};
    const phase: ChangePhase = answer.ok
      ? { name: 'ended', plan, outcome: answer.value }
      : { name: 'failed', plan, failure: answer.error };
    // Where each password lies was found out before this change.
    return { change: { ...now.change, phase }, verifications: {} };
  });
}

/** Asks the running change to stop at its next safe point. */
export async function stopAtSafePoint(session: Session, change: ChangeRequest['change']): Promise<void> {
  const asked = cancelChange(session.client, change);
  if (!asked) return;
  session.store.setState((now) =>
    now.change?.phase.name === 'applying'
      ? { change: { ...now.change, phase: { ...now.change.phase, stopAsked: true } } }
      : {},
  );
  await answered(asked);
}

/** Puts the change away: a running one goes on and stays visible above the tabs, every other is forgotten. */
export function putAway({ store }: Session): void {
  store.setState((now) => {
    if (now.change?.phase.name === 'applying') return { change: { ...now.change, hidden: true } };
    return { change: null, drafts: { ...now.drafts, openUntil: noDrafts.openUntil } };
  });
}

/** Shows it again where it was shown: in the dialog, or on the screen of its own. */
export function showAgain({ store }: Session): void {
  store.setState(({ change, place }) =>
    change ? { change: { ...change, hidden: false }, place: change.place === 'rotation' ? 'rotation' : place } : {},
  );
}
