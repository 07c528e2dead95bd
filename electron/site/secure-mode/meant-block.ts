import { z } from 'zod';
import { allowedAddressSchema, listenerSchema } from '#shared/secure-mode.ts';

/** The block as it was switched on, or changed since by Mortise: what is in force is compared with it. */
export const meantBlockSchema = z.strictObject({
  since: z.iso.datetime(),
  by: z.string(),
  listeners: z.array(listenerSchema),
  allowed: z.array(allowedAddressSchema),
  /** What weakened it from the first: said in the verdict, and no drift. */
  accepted: z.array(z.string()),
});
export type MeantBlock = z.infer<typeof meantBlockSchema>;
