import type { Consumer } from './consumer.ts';
import { textFileConsumer } from './text-file-consumer.ts';
import type { FilePlace } from './text-file-consumer.ts';
import { connectionStringNamed } from './xml-value.ts';

/** A connection string of a .NET service: `<connectionStrings><add name="..." connectionString="..."/>`. */
export interface XmlConfigConsumerSource extends FilePlace {
  /** The name of the connection string. */
  readonly connectionString: string;
}

/** Refuses encrypted sections and those that stand in another file, besides what every file is refused for. */
export function xmlConfigConsumer({ connectionString, ...file }: XmlConfigConsumerSource): Consumer {
  return textFileConsumer({ ...file, holds: 'connection-string', format: connectionStringNamed(connectionString) });
}
