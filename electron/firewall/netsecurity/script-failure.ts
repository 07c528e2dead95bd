import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import type { PowerShellAnswer } from './powershell-host.ts';

type Failed = Exclude<PowerShellAnswer<unknown>, { kind: 'answered' }>;

/** Parts of PowerShell's error identifiers that are the same in every language, and what they mean. */
const meanings: readonly (readonly [pattern: RegExp, cause: string])[] = [
  [/System Error (?:1722|1753|1058|1062|1068)\b|0x800706(?:ba|d9)/iu, 'the service of Windows Firewall does not run'],
  [/CommandNotFoundException|CouldNotAutoLoadModule/u, 'the NetSecurity module is not on this Windows'],
  [/Valid$/u, 'the request did not arrive as it was given'],
  [/RuleNotThere/u, 'the rules were not there after they had been added'],
];

const noRight = /System Error 5\b|0x80070005|0x80041003|AccessDenied|PermissionDenied/u;

/**
 * Why a script failed, as a failure of reading or changing the firewall. `partly`: a part of the change stands already,
 * so that even a clear refusal leaves it in doubt.
 */
export function scriptFailure(what: 'read' | 'change', answer: Failed, partly = false): Failure {
  const cause = causeOf(answer);
  if (what === 'read') {
    const forbidden = answer.kind === 'refused' && noRight.test(answer.id);
    return forbidden ? failure('firewall-no-right', { what }) : failure('firewall-unreadable', { cause });
  }
  const changed = partly || answer.kind === 'unsure' || (answer.kind === 'refused' && leavesDoubt(answer));
  if (changed) return failure('firewall-unsure', { cause });
  if (answer.kind === 'refused' && noRight.test(answer.id)) return failure('firewall-no-right', { what });
  return failure('firewall-failed', { cause });
}

/** A removal stops where it fails; what was added is taken away again, unless that failed too. */
const leavesDoubt = ({ stage, left }: Extract<Failed, { kind: 'refused' }>) =>
  left.length > 0 || stage === 'remove' || stage === 'verify';

function causeOf(answer: Failed): string {
  if (answer.kind !== 'refused') return answer.cause;
  const meaning = meanings.find(([pattern]) => pattern.test(answer.id))?.[1];
  return meaning ?? `Windows PowerShell reports ${answer.id} (${answer.stage})`;
}
