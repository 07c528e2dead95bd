import { z } from 'zod';
import { plainText } from './shown-text.ts';

// Titles and descriptions of a profile's parts go into the JSON Schema that editors use, and into the sentence that says
// what to write where something else stands. They begin with what belongs there.

/** A text of one line. */
export const line = (most: number) => z.string().min(1).max(most).regex(plainText);

/** A name in SQL Server (sysname: at most 128 characters). */
export const identifier = line(128);
