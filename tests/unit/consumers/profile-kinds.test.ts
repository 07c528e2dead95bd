import { describe, expect, it } from 'vitest';
import { consumerSchema } from '#shared/consumer-profile.ts';
import type { ConsumerProfile } from '#shared/consumer-profile.ts';
import { consumerOf } from '#electron/consumers/consumer-of.ts';
import { nobodyToAsk } from '#electron/machine/person-to-ask.ts';
import { checkProfile } from '#electron/site/profile/read-profile.ts';
import { profileTextOf } from '#renderer/store/site-draft.ts';
import { siteDraftOf } from '#renderer/store/site-draft-reading.ts';
import { storedProfile } from '#tests/unit/site/profile/stored-profile.ts';
import { codeOf } from './consumer-contract.ts';
import { kindSamples } from './kind-samples.ts';

const login = 'acs_service';
const others: readonly ConsumerProfile[] = [
  {
    id: 'key',
    kind: 'registry-value',
    key: String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Acs`,
    value: '',
    holds: 'password',
    login,
  },
  {
    id: 'wow',
    kind: 'registry-value',
    key: String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Acs`,
    value: 'Connect',
    view: '32-bit',
    holds: 'connection-string',
    login,
  },
  { id: 'tool', kind: 'command', program: '/opt/acs/set', arguments: ['--db'], speaks: 'line', seconds: 30, login },
  { id: 'dialog', kind: 'person', place: 'Setup', instructions: 'Enter it twice.', login },
];
const all = [...kindSamples.map(({ entry, file }): ConsumerProfile => ({ ...entry, path: `/srv/${file}` })), ...others];

const profileWith = (consumer: ConsumerProfile) => ({
  ...storedProfile,
  serviceLogins: [{ login, services: ['AcsService'], consumers: [consumer.id] }],
  consumers: [consumer],
});

describe.each(all.map((consumer, index) => ({ kind: consumer.kind, index, consumer })))(
  'a consumer of the kind $kind ($index)',
  ({ consumer }) => {
    it('stands in a profile', () => {
      expect(checkProfile(JSON.stringify(profileWith(consumer)))).toEqual({
        profile: profileWith(consumer),
        faults: [],
      });
    });

    it('comes out of the assistant as it went in', () => {
      const text = profileTextOf(siteDraftOf(profileWith(consumer)));
      expect((JSON.parse(text) as { consumers: unknown }).consumers).toEqual([consumer]);
    });

    it('takes nothing that another kind has', () => {
      expect(consumerSchema.safeParse({ ...consumer, password: 'x' }).success).toBe(false);
      expect(consumerSchema.safeParse({ ...consumer, kind: 'ldap' }).success).toBe(false);
    });

    it('is built, and says what is in the way of it', async () => {
      const built = consumerOf(consumer, nobodyToAsk);
      expect([built.id, built.login]).toEqual([consumer.id, login]);
      const code = codeOf(await built.read());
      expect(code).toMatch(consumer.kind === 'person' ? /^ok$/ : /^(?:consumer-unreadable|file-unreadable)$/);
    });
  },
);
