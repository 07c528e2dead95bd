import { createHash } from 'node:crypto';
import { z } from 'zod';
import { blockedPortSchema, probedListenerSchema } from '#shared/secure-mode.ts';

const time = z.iso.datetime();

/** What was asked of another machine and what it said, kept so that the answer may come tomorrow. */
export const keptProbeSchema = z.strictObject({
  asked: z
    .strictObject({
      nonce: z.string(),
      at: time,
      /** The block that was in force when it was asked. */
      block: z.string(),
      ports: z.array(blockedPortSchema),
    })
    .nullable(),
  answer: z
    .strictObject({
      by: z.enum(['engineer', 'mortise']),
      from: z.string(),
      at: time,
      seen: z.array(probedListenerSchema),
      untried: z.array(z.string()),
      block: z.string(),
    })
    .nullable(),
});
export type KeptProbe = z.infer<typeof keptProbeSchema>;

/**
 * Tells one block from another, also where the same rules were taken away and put up again: an answer says nothing of what
 * came after it.
 */
export const blockDigest = (rules: readonly string[], since: string | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify([rules, since ?? null]))
    .digest('hex')
    .slice(0, 32);
