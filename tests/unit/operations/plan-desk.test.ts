import { describe, expect, it } from 'vitest';
import { changeNames } from '#shared/change-names.ts';
import type { ChangeName } from '#shared/change-names.ts';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import type { Outcome, PlanBody } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Permission, Progress } from '#shared/snapshot.ts';
import { outcomeOf } from '#electron/operations/outcome.ts';
import { PlanDesk } from '#electron/operations/plan-desk.ts';
import type { Changes } from '#electron/operations/plan-desk.ts';
import type { Run } from '#electron/operations/run.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { FakeClock } from './fakes/fake-clock.ts';

const input = { reason: 'Handover' };

/** A desk with one operation whose plan and deed can be set, and everything around it in sight. */
class Desk {
  readonly clock = new FakeClock();
  readonly trail: string[] = [];
  readonly published: Progress[] = [];
  /** Everything that happened, in order. */
  readonly order: string[] = [];
  site = 'as planned';
  text = 'SELECT 1;';
  consent: string | null = null;
  planned: Failure | undefined;
  permission: Permission = { allowed: true };
  /** Who holds the lock when it is taken, and who is seen to hold it before. */
  holder: string | undefined;
  heldBefore: string | undefined;
  held = 0;
  trailFails: Failure | undefined;
  reserveFails: Failure | undefined;
  answer: () => Promise<boolean> = async () => await Promise.resolve(true);
  deed: (run: Run) => Promise<Result<Outcome>> = async () =>
    await Promise.resolve(succeed(outcomeOf('Done', 'It was done.', [], this.clock)));
  readonly desk: PlanDesk;

  constructor() {
    const change = { plan: async () => await this.#plan() };
    this.desk = new PlanDesk({
      changes: Object.fromEntries(changeNames.map((name) => [name, change])) as unknown as Changes,
      clock: this.clock,
      consent: {
        ask: async (question) => {
          this.order.push(`asked: ${question.sentence}`);
          return await this.answer();
        },
      },
      lock: {
        heldElsewhere: async () => await Promise.resolve(this.#busy(this.heldBefore)),
        take: async (purpose) => {
          await Promise.resolve();
          const busy = this.#busy(this.holder);
          if (busy !== undefined) return failed(busy);
          this.held += 1;
          this.order.push(`locked: ${purpose}`);
          return succeed({
            release: async () => {
              this.held -= 1;
              this.order.push('released');
              await Promise.resolve();
            },
          });
        },
      },
      trail: {
        reserve: async () =>
          await Promise.resolve(this.reserveFails === undefined ? succeed() : failed(this.reserveFails)),
        record: async (operation, phase, text) => {
          await Promise.resolve();
          if (this.trailFails !== undefined) return failed(this.trailFails);
          this.trail.push(`${operation} ${phase}: ${text}`);
          this.order.push(phase);
          return succeed();
        },
      },
      permission: async () => await Promise.resolve(this.permission),
      publish: (progress) => this.published.push(progress),
      ended: async () => {
        this.order.push('told');
        await Promise.resolve();
      },
    });
  }

  #busy(holder: string | undefined): Failure | undefined {
    return holder === undefined ? undefined : failure('busy', { holder, since: 'noon' });
  }

  async #plan() {
    await Promise.resolve();
    if (this.planned !== undefined) return failed(this.planned);
    const { text, site, consent } = this;
    const body: PlanBody = {
      title: 'Switch it',
      summary: 'Switches it.',
      steps: [{ id: 'switch', title: 'Switch', changes: [{ kind: 'tsql', where: 'Acs', as: 'sa', text }] }],
      affected: [],
      warnings: [],
      takeBack: { possible: true, how: 'Switch back.' },
      consent,
    };
    return succeed({
      body,
      rests: site,
      apply: async (run: Run) => {
        this.order.push('done');
        return await this.deed(run);
      },
    });
  }

