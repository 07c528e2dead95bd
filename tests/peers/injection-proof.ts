import type { Judgement, ParserVersion, Question } from './microsoft-parser.ts';

/** A generated text with what it has to be to the parser: the template with the input in its places, and nothing else. */
export interface Proof extends Question {
  readonly id: string;
  /** The statements' types, in order. */
  readonly types: readonly string[];
  readonly identifiers: readonly string[];
  readonly literals: Judgement['literals'];
  /** The comments that the template itself has. */
  readonly comments: readonly string[];
  /** The shape of the same template with plain values. */
  readonly shape: string;
}

export const versions: readonly ParserVersion[] = [130, 150];

/** What is wrong, in one sentence, or undefined where the text is what it has to be. */
export function faultOf(proof: Proof, judgement: Judgement): string | undefined {
  const [error] = judgement.errors;
  if (error !== undefined) return error;
  const [batch, ...more] = judgement.batches;
  if (batch === undefined || more.length > 0) return `${judgement.batches.length} batches`;
  const types = batch.map(({ type }) => type).join(' ');
  if (types !== proof.types.join(' ')) return `it is ${types}`;
  if (!same(judgement.comments, proof.comments)) return `the comments are ${JSON.stringify(judgement.comments)}`;
  const rest = outside(proof, judgement);
  if (rest !== '') return `no statement has ${JSON.stringify(rest)}`;
  if (!same(judgement.identifiers, proof.identifiers)) return `the names are ${JSON.stringify(judgement.identifiers)}`;
  const values = judgement.literals.map(({ value }) => value);
  const expected = proof.literals.map(({ value }) => value);
  if (!same(values, expected)) return `the texts are ${JSON.stringify(values)}`;
  if (judgement.literals.some(({ national }, index) => national !== proof.literals[index]?.national))
    return 'a text has lost its N, or won one';
  return judgement.shape === proof.shape ? undefined : 'its tokens or nodes are others';
}

/** What lies outside all statements, besides the template's comments and blanks. */
function outside(proof: Proof, judgement: Judgement): string {
  let rest = proof.text;
  for (const { start, length } of judgement.batches.flat().toReversed())
    rest = rest.slice(0, start) + rest.slice(start + length);
  for (const comment of proof.comments) rest = rest.replace(comment, () => '');
  return rest.replaceAll(/[ \n]/g, '');
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}
