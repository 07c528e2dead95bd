import { definitionsMessages } from './messages/definitions.ts';
import { principalsMessages } from './messages/principals.ts';
import { queriesMessages } from './messages/queries.ts';
import { valuesMessages } from './messages/values.ts';

/**
 * The errors and messages that the engine raises, with SQL Server's numbers, severities and words
 * (learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors).
 */
export const messages = { ...queriesMessages, ...definitionsMessages, ...valuesMessages, ...principalsMessages };
