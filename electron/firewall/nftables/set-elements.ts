import { z } from 'zod';
import { allowedAddressSchema } from '#shared/secure-mode.ts';
import type { AllowedAddress } from '#shared/secure-mode.ts';
import { spanOf } from './address-spans.ts';
import type { AddressSpan } from './address-spans.ts';
import { canonical } from './allowed-layers.ts';

const plain = z.union([
  z.string(),
  z.number(),
  z.object({ prefix: z.object({ addr: z.string(), len: z.int() }) }),
  z.object({ range: z.tuple([z.union([z.string(), z.number()]), z.union([z.string(), z.number()])]) }),
]);
const element = z.union([
  plain.transform((val) => ({ val, comment: undefined, expires: undefined, timeout: undefined })),
  z
    .object({
      elem: z.looseObject({
        val: plain,
        comment: z.string().optional(),
        timeout: z.number().optional(),
        expires: z.number().optional(),
      }),
    })
    .transform(({ elem }) => elem),
]);

/** The ports in a set; undefined where an element is not a port. */
export function portElements(elements: readonly unknown[]): readonly number[] | undefined {
  const ports: number[] = [];
  for (const each of elements) {
    const port = z.int().min(1).max(65_535).safeParse(each);
    if (!port.success) return undefined;
    ports.push(port.data);
  }
  return ports.toSorted((a, b) => a - b);
}

/** What a value that nft writes for addresses holds, one by one or as a set; undefined where that cannot be told. */
export function addressSpans(value: unknown): readonly AddressSpan[] | undefined {
  const anonymous = z.object({ set: z.array(z.unknown()) }).safeParse(value);
  const spans: AddressSpan[] = [];
  for (const each of anonymous.success ? anonymous.data.set : Array.isArray(value) ? value : [value]) {
    const read = element.safeParse(each);
    if (!read.success) return undefined;
    const { val } = read.data;
    const [from, to] = typeof val === 'object' && 'range' in val ? val.range : [addressText(val)];
    const span = spanOf(String(from), String(to ?? from));
    if (span === undefined) return undefined;
    spans.push(span);
  }
  return spans;
}

/** Who is in a set of addresses; undefined where an element is not an address. */
export function addressElements(elements: readonly unknown[], at: Date): readonly AllowedAddress[] | undefined {
  const allowed: AllowedAddress[] = [];
  for (const each of elements) {
    const read = element.safeParse(each);
    if (!read.success) return undefined;
    const { val, comment, timeout, expires } = read.data;
    const address = addressText(val);
    if (address === undefined) return undefined;
    const left = expires ?? timeout;
    const end = left === undefined ? null : new Date(at.getTime() + left * 1000).toISOString();
    allowed.push(asGiven({ address, until: end }, comment));
  }
  return allowed;
}

function addressText(val: z.infer<typeof plain>): string | undefined {
  if (typeof val === 'number') return undefined;
  if (typeof val === 'string') return val;
  // Ranges are not what Mortise writes, and no address of its own has their form.
  if ('range' in val) return undefined;
  return `${val.prefix.addr}/${val.prefix.len}`;
}

/** The kernel counts whole seconds down and is read a little later. */
const nearly = 3000;

/** In the words of whoever allowed it, where they say the same as the kernel does. */
function asGiven(kernel: AllowedAddress, comment: string | undefined): AllowedAddress {
  const [address, until] = comment?.split(' until ') ?? [];
  const given = allowedAddressSchema.safeParse({ address, until: until ?? null });
  if (!given.success || canonical(given.data.address).range !== canonical(kernel.address).range) return kernel;
  if (given.data.until === null || kernel.until === null) return { ...kernel, address: given.data.address };
  const apart = Math.abs(Date.parse(given.data.until) - Date.parse(kernel.until));
  return apart <= nearly ? given.data : { ...kernel, address: given.data.address };
}
