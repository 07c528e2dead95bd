import { fileURLToPath } from 'node:url';
import { win32Library } from '#electron/machine/win32-library.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { nativeServiceManager } from '#electron/services/windows/native-service-manager.ts';
import { windowsServices } from '#electron/services/windows/windows-services.ts';
import type { ServiceKind, ServicesCase } from '#tests/unit/services/services-contract.ts';

const { number, opening } = win32Library('advapi32');
const openManager = opening('uintptr_t OpenSCManagerW(str16, str16, uint32_t)');
const createService = opening(
  'uintptr_t CreateServiceW(uintptr_t, str16, str16, uint32_t, uint32_t, uint32_t, uint32_t, str16, str16, void *, void *, str16, str16)',
);
const close = number('int CloseServiceHandle(uintptr_t)');
const lastError = win32Library('kernel32').number('uint32_t GetLastError()');

const allAccess = 0xf003f;
const ownProcess = 0x10;
const onDemand = 3;
const disabled = 4;

/** The list of names that Windows takes: each with a zero behind it, and one more at the end. */
const names = (needs: string) => Buffer.from(`${needs}\0\0`, 'utf16le');

/** Enters the lab's service program in the database of services, with its way to misbehave as its argument. */
function registerService(name: string, behaviour: string, needs: string | undefined, file: string): void {
  const program = fileURLToPath(new URL(`./${file}`, import.meta.url));
  const manager = openManager(null, null, allAccess);
  const start = behaviour === 'disabled' ? disabled : onDemand;
  const command = `"${program}" ${behaviour}`;
  const needed = needs === undefined ? null : names(needs);
  const made = createService(
    manager,
    name,
    name,
    allAccess,
    ownProcess,
    start,
    1,
    command,
    null,
    null,
    needed,
    null,
    null,
  );
  if (BigInt(made) === 0n) throw new Error(`The service ${name} was not made: error ${lastError()}.`);
  close(made);
  close(manager);
}

const behaviours: Readonly<Record<ServiceKind, string>> = {
  good: 'good',
  'refuses to stop': 'refuses-to-stop',
  'hangs in stop': 'hangs-in-stop',
  'hangs in start': 'hangs-in-start',
  'dies after reporting success': 'dies',
  disabled: 'disabled',
};

let made = 0;

/** A new service in the database of this machine; it is never taken out, because the machine goes with the tests. */
export function newService(behaviour: string, needs?: string, file = 'service.exe'): string {
  made += 1;
  const name = `Lab${made}`;
  registerService(name, behaviour, needs, file);
  return name;
}

export const openServices = () => windowsServices({ manager: nativeServiceManager, clock: systemClock, steady: 800 });

export async function openLab(): Promise<ServicesCase> {
  return await Promise.resolve({
    services: openServices(),
    make: async (kind, needs) => await Promise.resolve(newService(behaviours[kind], needs)),
    // A process that takes no stop ends with the machine.
    clean: async () => await Promise.resolve(),
  });
}
