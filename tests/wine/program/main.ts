import { describe, expect, it } from 'vitest';
import { itControlsServices, sentenceOf } from '#tests/unit/services/services-contract.ts';
import { itIsARegistryValueConsumer } from '#tests/unit/consumers/registry-value-contract.ts';
import { itIsASecretStore } from '#tests/unit/secrets/secret-store-contract.ts';
import { keytarSecretStore } from '#electron/secrets/keytar-secret-store.ts';
import { randomUUID } from 'node:crypto';
import { firewallRegistryLab } from './firewall-registry.ts';
import { instanceRegistryLab } from './instance-registry.ts';
import { registryCase, registryLab } from './registry-lab.ts';
import { registryReaderLab } from './registry-reader.ts';
import { runAll } from './suite.ts';
import { newService, openLab, openServices } from './windows-lab.ts';

describe('the Credential Manager', () => {
  itIsASecretStore(() => keytarSecretStore({ site: `test ${randomUUID()}` }));
});

describe('the registry', () => {
  itIsARegistryValueConsumer(registryCase);
  registryLab();
});

describe("the registry's reader", registryReaderLab);

describe("Windows Firewall's registry", firewallRegistryLab);

describe("the instance's settings in the registry", instanceRegistryLab);

describe("Windows' services", () => {
  itControlsServices(openLab);

  it('names the code of its own with which a service ended', async () => {
    const name = newService('ends-with-42');
    expect(sentenceOf(await openServices().start(name, 10_000))).toContain('it ended with its own code 42.');
  });

  it('says that the program of a service was not found', async () => {
    expect(sentenceOf(await openServices().start(newService('good', undefined, 'absent.exe'), 10_000))).toContain(
      'its program was not found',
    );
  });

  it('works on while a program does not speak to the service control, and says so in the end', async () => {
    const services = openServices();
    let answered = false;
    const silent = services.start(newService('never-answers'), 30_000).finally(() => {
      answered = true;
    });
    expect((await services.inspect(newService('good'))).state).toBe('known');
    expect(answered).toBe(false);
    expect(sentenceOf(await silent)).toContain('it did not answer the service control in time.');
  });

  it('waits no longer for such a program than it was told to', async () => {
    const services = openServices();
    const name = newService('never-answers');
    expect(sentenceOf(await services.start(name, 1000))).toContain('it is not ready within the time it was given.');
  });
});

const [, , into] = process.argv;
if (into === undefined) throw new Error('Where to write the outcomes has to be said.');
await runAll(into);
// Threads that Windows still holds would keep it alive.
process.exit(0);
