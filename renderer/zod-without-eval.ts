import { config } from 'zod';

/**
 * The page's policy forbids `eval`; zod would try it once and be reported for it. Must be imported before any schema,
 * because the attempt is made while a schema is built.
 */
config({ jitless: true });
