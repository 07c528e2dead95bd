import type { z } from 'zod';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { discoverInput, Discovery } from '#shared/sites.ts';
import type { Surveyor } from '#electron/database/assessment/surveyor.ts';
import { discoveryOf } from '#electron/site/assessment/discovery/discovery.ts';

/** Reads what a profile can be made of, as the setup login that a person typed; it is kept nowhere. */
export async function discoverServer(
  surveyor: Surveyor,
  { address, database, setup }: z.infer<typeof discoverInput>,
): Promise<Result<Discovery>> {
  const credential = { login: setup.login, secret: new Secret(setup.password) };
  const found = await surveyor.discover(address, credential, database);
  return found.ok ? succeed(discoveryOf(found.value)) : found;
}