  async plan(change: ChangeName = 'commissioning.off') {
    return await this.desk.plan(change, input);
  }

  async planId(change: ChangeName = 'commissioning.off'): Promise<string> {
    return valueOf(await this.plan(change)).planId;
  }

  async apply(planId: string, change: ChangeName = 'commissioning.off') {
    return await this.desk.apply(change, planId);
  }

  /** Nothing was done, nothing was written, and the next change works. */
  async expectNothingDone(): Promise<void> {
    expect(this.order).not.toContain('done');
    expect(this.trail).toEqual([]);
    expect(this.held).toBe(0);
    expect(this.desk.isBusy()).toBe(false);
  }
}

describe('A change', () => {
  it('is planned without anything happening, then applied under the lock and between two entries of the trail', async () => {
    const desk = new Desk();
    const planId = await desk.planId();
    expect(desk.order).toEqual([]);
    expect(valueOf(await desk.apply(planId)).summary).toBe('It was done.');
    expect(desk.order).toEqual(['locked: Switch it', 'begun', 'done', 'ended', 'told', 'released']);
    expect(desk.trail).toEqual(['commissioning.off begun: Switches it.', 'commissioning.off ended: It was done.']);
  });

  it('shows what it will do, with an id, a digest and until when it can be applied', async () => {
    const plan = valueOf(await new Desk().plan());
    expect(plan).toMatchObject({ title: 'Switch it', steps: [{ changes: [{ text: 'SELECT 1;' }] }] });
    expect(plan.expiresAt).toBe('2026-11-21T20:10:00.000Z');
    expect(plan.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is applied once: the second time the plan is no longer there', async () => {
    const desk = new Desk();
    const planId = await desk.planId();
    expect(codeOf(await desk.apply(planId))).toBe('ok');
    expect(codeOf(await desk.apply(planId))).toBe('plan-unknown');
    expect(desk.order.filter((each) => each === 'done')).toHaveLength(1);
  });

  it('cannot be applied with an id that was never given, or under the name of another change', async () => {
    const desk = new Desk();
    const planId = await desk.planId();
    expect(codeOf(await desk.apply('0000'))).toBe('plan-unknown');
    expect(codeOf(await desk.apply(planId, 'secureMode.off'))).toBe('plan-unknown');
    await desk.expectNothingDone();
    expect(codeOf(await desk.apply(planId))).toBe('ok');
  });

  it('can be applied for ten minutes, and not a moment longer', async () => {
    const desk = new Desk();
    const early = await desk.planId();
    const late = await desk.planId();
    desk.clock.advance(10 * 60 * 1000 - 1);
    expect(codeOf(await desk.apply(early))).toBe('ok');
    desk.clock.advance(1);
    expect(codeOf(await desk.apply(late))).toBe('plan-unknown');
  });

  it.each([
    ['what it rests on', (desk: Desk) => (desk.site = 'changed by somebody')],
    ['what it would do', (desk: Desk) => (desk.text = 'DROP DATABASE Acs;')],
  ])('is outdated when %s differs by then, and nothing is done', async (_what, differ) => {
    const desk = new Desk();
    const planId = await desk.planId();
    differ(desk);
    expect(codeOf(await desk.apply(planId))).toBe('plan-outdated');
    await desk.expectNothingDone();
  });

  it('that cannot be thought through any more is refused with that reason', async () => {
    const desk = new Desk();
    const planId = await desk.planId();
    desk.planned = failure('connection-lost');
    expect(codeOf(await desk.apply(planId))).toBe('connection-lost');
    await desk.expectNothingDone();
    expect(codeOf(await desk.plan())).toBe('connection-lost');
  });

  it('is refused while the site does not allow it, at the plan and again when it is applied', async () => {
    const desk = new Desk();
    const planId = await desk.planId();
    desk.permission = { allowed: false, why: 'Commissioning mode is off.' };
    expect(sentenceOf(await desk.plan())).toBe('Commissioning mode is off.');
    expect(codeOf(await desk.apply(planId))).toBe('not-allowed');
    await desk.expectNothingDone();
  });
});

describe('Consent', () => {
  const question = 'Let every program add controllers?';

  it('is asked exactly when the plan asks for it, and before the lock is taken', async () => {
    const desk = new Desk();
    valueOf(await desk.apply(await desk.planId()));
    expect(desk.order.some((each) => each.startsWith('asked'))).toBe(false);
    desk.consent = question;
    desk.order.length = 0;
    valueOf(await desk.apply(await desk.planId()));
    expect(desk.order.slice(0, 2)).toEqual([`asked: ${question}`, 'locked: Switch it']);
  });

  it('that is refused leaves nothing done, nothing in the trail and the lock alone', async () => {
    const desk = new Desk();
    desk.consent = question;
    desk.answer = async () => await Promise.resolve(false);
    const planId = await desk.planId();
    expect(codeOf(await desk.apply(planId))).toBe('consent-refused');
    expect(desk.order).toEqual([`asked: ${question}`]);
    await desk.expectNothingDone();
    expect(codeOf(await desk.apply(planId))).toBe('plan-unknown');
  });

  it('does not hold for a site that changed while the dialog stood open', async () => {
    const desk = new Desk();
    desk.consent = question;
    desk.answer = async () => {
      desk.site = 'changed meanwhile';
      return await Promise.resolve(true);
    };
    expect(codeOf(await desk.apply(await desk.planId()))).toBe('plan-outdated');
    await desk.expectNothingDone();
  });

  it('is not asked for a plan that is outdated already', async () => {
    const desk = new Desk();
    desk.consent = question;
    const planId = await desk.planId();
    desk.site = 'changed';
    await desk.apply(planId);
    expect(desk.order).toEqual([]);
  });
});

describe('The lock', () => {
  it('held by somebody else is busy, with who holds it and since when', async () => {
    const desk = new Desk();
    const planId = await desk.planId();
    desk.holder = 'SITE\\tom';
    expect(sentenceOf(await desk.apply(planId))).toBe('SITE\\tom is changing this site since noon.');
    await desk.expectNothingDone();
    desk.holder = undefined;
    expect(codeOf(await desk.apply(await desk.planId()))).toBe('ok');
  });

  it('held by another process is named before anything else is looked at, also when planning', async () => {
    const desk = new Desk();
    const planId = await desk.planId();
    desk.heldBefore = 'SITE\\tom';
    desk.permission = { allowed: false, why: 'A guided lockdown is not finished.' };
    expect(codeOf(await desk.plan())).toBe('busy');
    expect(codeOf(await desk.apply(planId))).toBe('busy');
    await desk.expectNothingDone();
  });

  it('is released when the change failed', async () => {
    const desk = new Desk();
    desk.deed = async () => await Promise.resolve(failed(failure('lock-timeout')));
    expect(codeOf(await desk.apply(await desk.planId()))).toBe('lock-timeout');
    expect(desk.held).toBe(0);
    expect(desk.trail.at(-1)).toBe(`commissioning.off failed: ${failure('lock-timeout').sentence}`);
  });

  it('is released when the change is a defect that throws; the trail has its entry and the next change works', async () => {
    const desk = new Desk();
    desk.deed = async () => await Promise.reject(new Error('a defect with Password=hunter2 in it'));
    await expect(desk.apply(await desk.planId())).rejects.toThrow('a defect');
    expect(desk.held).toBe(0);
    expect(desk.desk.isBusy()).toBe(false);
    expect(desk.trail.at(-1)).toMatch(/^commissioning\.off failed: Mortise made a mistake \(/);
    expect(desk.trail.join()).not.toContain('hunter2');
    expect(desk.published.at(-1)?.ended).toMatchObject({ how: 'failed', failure: { code: 'internal' } });
    desk.deed = async () => await Promise.resolve(succeed(outcomeOf('Done', 'Again.', [], desk.clock)));
    expect(codeOf(await desk.apply(await desk.planId()))).toBe('ok');
  });
});

describe('The trail', () => {
  const full = failure('disk-full', { path: 'trail.log' });

  it.each(['reserveFails', 'trailFails'] as const)(
    'that cannot be written before keeps the change from being done: %s',
    async (how) => {
      const desk = new Desk();
      const planId = await desk.planId();
      desk[how] = full;
      expect(codeOf(await desk.apply(planId))).toBe('disk-full');
      await desk.expectNothingDone();
    },
  );

  it('that cannot be written after is told, though what was done stands', async () => {
    const desk = new Desk();
    desk.deed = async () => {
      desk.trailFails = full;
      return await Promise.resolve(succeed(outcomeOf('Done', 'It was done.', [], desk.clock)));
    };
    expect(codeOf(await desk.apply(await desk.planId()))).toBe('disk-full');
    expect(desk.published.at(-1)?.ended.how).toBe('done');
    expect(desk.held).toBe(0);
  });
});

/** A desk with a change that runs until it is let go. */
async function running(change: ChangeName) {
  const desk = new Desk();
  const other = await desk.planId('secureMode.on');
  const state: { run?: Run; letGo: () => void } = { letGo: () => undefined };
  const started = new Promise<void>((resolve) => {
    desk.deed = async (run) => {
      state.run = run;
      resolve();
      await new Promise<void>((go) => {
        state.letGo = go;
      });
      return succeed(outcomeOf('Done', 'It was done.', [], desk.clock));
    };
  });
  const applying = desk.apply(await desk.planId(change), change);
  await started;
  return { desk, other, state, applying };
}

describe('While a change runs', () => {
  it('another one is busy, with its title and since when, and so is planning', async () => {
    const { desk, other, state, applying } = await running('rotation.rotate');
    expect(desk.desk.isBusy()).toBe(true);
    expect(sentenceOf(await desk.apply(other, 'secureMode.on'))).toBe(
      'This window (Switch it) is changing this site since 2026-11-21T20:00:00.000Z.',
    );
    expect(codeOf(await desk.plan())).toBe('busy');
    state.letGo();
    expect(codeOf(await applying)).toBe('ok');
    expect(codeOf(await desk.plan())).toBe('ok');
  });

  it('cancelling reaches it, and only it', async () => {
    const { desk, state, applying } = await running('rotation.rotate');
    expect(desk.desk.cancel('lockdown.run')).toEqual({ asked: false });
    expect(state.run?.stopRequested()).toBe(false);
    expect(desk.desk.cancel('rotation.rotate')).toEqual({ asked: true });
    expect(state.run?.stopRequested()).toBe(true);
    state.letGo();
    await applying;
    expect(desk.desk.cancel('rotation.rotate')).toEqual({ asked: false });
  });

  it('it is known whether it is the guided lockdown', async () => {
    for (const [change, is] of [
      ['lockdown.undo', true],
      ['rotation.rotate', false],
    ] as const) {
      const { desk, state, applying } = await running(change);
      expect(desk.desk.isLockdownRunning()).toBe(is);
      state.letGo();
      await applying;
      expect(desk.desk.isLockdownRunning()).toBe(false);
    }
  });

  it('its progress offers to cancel only where it can be cancelled, and not after the end', async () => {
    for (const [change, offered] of [
      ['rotation.rotate', true],
      ['secureMode.on', false],
    ] as const) {
      const { desk, state, applying } = await running(change);
      expect(desk.published.at(-1)).toMatchObject({ change, cancellable: offered, ended: { how: 'not-yet' } });
      state.letGo();
      await applying;
      expect(desk.published.at(-1)).toMatchObject({ cancellable: false, ended: { how: 'done' } });
    }
  });
});
