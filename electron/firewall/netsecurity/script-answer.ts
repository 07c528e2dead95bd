import { z } from 'zod';
import type { PowerShellAnswer } from './powershell-host.ts';

/** How the one line begins that is an answer; all else that a host writes is noise. */
export const answerMarker = 'MORTISE-ANSWER ';

const refusedSchema = z.strictObject({
  nonce: z.string(),
  ok: z.literal(false),
  stage: z.string(),
  id: z.string(),
  left: z.array(z.string()),
});

const nonceSchema = z.looseObject({ nonce: z.string() });

/** Our scripts answer in ASCII, which no code page on the way can change. */
function parsed(line: string): unknown {
  if (!/^[\x20-\x7e]*$/u.test(line)) return undefined;
  try {
    return JSON.parse(line.slice(answerMarker.length));
  } catch {
    return undefined;
  }
}

/**
 * The answer in what a script wrote. How the program ended says nothing: one that did nothing at all ends with 0, and
 * `-File` ends with 0 after an error. Only exactly one whole answer to this request counts.
 */
export function readAnswer<T>(
  output: string,
  { nonce, value, code }: { readonly nonce: string; readonly value: z.ZodType<T>; readonly code: number | null },
): PowerShellAnswer<T> {
  const answers = output.split(/\r?\n/u).filter((line) => line.startsWith(answerMarker));
  const [answer, ...more] = answers.map(parsed);
  if (answers.length === 0) {
    return { kind: 'unsure', cause: `Windows PowerShell ended (${code ?? 'no code'}) without an answer` };
  }
  if (more.length > 0) return { kind: 'unsure', cause: 'Windows PowerShell gave more than one answer' };
  if (answer === undefined)
    return { kind: 'unsure', cause: 'the answer of Windows PowerShell is cut short or garbled' };
  // A script that could not read its request answers with no nonce at all.
  const refused = refusedSchema.safeParse(answer);
  if (refused.success && (refused.data.nonce === nonce || refused.data.nonce === '')) {
    return { kind: 'refused', stage: refused.data.stage, id: refused.data.id, left: refused.data.left };
  }
  const answered = nonceSchema.safeParse(answer);
  if (!answered.success || answered.data.nonce !== nonce) {
    return { kind: 'unsure', cause: 'Windows PowerShell answered another request' };
  }
  const whole = z.strictObject({ nonce: z.string(), ok: z.literal(true), value }).safeParse(answer);
  return whole.success
    ? { kind: 'answered', value: whole.data.value }
    : { kind: 'unsure', cause: 'the answer of Windows PowerShell is not as it was agreed' };
}
