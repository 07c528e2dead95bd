import { z } from 'zod';

const ruleSchema = z.strictObject({
  name: z.string(),
  displayName: z.string(),
  enabled: z.string(),
  action: z.string(),
  direction: z.string(),
  profile: z.string(),
  status: z.string(),
  source: z.string(),
});

/** What the script `read` answers: Windows Firewall's own word on what it enforces. Enumerations as PowerShell writes them. */
export const confirmationSchema = z.strictObject({
  services: z.array(z.strictObject({ name: z.string(), status: z.string() })).min(1),
  profiles: z
    .array(
      z.strictObject({
        name: z.string(),
        enabled: z.string(),
        inbound: z.string(),
        localRules: z.string(),
        /** The names of interfaces to which the firewall does not apply; "NotConfigured" is the word for none. */
        disabledInterfaces: z.array(z.string()),
      }),
    )
    .length(3),
  ours: z.array(ruleSchema),
  bypass: z.array(ruleSchema),
  /** Where firewalls of other makers say that they are there; Windows Server has no such register. */
  register: z.enum(['present', 'absent']),
  products: z.array(z.string()),
});
export type Confirmation = z.infer<typeof confirmationSchema>;

export const blockedSchema = z.strictObject({ added: z.array(z.string()) });
export const unblockedSchema = z.strictObject({ removed: z.array(z.string()), left: z.array(z.string()) });
