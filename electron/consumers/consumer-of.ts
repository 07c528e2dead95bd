import { assertNever } from '#shared/assert-never.ts';
import type { ConsumerProfile } from '#shared/consumer-profile.ts';
import type { PersonToAsk } from '#electron/machine/person-to-ask.ts';
import { commandConsumer } from './command-consumer.ts';
import type { Consumer } from './consumer.ts';
import { envValue } from './env-value.ts';
import { iniValue } from './ini-value.ts';
import { jsonValue, parseJsonPath } from './json-value.ts';
import { personConsumer } from './person-consumer.ts';
import { registryValueConsumer } from './registry-value-consumer.ts';
import { textFileConsumer } from './text-file-consumer.ts';
import { udlValue } from './udl-value.ts';
import { xmlConfigConsumer } from './xml-config-consumer.ts';
import { attributeAt } from './xml-value.ts';

/** The consumer that a profile describes. What is wrong with its place shows when it is read. */
export function consumerOf(described: ConsumerProfile, person: PersonToAsk): Consumer {
  switch (described.kind) {
    case 'xml-config':
      return xmlConfigConsumer(described);
    case 'xml-attribute': {
      const { attribute, loginAttribute } = described;
      return textFileConsumer({
        ...described,
        format: attributeAt(attribute),
        loginFormat: loginAttribute === null ? undefined : attributeAt(loginAttribute),
      });
    }
    case 'json': {
      const { pointer, loginPointer } = described;
      return textFileConsumer({
        ...described,
        format: jsonValue(parseJsonPath(pointer)),
        loginFormat: loginPointer === null ? undefined : jsonValue(parseJsonPath(loginPointer)),
      });
    }
    case 'ini': {
      const { section, key, loginKey } = described;
      return textFileConsumer({
        ...described,
        format: iniValue(section, key),
        loginFormat: loginKey === null ? undefined : iniValue(section, loginKey),
      });
    }
    case 'env': {
      const { variable, loginVariable } = described;
      return textFileConsumer({
        ...described,
        format: envValue(variable),
        loginFormat: loginVariable === null ? undefined : envValue(loginVariable),
      });
    }
    case 'udl':
      return textFileConsumer({ ...described, holds: 'connection-string', format: udlValue() });
    case 'registry-value': {
      const { view, ...source } = described;
      return registryValueConsumer(view === undefined ? source : { ...source, view });
    }
    case 'command':
      return commandConsumer(described);
    case 'person':
      return personConsumer({ ...described, person });
    default:
      return assertNever(described);
  }
}
