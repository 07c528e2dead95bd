import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';

/** The copy of a credential that a service keeps, in memory. */
export class HeldCredential implements Consumer {
  readonly id = 'acs-service-config';
  readonly place = '/memory/service.config';
  readonly login: string;
  held: Secret;
  /** As a full disk or a missing right would. */
  refuses = false;
  #revision = 1;

  constructor(login: string, held: Secret) {
    this.login = login;
    this.held = held;
  }

  async read() {
    const { login, held } = this;
    return await Promise.resolve(succeed({ login, secret: held, revision: String(this.#revision) }));
  }

  async preview() {
    return await Promise.resolve(succeed('-Password=[secret]\n+Password=[secret]\n'));
  }

  async write(secret: Secret, expectedRevision: string | null) {
    await Promise.resolve();
    if (this.refuses)
      return failed(failure('consumer-unreadable', { consumer: this.place, cause: 'the disk is full' }));
    if (expectedRevision !== null && expectedRevision !== String(this.#revision))
      return failed(failure('consumer-changed', { consumer: this.place }));
    this.held = secret;
    this.#revision += 1;
    return succeed();
  }
}
