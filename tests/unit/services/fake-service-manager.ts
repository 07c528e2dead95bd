import { win32 } from '#electron/services/windows/service-manager.ts';
import type { ProcessStatus, ServiceManager, Win32Answer } from '#electron/services/windows/service-manager.ts';
import type { Waiting } from '#electron/services/waiting.ts';
import type { ServiceKind } from './services-contract.ts';

/** Time that passes when somebody waits in it. */
export class VirtualTime implements Waiting {
  #now = 0;
  #due: { readonly at: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  async pause(milliseconds: number): Promise<void> {
    const woken = new Promise<void>((wake) => this.#due.push({ at: this.#now + milliseconds, wake }));
    setImmediate(() => this.#advance());
    await woken;
  }

  #advance(): void {
    const next = this.#due.toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined) return;
    this.#due = this.#due.filter((each) => each !== next);
    this.#now = Math.max(this.#now, next.at);
    next.wake();
  }
}

interface FakeService {
  readonly name: string;
  readonly kind: ServiceKind;
  readonly needs: string | undefined;
  status: ProcessStatus;
  /** What becomes of it, and when. */
  next: { readonly at: number; readonly status: ProcessStatus } | undefined;
}

const stopped = (exitCode = 0): ProcessStatus => ({ state: 'stopped', processId: null, exitCode, ownExitCode: 0 });
const refused = (code: number, at: 'open' | 'call' = 'call') => ({ ok: false, at, code }) as const;

/** Windows' service control manager as its documentation describes it, in memory and in virtual time. */
export class FakeServiceManager implements ServiceManager {
  readonly time: VirtualTime;
  readonly #services = new Map<string, FakeService>();
  #processId = 1000;
  /** Answered instead of doing what `askToStop` or `askToStart` asks for, once each. */
  readonly answers: Win32Answer<undefined>[] = [];
  /** Answered whatever is asked. */
  refusal: number | undefined;
  /** Whether orders hold whoever gives them, as they do while a service does not answer. */
  holds = false;
  /** What was asked for, in order. */
  readonly asked: string[] = [];

  constructor(time: VirtualTime) {
    this.time = time;
  }

  add(name: string, kind: ServiceKind, needs?: string): void {
    this.#services.set(name.toLowerCase(), { name, kind, needs, status: stopped(), next: undefined });
  }

  become(name: string, status: ProcessStatus, after = 0): void {
    const service = this.#services.get(name.toLowerCase());
    if (service !== undefined) service.next = { at: this.time.now() + after, status };
  }

  status(name: string): Win32Answer<ProcessStatus> {
    const service = this.#find(name);
    return 'code' in service ? service : { ok: true, value: service.status };
  }

  runningDependants(name: string): Win32Answer<readonly string[]> {
    const service = this.#find(name);
    if ('code' in service) return service;
    return { ok: true, value: this.#dependantsOf(service).map((each) => each.name) };
  }

  async askToStop(name: string): Promise<Win32Answer<undefined>> {
    return await Promise.resolve(this.#said(`stop ${name}`) ?? this.#stop(name));
  }

  async askToStart(name: string): Promise<Win32Answer<undefined>> {
    const said = this.#said(`start ${name}`) ?? this.#start(name);
    return await (this.holds ? new Promise<never>(() => undefined) : Promise.resolve(said));
  }

  #said(order: string): Win32Answer<undefined> | undefined {
    this.asked.push(order);
    return this.answers.shift();
  }

  #stop(name: string): Win32Answer<undefined> {
    const service = this.#find(name);
    if ('code' in service) return service;
    if (service.status.state === 'stopped') return refused(win32.serviceNotActive);
    if (this.#dependantsOf(service).length > 0) return refused(win32.dependentServicesRunning);
    if (service.status.state !== 'running') return refused(win32.serviceCannotAcceptControl);
    if (service.kind === 'refuses to stop') return refused(win32.invalidServiceControl);
    service.status = { ...service.status, state: 'stopping' };
    if (service.kind !== 'hangs in stop') service.next = { at: this.time.now() + 300, status: stopped() };
    return { ok: true, value: undefined };
  }

  #start(name: string): Win32Answer<undefined> {
    const service = this.#find(name);
    if ('code' in service) return service;
    if (service.kind === 'disabled') return refused(win32.serviceDisabled);
    if (service.status.state !== 'stopped') return refused(win32.serviceAlreadyRunning);
    if (service.needs !== undefined) this.#start(service.needs);
    this.#processId += 1;
    const running: ProcessStatus = { state: 'running', processId: this.#processId, exitCode: 0, ownExitCode: 0 };
    service.status = { ...running, state: 'starting' };
    if (service.kind === 'dies after reporting success') {
      service.status = running;
      service.next = { at: this.time.now() + 400, status: stopped(1067) };
    } else if (service.kind !== 'hangs in start') {
      service.next = { at: this.time.now() + 300, status: running };
    }
    return { ok: true, value: undefined };
  }

  #find(name: string): FakeService | Extract<Win32Answer<never>, { ok: false }> {
    if (this.refusal !== undefined) return refused(this.refusal, 'open');
    const service = this.#services.get(name.toLowerCase());
    if (service === undefined) return refused(win32.serviceDoesNotExist, 'open');
    if (service.next !== undefined && service.next.at <= this.time.now()) {
      service.status = service.next.status;
      service.next = undefined;
    }
    return service;
  }

  #dependantsOf(service: FakeService): readonly FakeService[] {
    return [...this.#services.values()]
      .filter(({ name, needs, status }) => {
        this.#find(name);
        return needs?.toLowerCase() === service.name.toLowerCase() && status.state !== 'stopped';
      })
      .flatMap((each) => [...this.#dependantsOf(each), each]);
  }
}
