import { describe, expect, it } from 'vitest';
import { succeed } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { personConsumer } from '#electron/consumers/person-consumer.ts';
import { nobodyToAsk } from '#electron/machine/person-to-ask.ts';
import type { HandOver, PersonToAsk } from '#electron/machine/person-to-ask.ts';
import { causeOf, codeOf, valueOf } from './consumer-contract.ts';

function consumerWith(person: PersonToAsk) {
  return personConsumer({
    id: 'dialog',
    place: 'Setup > Database',
    instructions: 'Enter it twice.',
    login: 'acs_service',
    person,
  });
}

function answering(answer: 'done' | 'cancelled') {
  const asked: HandOver[] = [];
  const person: PersonToAsk = {
    handOver: async (task) => {
      asked.push(task);
      return await Promise.resolve(succeed(answer));
    },
  };
  return { asked, person };
}

describe('a place that only a person can write', () => {
  it('is written when the person says so, who is told where, what and for whom', async () => {
    const { asked, person } = answering('done');
    valueOf(await consumerWith(person).write(new Secret('x;"'), 'unread'));
    expect(asked.map(({ secret, ...task }) => ({ ...task, text: secret.reveal() }))).toEqual([
      { place: 'Setup > Database', instructions: 'Enter it twice.', login: 'acs_service', text: 'x;"' },
    ]);
  });

  it('is not written where the person cancels', async () => {
    const result = await consumerWith(answering('cancelled').person).write(new Secret('canary'), null);
    expect(codeOf(result)).toBe('person-did-not-finish');
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('is not written where nobody can be asked, which is said in a sentence', async () => {
    const result = await consumerWith(nobodyToAsk).write(new Secret('canary'), null);
    expect(codeOf(result)).toBe('not-allowed');
    expect(causeOf(result)).toContain('Setup > Database');
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('holds nothing that can be read back, and shows what has to be done', async () => {
    const consumer = consumerWith(nobodyToAsk);
    expect(valueOf(await consumer.read())).toEqual({ login: 'acs_service', secret: null, revision: 'unread' });
    expect(valueOf(await consumer.preview())).toContain('+A person enters [secret] there: Enter it twice.');
  });
});
