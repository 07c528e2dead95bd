import type { ReactNode } from 'react';
import type { Failure } from '#shared/errors.ts';
import { Callout } from './callout.tsx';

interface FailureMessageProps {
  readonly failure: Failure;
  readonly title?: string;
  readonly actions?: ReactNode;
  /** False where it stands in a list of what was, and is not news. */
  readonly announce?: boolean;
}

/** An expected failure in main's words: what happened, and what to do. */
export function FailureMessage({ failure, title, actions, announce = true }: FailureMessageProps) {
  return (
    <Callout
      tone="danger"
      title={title ?? failure.sentence}
      next={failure.next}
      actions={actions}
      {...(announce ? { live: 'alert' as const } : {})}
    >
      {title === undefined ? null : <span>{failure.sentence} </span>}
    </Callout>
  );
}
