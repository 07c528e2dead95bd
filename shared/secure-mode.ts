import { z } from 'zod';
import { failureSchema } from './errors.ts';
import { readingOf } from './reading.ts';

const time = z.iso.datetime();
const count = z.int().nonnegative();

export const blockedPortSchema = z.strictObject({
  protocol: z.enum(['tcp', 'udp']),
  port: z.int().min(1).max(65535),
});
/** A port that other machines are cut off from, or can be. */
export type BlockedPort = z.infer<typeof blockedPortSchema>;

/** A place where connections are accepted that lead to SQL Server or its Browser. */
export const listenerSchema = blockedPortSchema.extend({ address: z.string(), purpose: z.string() });
export type Listener = z.infer<typeof listenerSchema>;

/**
 * Who knows of listeners. server: what SQL Server says of itself. configuration: what is written for its next start.
 * sockets: what the operating system has open. containers: ports that are passed on into a container. port-proxies: ports
 * that Windows passes on.
 */
export const listenerSources = ['server', 'configuration', 'sockets', 'containers', 'port-proxies'] as const;
export type ListenerSourceName = (typeof listenerSources)[number];

export const listenerSurveySchema = z.strictObject({
  /** One entry a protocol, port and address, with everyone who knows of it. */
  listeners: z.array(listenerSchema.extend({ sources: z.array(z.enum(listenerSources)).min(1) })),
  /** Everyone who was asked here, and how many each knew of. Whoever could not be read leaves the survey incomplete. */
  asked: z.array(z.strictObject({ source: z.enum(listenerSources), found: readingOf(count) })),
  /** Where they contradict each other, in sentences. */
  differences: z.array(z.string()),
  /** Whether SQL Server takes named pipes from other machines (over SMB, TCP 445), which no block of its ports stops. */
  remotePipes: readingOf(z.boolean()),
});
export type ListenerSurvey = z.infer<typeof listenerSurveySchema>;

/** An address, or a range in CIDR notation, that stays allowed while secure mode is on: a weakening. */
export const allowedAddressSchema = z.strictObject({
  address: z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]),
  /** When that ends; null where it does not end by itself. */
  until: time.nullable(),
});
export type AllowedAddress = z.infer<typeof allowedAddressSchema>;

/**
 * Something besides our rules that bears on the block. voids: it is not in force. weakens: it is, and this is left open.
 * doubts: whether it is in force cannot be told.
 */
export const findingSchema = z.strictObject({
  effect: z.enum(['voids', 'weakens', 'doubts']),
  sentence: z.string(),
  next: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

/** What another machine saw at one listener. answered: SQL Server, or its Browser, spoke. filtered: silence. */
export const probedListenerSchema = blockedPortSchema.extend({
  saw: z.enum(['answered', 'open', 'refused', 'filtered']),
  /** The version that SQL Server said, where it answered. */
  version: z.string().nullable(),
});
export type ProbedListener = z.infer<typeof probedListenerSchema>;

export const instanceLayerSchema = z.enum(['everywhere', 'this-machine', 'tcp-off']);
/** Where SQL Server itself accepts connections from. */
export type InstanceLayer = z.infer<typeof instanceLayerSchema>;

export const probeRequestSchema = z.strictObject({
  /** Comes back in the answer, so that it is one to this request. */
  nonce: z.string(),
  askedAt: time,
  /** The addresses under which another machine finds this one. */
  addresses: z.array(z.string()),
  /** For a machine that has Mortise. */
  command: z.string(),
  /** For a Windows machine that has nothing. */
  powershell: z.string(),
});
export type ProbeRequest = z.infer<typeof probeRequestSchema>;

export const secureModeSchema = z.strictObject({
  /** Never stronger than what was read: nothing unknown yields "in force". */
  verdict: z.enum(['in-force', 'in-force-but', 'not-in-force', 'unknown']),
  /** Why; empty for `in-force` alone. Those that decide the verdict first. */
  reasons: z.array(findingSchema),
  /** Which adapter reads the firewall here. */
  firewall: z.enum(['nftables', 'windows', 'training', 'none']),
  /** Our rules in the words of the platform. */
  rules: readingOf(z.array(z.string())),
  /** Who was allowed here and still is; whoever else is let through is drift. */
  allowed: z.array(allowedAddressSchema),
  /** Since when it is meant to be on, and by whom; null while it is not meant to be. */
  meant: readingOf(z.strictObject({ since: time, by: z.string() }).nullable()),
  /** What is no longer as it was switched on, in sentences; empty while it is not meant to be on. */
  drift: z.array(z.string()),
  /** Why changes of the firewall are not seen at once; null while they are, or nobody watches. */
  watch: failureSchema.nullable(),
  probe: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('not-probed') }),
    z.strictObject({
      state: z.literal('probed'),
      /** A statement of the engineer, who carried the answer here, or what Mortise itself saw. */
      by: z.enum(['engineer', 'mortise']),
      from: z.string(),
      at: time,
      seen: z.array(probedListenerSchema),
      /** What of this machine it could not try, in sentences. */
      untried: z.array(z.string()),
    }),
  ]),
  /** Whether the block is put up again when the machine starts, by something else than Mortise's window. */
  atStart: readingOf(z.enum(['installed', 'outdated', 'not-installed', 'not-needed'])),
  /** Where SQL Server itself accepts connections from; the layer beneath the firewall. */
  instance: readingOf(instanceLayerSchema),
  /** The layers besides `everywhere` that can be chosen here. */
  layers: z.array(instanceLayerSchema),
  /** Whether Mortise itself reaches another machine that can probe. */
  canProbe: z.boolean(),
});
export type SecureMode = z.infer<typeof secureModeSchema>;
