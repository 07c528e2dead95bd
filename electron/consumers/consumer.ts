import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';

/** The credential that a consumer holds, and the state of its file or key when it was read. */
export interface ConsumerReading {
  readonly login: string;
  /** Null where the place lets nobody read it back (a vendor's command, a dialog): then only the service's own login proves it. */
  readonly secret: Secret | null;
  /** Changes when anything in the file changes; an HMAC under a key of this process, so that it tells nothing of the content. */
  readonly revision: string;
}

/** A place where a service keeps its copy of a credential. One kind a file. */
export interface Consumer {
  /** Stable across starts. */
  readonly id: string;
  /** The path, or key, as the engineer knows it. */
  readonly place: string;
  readonly login: string;
  /** `consumer-unreadable` with the cause when it is missing, not writable, or not of its kind. */
  read(): Promise<Result<ConsumerReading>>;
  /** The unified diff of what `write` does, both secrets as `[secret]`. */
  preview(): Promise<Result<string>>;
  /**
   * Whether `write` would take this secret, changing nothing: some formats cannot hold every character. Left out where
   * every secret can be written.
   */
  accepts?(secret: Secret): Promise<Result<undefined>>;
  /**
   * Replaces only the secret, in place, flushed to the disk. `expectedRevision` null writes whatever is there
   * (recovery); otherwise a file that changed since is `consumer-changed`.
   */
  write(secret: Secret, expectedRevision: string | null): Promise<Result<undefined>>;
}
