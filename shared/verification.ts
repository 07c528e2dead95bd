import { z } from 'zod';
import { readingOf } from './reading.ts';

/** One of the passwords that are kept for a login. */
export const keptSecretSchema = z.enum(['current', 'pending', 'previous']);
export type KeptSecret = z.infer<typeof keptSecretSchema>;

/** Which secret is where, for one login, found out by looking and by at most one login attempt a password. */
export const verificationSchema = z.strictObject({
  login: z.string(),
  at: z.iso.datetime(),
  /** Which of the kept passwords logs in; `in-a-consumer` where only a consumer's copy does; `none` when none of them. */
  works: readingOf(z.enum([...keptSecretSchema.options, 'in-a-consumer', 'none'])),
  kept: z.array(keptSecretSchema),
  consumers: z.array(
    z.strictObject({
      place: z.string(),
      /** `not-readable`: the place lets nobody read it; its service's login is the only proof. */
      holds: readingOf(z.enum([...keptSecretSchema.options, 'another', 'not-readable'])),
    }),
  ),
  services: z.array(
    z.strictObject({
      name: z.string(),
      /** Its own session, matched by its process. */
      loggedIn: readingOf(z.boolean()),
      how: z.string(),
    }),
  ),
  /** agrees: the current password logs in, every readable copy is that one, every service is logged in with this login. */
  verdict: z.enum(['agrees', 'differs', 'unknown']),
  sentence: z.string(),
  next: z.string(),
});
export type Verification = z.infer<typeof verificationSchema>;
