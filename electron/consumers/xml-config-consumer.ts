import type { Consumer } from './consumer.ts';
import { fileConsumer } from './file-consumer.ts';
import type { FileConsumerSource } from './file-consumer.ts';
import { xmlConnectionString } from './xml-connection-string.ts';

/** A connection string of a .NET service: `<connectionStrings><add name="..." connectionString="..."/>`. */
export interface XmlConfigConsumerSource extends FileConsumerSource {
  /** The name of the connection string. */
  readonly connectionString: string;
}

/** Refuses encrypted sections and those that stand in another file, besides what every file is refused for. */
export function xmlConfigConsumer(source: XmlConfigConsumerSource): Consumer {
  return fileConsumer(source, xmlConnectionString(source.connectionString));
}
