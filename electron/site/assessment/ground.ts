import type { Assessment, AssessmentVerdict, Finding, Severity } from '#shared/assessment.ts';
import type { Failure } from '#shared/errors.ts';
import type { Reading } from '#shared/reading.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import type { Survey } from '#electron/database/assessment/survey.ts';

export type Area = Finding['area'];
/** What a verdict is about. */
export type Purpose = AssessmentVerdict['what'];

/** Whether one copy of a service login's password can be read on this machine. */
export interface ConsumerReading {
  readonly id: string;
  readonly place: string;
  readonly login: string;
  /** Undefined where it could be read. */
  readonly failure: Failure | undefined;
}

/** Everything that the findings are made from. */
export interface AssessmentGround {
  readonly profile: SiteProfile;
  /** The login it was read as. */
  readonly as: string;
  readonly survey: Survey;
  readonly consumers: readonly ConsumerReading[];
  /** Whether a firewall can be read on this machine; unknown where there is no adapter for it. */
  readonly firewall: Reading<unknown>;
  readonly now: Date;
}

/** A finding, and what it decides about. */
export interface Judged {
  readonly finding: Finding;
  readonly bears: readonly Purpose[];
}

interface Words {
  readonly severity: Severity;
  readonly title: string;
  readonly detail: string;
  readonly next?: string | null;
  readonly evidence?: readonly string[];
  /** Purposes that a blocking or unknown severity of this finding stands in the way of. */
  readonly bears?: readonly Purpose[];
}

/** How many lines of evidence a finding shows. */
export const mostEvidence = 50;

export function judge(area: Area, id: string, words: Words): Judged {
  const { severity, title, detail, next = null, evidence = [], bears = [] } = words;
  const left = evidence.length - mostEvidence;
  return {
    finding: {
      id: `${area}.${id}`,
      area,
      severity,
      title,
      detail,
      next,
      evidence: left > 0 ? [...evidence.slice(0, mostEvidence), `and ${left} more`] : [...evidence],
    },
    bears,
  };
}

/** An area that could not be read: never good, and with the way to make it readable. */
export function unread(
  area: Area,
  id: string,
  about: {
    readonly what: string;
    readonly cause: Failure;
    readonly grants?: readonly string[];
    readonly bears?: readonly Purpose[];
  },
): Judged {
  const { what, cause, grants = [], bears = [] } = about;
  const asks = cause.code === 'no-right' && grants.length > 0;
  return judge(area, id, {
    severity: 'unknown',
    title: `Not read: ${what}`,
    detail: cause.sentence,
    next: asks ? 'Have an administrator run the statement below, then assess again.' : cause.next,
    evidence: asks ? grants : [],
    bears,
  });
}

/** An area whose answer is incomplete because the login sees only a part of the catalogue. */
export function partlyHidden(
  area: Area,
  id: string,
  about: { readonly what: string; readonly grants: readonly string[]; readonly bears?: readonly Purpose[] },
): Judged {
  return judge(area, id, {
    severity: 'unknown',
    title: `Not read completely: ${about.what}`,
    detail: 'SQL Server shows a login only what it has a right to, and says nothing of the rest.',
    next: 'Have an administrator run the statement below, then assess again.',
    evidence: about.grants,
    bears: about.bears ?? [],
  });
}

export type FindingsOf = (ground: AssessmentGround) => readonly Judged[];

/** The site as the report names it. */
export type AssessedSite = Assessment['site'];
