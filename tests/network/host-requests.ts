import { z } from 'zod';

const where = { protocol: z.enum(['tcp', 'udp']), address: z.string(), port: z.int().min(0).max(65_535) };

/** What a host of the lab is asked to do, one JSON a line. */
export const hostRequestSchema = z.discriminatedUnion('do', [
  /** Answers everything that comes with the same. Port 0: one that the system chooses. */
  z.object({ id: z.int(), do: z.literal('listen'), ...where }),
  /** Whether something there answers; `from`: the own address to come from. */
  z.object({ id: z.int(), do: z.literal('reach'), ...where, from: z.string().optional() }),
  /** Opens a session and keeps it. */
  z.object({ id: z.int(), do: z.literal('hold'), ...where }),
  /** Whether a session that was opened by the request `session` still answers. */
  z.object({ id: z.int(), do: z.literal('talk'), session: z.int() }),
]);
export type HostRequest = z.infer<typeof hostRequestSchema>;

export const hostAnswerSchema = z.object({ id: z.int(), said: z.string() });
