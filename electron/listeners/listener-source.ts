import type { Reading } from '#shared/reading.ts';
import type { Listener, ListenerSourceName } from '#shared/secure-mode.ts';

/** Somebody on this machine who knows where connections to SQL Server are accepted. */
export interface ListenerSource {
  readonly source: ListenerSourceName;
  /**
   * Everything it knows that leads to SQL Server or its Browser, given what SQL Server itself says it listens on (empty
   * where it could not be asked). Unknown where a part could not be read; what is not there at all is known and empty.
   */
  find(said: readonly Listener[]): Promise<Reading<readonly Listener[]>>;
}

/** What a machine can tell of its listeners besides SQL Server's own word. */
export interface MachineListeners {
  readonly sources: readonly ListenerSource[];
  /** Whether SQL Server takes named pipes from other machines. */
  remotePipes(): Promise<Reading<boolean>>;
}
