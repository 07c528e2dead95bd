import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { RegistryReader } from '#electron/machine/registry-reader.ts';
import { RegistryError } from '#electron/machine/registry.ts';
import { readFirewallRegistry } from '../firewall-registry/firewall-registry.ts';
import type { FirewallRegistry } from '../firewall-registry/firewall-registry.ts';

const accessDenied = 5;

/** Why the registry did not answer; anything but its own error is a defect and goes on. */
export function registryFailure(error: unknown): Failure {
  if (!(error instanceof RegistryError)) throw error;
  return error.code === accessDenied
    ? failure('firewall-no-right', { what: 'read' })
    : failure('firewall-unreadable', { cause: `the registry of Windows answered with error ${error.code}` });
}

/** The registry's side of Windows Firewall, or why it cannot be read. */
export function lookAtRegistry(registry: RegistryReader): Result<FirewallRegistry> {
  try {
    const read = readFirewallRegistry(registry);
    if (read !== undefined) return succeed(read);
    return failed(failure('firewall-unreadable', { cause: 'Windows Firewall keeps no rules in the registry here' }));
  } catch (error) {
    return failed(registryFailure(error));
  }
}
