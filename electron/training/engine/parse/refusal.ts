/** Why a batch is refused before any of it runs: messages with SQL Server's numbers and words. */
import type { SqlMessage } from '../../tds/backend.ts';

/**
 * Carries a refusal up to parseBatch, which turns it into a value. Nothing else catches it: a recursive descent of some
 * forty functions would otherwise consist of checks.
 */
export class Refusal extends Error {
  readonly sqlMessage: SqlMessage;

  constructor(number: number, text: string, line: number, severity = 15) {
    super(text);
    this.name = 'Refusal';
    this.sqlMessage = { number, severity, state: 1, text, procedure: '', line };
  }
}

/** What stands outside the subset: said in so many words, never an empty success. */
export function outsideTheSubset(what: string, line: number): Refusal {
  return new Refusal(50001, `The training site does not know ${what}.`, line, 16);
}

/** An option that stands where it stood already. */
export function twice(option: string, line: number): Refusal {
  return new Refusal(1039, `Option '${option}' is specified more than once.`, line);
}
