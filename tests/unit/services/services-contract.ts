import { expect, it } from 'vitest';
import type { Result } from '#shared/result.ts';
import type { Services, ServiceStatus } from '#electron/services/services.ts';

/** The service under test, by how it behaves. Every test gets one of its own, stopped. */
export type ServiceKind =
  /** Starts and stops as it should. */
  | 'good'
  /** Runs, and takes no stop. */
  | 'refuses to stop'
  /** Begins to stop, and goes on for ever. */
  | 'hangs in stop'
  /** Begins to start, and goes on for ever. */
  | 'hangs in start'
  /** Says that it runs, and ends. */
  | 'dies after reporting success'
  /** Is switched off in the operating system. */
  | 'disabled';

export interface ServicesCase {
  readonly services: Services;
  /** The name of a new one. `needs`: it cannot run without that one. */
  make(kind: ServiceKind, needs?: string): Promise<string>;
  /** Ends what the test left running. */
  clean(): Promise<void>;
}

const patient = 10_000;
const short = 1500;

export const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
export const sentenceOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.sentence);

async function within(open: () => Promise<ServicesCase>, work: (site: ServicesCase) => Promise<void>): Promise<void> {
  const site = await open();
  try {
    await work(site);
  } finally {
    await site.clean();
  }
}

async function seen({ services }: ServicesCase, name: string): Promise<ServiceStatus> {
  const reading = await services.inspect(name);
  if (reading.state === 'unknown') throw new Error(reading.cause.sentence);
  return reading.value;
}

/** What every adapter for the services of an operating system promises. */
export function itControlsServices(open: () => Promise<ServicesCase>): void {
  it('sees a stopped service, and one that runs with its process', () =>
    within(open, async (site) => {
      const name = await site.make('good');
      expect(await seen(site, name)).toEqual({ name, state: 'stopped', processId: null });
      expect(codeOf(await site.services.start(name, patient))).toBe('ok');
      const running = await seen(site, name);
      expect(running.state).toBe('running');
      expect(running.processId).toBeGreaterThan(0);
    }));

  it('starts a service that stopped in a new process', () =>
    within(open, async (site) => {
      const name = await site.make('good');
      expect(codeOf(await site.services.start(name, patient))).toBe('ok');
      const first = await seen(site, name);
      expect(codeOf(await site.services.stop(name, patient))).toBe('ok');
      expect(await seen(site, name)).toEqual({ name, state: 'stopped', processId: null });
      expect(codeOf(await site.services.start(name, patient))).toBe('ok');
      expect((await seen(site, name)).processId).not.toBe(first.processId);
    }));

  it('is content with a service that is already as it should be', () =>
    within(open, async (site) => {
      const name = await site.make('good');
      expect(codeOf(await site.services.stop(name, patient))).toBe('ok');
      expect(codeOf(await site.services.start(name, patient))).toBe('ok');
      const first = await seen(site, name);
      expect(codeOf(await site.services.start(name, patient))).toBe('ok');
      expect(await seen(site, name)).toEqual(first);
    }));

  it('says of a service that there is none', () =>
    within(open, async ({ services }) => {
      const name = 'MortiseNoSuchService';
      const reading = await services.inspect(name);
      expect(reading.state === 'unknown' ? reading.cause.code : reading.state).toBe('service-unknown');
      expect(codeOf(await services.stop(name, patient))).toBe('service-unknown');
      expect(codeOf(await services.start(name, patient))).toBe('service-unknown');
    }));

  it('says at once that a service takes no stop, and leaves it running', () =>
    within(open, async (site) => {
      const name = await site.make('refuses to stop');
      expect(codeOf(await site.services.start(name, patient))).toBe('ok');
      const running = await seen(site, name);
      expect(codeOf(await site.services.stop(name, patient))).toBe('service-cannot-stop');
      expect(await seen(site, name)).toEqual(running);
    }));

  it('gives up on a service that hangs while it stops', () =>
    within(open, async (site) => {
      const name = await site.make('hangs in stop');
      expect(codeOf(await site.services.start(name, patient))).toBe('ok');
      expect(sentenceOf(await site.services.stop(name, short))).toBe(`The service ${name} did not stop within 1.5 s.`);
      expect((await seen(site, name)).state).toBe('stopping');
    }));

  it('gives up on a service that hangs while it starts', () =>
    within(open, async (site) => {
      const name = await site.make('hangs in start');
      expect(sentenceOf(await site.services.start(name, short))).toBe(
        `The service ${name} did not start: it is not ready within the time it was given.`,
      );
    }));

  it('notices that a service ended after it had reported success', () =>
    within(open, async (site) => {
      const name = await site.make('dies after reporting success');
      expect(codeOf(await site.services.start(name, patient))).toBe('service-did-not-start');
      expect((await seen(site, name)).processId).toBe(null);
    }));

  it('says that a service is switched off', () =>
    within(open, async (site) => {
      const name = await site.make('disabled');
      expect(sentenceOf(await site.services.start(name, patient))).toBe(
        `The service ${name} did not start: it is disabled.`,
      );
    }));
}

/** And what it promises where one service needs another. */
export function itMindsDependants(open: () => Promise<ServicesCase>): void {
  it('names those that run, stops them first, and brings back the ones that ran', () =>
    within(open, async (site) => {
      const { services } = site;
      const base = await site.make('good');
      const running = await site.make('good', base);
      const stopped = await site.make('good', base);
      expect(codeOf(await services.start(running, patient))).toBe('ok');
      const named = await services.runningDependants(base);
      expect(named.state === 'known' ? named.value : named.cause.code).toEqual([running]);
      expect(codeOf(await services.stop(base, patient))).toBe('ok');
      expect((await seen(site, running)).state).toBe('stopped');
      expect((await seen(site, base)).state).toBe('stopped');
      expect(codeOf(await services.start(base, patient))).toBe('ok');
      expect((await seen(site, running)).state).toBe('running');
      expect((await seen(site, stopped)).state).toBe('stopped');
    }));

  it('stops what needs it at second hand, and brings it back too', () =>
    within(open, async (site) => {
      const { services } = site;
      const base = await site.make('good');
      const middle = await site.make('good', base);
      const top = await site.make('good', middle);
      expect(codeOf(await services.start(top, patient))).toBe('ok');
      const named = await services.runningDependants(base);
      expect(named.state === 'known' ? named.value : named.cause.code).toEqual([top, middle]);
      expect(codeOf(await services.stop(base, patient))).toBe('ok');
      expect((await seen(site, top)).state).toBe('stopped');
      expect(codeOf(await services.start(base, patient))).toBe('ok');
      expect((await seen(site, top)).state).toBe('running');
    }));
}
