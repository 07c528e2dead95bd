import { screen } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { known } from '#shared/reading.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import { FakeMain } from './fake-client.ts';
import type { OpenWindow } from './open-window.tsx';
import { openWindow } from './open-window.tsx';
import { sampleLockdown } from './sample/lockdowns.ts';
import { openRotation } from './sample/rotations.ts';
import { inMinutes } from './sample/moments.ts';
import {
  commissioned,
  firstVisit,
  lockedSnapshot,
  permissions,
  sampleSnapshot,
  unreachable,
} from './sample/snapshot.ts';
import { system } from './setup.ts';
import { unknownSecureMode } from './sample/secure-mode.ts';

type Act = (opened: OpenWindow) => Promise<void>;

const press =
  (role: 'tab' | 'button' | 'switch', name: RegExp, then: RegExp): Act =>
  async ({ user }) => {
    await user.click(screen.getByRole(role, { name }));
    await screen.findAllByText(then);
  };
const stay: Act = () => Promise.resolve();
const unread = {
  server: unreachable,
  commissioning: unreachable,
  controllers: unreachable,
  secureMode: unknownSecureMode(unreachable.cause),
};

type ScreenToJudge = readonly [name: string, snapshot: () => Snapshot, act: Act];

const screens: readonly ScreenToJudge[] = [
  ['General', sampleSnapshot, stay],
  ['General of a site that does not answer', () => sampleSnapshot(unread), stay],
  [
    'General of a site that is not prepared',
    () => sampleSnapshot({ commissioning: known({ state: 'not-prepared' }, new Date()) }),
    stay,
  ],
  ['General with a failed lockdown', () => sampleSnapshot({ lockdown: sampleLockdown('failed') }), stay],
  ['Database', sampleSnapshot, press('tab', /Database/u, /Sessions/u)],
  ['Database greyed out', lockedSnapshot, press('tab', /Database/u, /Sessions/u)],
  ['Security', sampleSnapshot, press('tab', /Security/u, /Credentials/u)],
  ['the question for a reason', lockedSnapshot, press('switch', /Enable/u, /Locks again by itself/u)],
  [
    'a plan',
    sampleSnapshot,
    async (opened) => {
      await press('tab', /Security/u, /Credentials/u)(opened);
      await press('button', /Rotate the password of acs_service/u, /What will be done/u)(opened);
    },
  ],
  [
    'a rotation that stands open',
    () => sampleSnapshot({ openRotation: openRotation() }),
    press('tab', /Security/u, /Carry on:/u),
  ],
  [
    'the rotation’s choice',
    sampleSnapshot,
    async (opened) => {
      await press('tab', /Security/u, /Credentials/u)(opened);
      await press('button', /Rotate several/u, /Logins to rotate/u)(opened);
    },
  ],
  [
    'the rotation’s result',
    sampleSnapshot,
    async (opened) => {
      await press('tab', /Security/u, /Credentials/u)(opened);
      await press('button', /Rotate several/u, /Logins to rotate/u)(opened);
      await press('button', /Show the plan/u, /What will be done/u)(opened);
      await press('button', /Rotate this login/u, /What was proved/u)(opened);
    },
  ],
  [
    'a verified login and the menu beside it',
    sampleSnapshot,
    async (opened) => {
      await press('tab', /Security/u, /Credentials/u)(opened);
      await press('button', /Verify the password of acs_service/u, /Everything agrees/u)(opened);
      await press('button', /More for acs_service/u, /Bring into line/u)(opened);
    },
  ],
  [
    'the question for one’s own password',
    sampleSnapshot,
    async (opened) => {
      await press('tab', /Security/u, /Credentials/u)(opened);
      await press('button', /More for passwords/u, /Change my own password/u)(opened);
      await opened.user.click(screen.getByRole('menuitem', { name: /Change my own password/u }));
      await screen.findByLabelText(/Present password/u);
    },
  ],
  ['the lockdown’s questions', sampleSnapshot, press('button', /Start the guided lockdown/u, /Your name/u)],
  [
    'the lockdown’s outcome',
    () => lockedSnapshot({ lockdown: sampleLockdown('finished'), permissions: permissions() }),
    press('button', /Open the lockdown/u, /What was proved/u),
  ],
  ['General of a first visit', firstVisit, stay],
  [
    'General of a rehearsal',
    () => sampleSnapshot({ commissioning: commissioned('rehearsing', { until: inMinutes(8) }) }),
    stay,
  ],
  ['the question as whom to assess', firstVisit, press('button', /Assess this site/u, /Login for the reading/u)],
  [
    'the assessment',
    firstVisit,
    async (opened) => {
      await press('button', /Assess this site/u, /Login for the reading/u)(opened);
      await press('button', /Assess this site/u, /What next/u)(opened);
    },
  ],
  ['the library of sites', sampleSnapshot, press('button', /Sites …/u, /Compare two sites/u)],
  ...(['Server', 'Database', 'Controllers', 'Logins and services', 'Review'] as const).map((part): ScreenToJudge => [
    `the assistant: ${part}`,
    sampleSnapshot,
    async (opened) => {
      await press('button', /Sites …/u, /Compare two sites/u)(opened);
      await press('button', /Edit Harbour Office/u, /Which certificate is good enough/u)(opened);
      await press('button', new RegExp(`^${part}$`, 'u'), new RegExp(part, 'u'))(opened);
    },
  ]),
  ['the bad day', sampleSnapshot, press('button', /Practise the bad day/u, /keychain/u)],
];

/** What axe finds serious. Colours are judged where there are some: in the gallery of pictures. */
async function serious(): Promise<readonly string[]> {
  const { violations } = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({
      id,
      html: nodes.map((node) => node.html).filter((html) => !html.includes('data-tabster-dummy')),
    }))
    .filter(({ html }) => html.length > 0)
    .map(({ id, html }) => `${id}: ${html.join(' ')}`);
}

describe.each([
  ['light', false],
  ['dark', true],
])('in %s colours axe finds nothing serious in', (_name, dark) => {
  it.each(screens)('%s', async (_screen, snapshot, act) => {
    system.dark = dark;
    document.documentElement.lang = 'en';
    document.title = 'Mortise';
    const opened = await openWindow(new FakeMain(snapshot()));
    await act(opened);
    expect(await serious()).toEqual([]);
  });
});
