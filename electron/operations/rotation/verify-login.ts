import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { mapReading } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Verification } from '#shared/verification.ts';
import { openRotation } from './rotation-journal.ts';
import { rotatedLogin } from './rotation-parts.ts';
import type { RotationParts } from './rotation-parts.ts';
import { holdsOf, loggedInNow, surveySecrets } from './secret-survey.ts';
import type { SecretSurvey } from './secret-survey.ts';

type Judgement = Pick<Verification, 'verdict' | 'sentence' | 'next'>;
type Seen = Pick<Verification, 'works' | 'consumers' | 'services'>;

/** Says which secret of a login is where. Changes nothing. */
export class VerifyLogin {
  readonly #parts: RotationParts;

  constructor(parts: RotationParts) {
    this.#parts = parts;
  }

  async login(login: string): Promise<Result<Verification>> {
    const target = rotatedLogin(this.#parts, login);
    if (target === undefined)
      return failed(failure('login-not-rotatable', { login, cause: 'the profile does not name it' }));
    const survey = await surveySecrets(this.#parts, target);
    if (!survey.ok) return survey;
    const { record, consumers } = survey.value;
    const services: Verification['services'] = [];
    const facts = await this.#parts.database.loginFacts(login);
    const setAt = facts.ok ? (facts.value?.passwordSetAt ?? null) : null;
    for (const name of target.services)
      services.push({ name, ...(await loggedInNow(this.#parts, login, name, setAt)) });
    const seen: Seen = {
      works: worksOf(survey.value),
      consumers: consumers.map((each) => ({ place: each.consumer.place, holds: holdsOf(each, record) })),
      services,
    };
    const kept = (['current', 'pending', 'previous'] as const).filter((each) => record?.[each] != null);
    const found = judged(login, seen);
    const open = await openRotation(this.#parts.journal);
    const verdict = !open.ok
      ? unread(found, open.error)
      : open.value?.login === login
        ? unfinished(login, found.sentence)
        : found;
    return succeed({ login, at: this.#parts.clock.now().toISOString(), kept, ...seen, ...verdict });
  }
}

/** Whether a rotation is in its middle is not known then: nothing agrees. */
const unread = (found: Judgement, cause: Failure): Judgement =>
  found.verdict === 'agrees' ? { verdict: 'unknown', sentence: cause.sentence, next: cause.next } : found;

/** What was found is then what the middle of a rotation looks like. */
function unfinished(login: string, sentence: string): Judgement {
  return {
    verdict: 'differs',
    sentence: `The rotation of ${login} is not finished. ${sentence}`,
    next: 'Carry the rotation on, or take it back.',
  };
}

const worksOf = ({ works }: SecretSurvey): Verification['works'] => mapReading(works, (found) => found?.from ?? 'none');

/** The verdict with its sentence. Anything that could not be read keeps it from being "agrees". */
function judged(login: string, seen: Seen): Judgement {
  const { works } = seen;
  // Which copy is right is then unknown too.
  if (works.state === 'unknown')
    return {
      verdict: 'unknown',
      sentence: `Which password works is not known. ${works.cause.sentence}`,
      next: works.cause.next,
    };
  if (works.value !== 'current') {
    return works.value === 'none'
      ? {
          verdict: 'differs',
          sentence: `None of the passwords that are known logs in as ${login}.`,
          next: 'Enter the one in force, or have an administrator set a new one.',
        }
      : {
          verdict: 'differs',
          sentence: `${login} logs in, but not with the password that is kept as the current one.`,
          next: 'Bring every copy into line.',
        };
  }
  const wrong = seen.consumers.filter(
    ({ holds }) => holds.state === 'known' && holds.value !== 'current' && holds.value !== 'not-readable',
  );
  if (wrong.length > 0)
    return {
      verdict: 'differs',
      sentence: `${wrong.map(({ place }) => place).join(', ')} ${wrong.length === 1 ? 'does' : 'do'} not hold the password that works.`,
      next: 'Bring every copy into line; the services that read it are started again.',
    };
  const out = seen.services.filter(({ loggedIn }) => loggedIn.state === 'known' && !loggedIn.value);
  if (out.length > 0)
    return {
      verdict: 'differs',
      sentence: `${out.map(({ name }) => name).join(', ')} ${out.length === 1 ? 'is' : 'are'} not logged in as ${login}.`,
      next: 'Bring every copy into line: the service is started again and looked after.',
    };
  const unread = [...seen.consumers.map(({ holds }) => holds), ...seen.services.map(({ loggedIn }) => loggedIn)];
  const why = unread.find((reading) => reading.state === 'unknown');
  if (why?.state === 'unknown')
    return {
      verdict: 'unknown',
      sentence: `Not everything could be read. ${why.cause.sentence}`,
      next: why.cause.next,
    };
  return {
    verdict: 'agrees',
    sentence: `The password that is kept for ${login} logs in${seen.consumers.length === 0 ? '' : ', every copy that can be read is the same'}${seen.services.length === 0 ? '' : ', and its services are logged in with it'}.`,
    next: '',
  };
}
