import { existsSync } from 'node:fs';
import type { Privileged, PrivilegedAnswer } from '#electron/machine/privileged.ts';
import { assertNever } from '#shared/assert-never.ts';
import { Unreadable } from '../source-reading.ts';
import { backendOf, parseSavedTable } from './saved-table.ts';
import type { SavedTable } from './saved-table.ts';

/** A table of iptables whose rules may change where a packet goes. */
export interface TableName {
  readonly family: 'ip' | 'ip6';
  /** DNAT, REDIRECT and NETMAP stand in `nat` alone, TPROXY in `mangle` alone: the kernel takes them nowhere else. */
  readonly table: 'nat' | 'mangle';
}

/** The rules of iptables on this machine, as iptables-save(8) shows them. Each throws Unreadable with why it cannot. */
export interface SavedTables {
  /** A table that iptables keeps in nftables. */
  read(name: TableName): Promise<SavedTable>;
  /** Every table that iptables keeps by itself, which nftables does not show. */
  legacy(): Promise<readonly (TableName & { readonly saved: SavedTable })[]>;
}

export interface SavedTablesOptions {
  readonly privileged: Privileged;
  /** The most that one call may take, in milliseconds. */
  readonly limit?: number;
  readonly isThere?: (path: string) => boolean;
}

/** Distributions that keep /sbin apart have them there. */
const folders = ['/usr/sbin', '/sbin'];
const families = ['ip', 'ip6'] as const;
/** Which of its own tables the kernel has; the file is there as soon as it could have any. */
const tableNames = (family: TableName['family']) => `/proc/net/${family}_tables_names`;

/** Asks iptables-save as root, never asking a person. */
export function savedTables({ privileged, limit = 10_000, isThere = existsSync }: SavedTablesOptions): SavedTables {
  const run = async (program: string, args: readonly string[]): Promise<string> =>
    outputOf(await privileged.run(program, args, { mayAsk: false, limit }), program);

  const read = async ({ family, table }: TableName, backend: 'nft' | 'legacy'): Promise<SavedTable> => {
    // The plain name is one of the two, as the machine's owner chose.
    const names = [`${family}tables-${backend}-save`, `${family}tables-save`];
    const programs = folders.flatMap((folder) => names.map((name) => `${folder}/${name}`)).filter(isThere);
    let why = `${family}tables-save is not on this machine; install iptables`;
    for (const program of programs) {
      const text = await run(program, ['-t', table]);
      if (backendOf(text) === backend) return parseSavedTable(text, table);
      why = `${program} does not show the rules that iptables keeps ${backend === 'nft' ? 'in nftables' : 'by itself'}`;
    }
    throw new Unreadable(why);
  };

  return {
    read: async (name) => await read(name, 'nft'),
    legacy: async () => {
      const each = await Promise.all(
        families
          .filter((family) => isThere(tableNames(family)))
          .map(async (family) => {
            const names = (await run('/bin/cat', [tableNames(family)])).split('\n');
            const tables = (['nat', 'mangle'] as const).filter((table) => names.includes(table));
            return await Promise.all(
              tables.map(async (table) => ({ family, table, saved: await read({ family, table }, 'legacy') })),
            );
          }),
      );
      return each.flat();
    },
  };
}

function outputOf(answer: PrivilegedAnswer, program: string): string {
  switch (answer.kind) {
    case 'ended':
      if (answer.exitCode === 0) return answer.output;
      throw new Unreadable(
        /Operation not permitted|Permission denied|must be root/u.test(answer.errors)
          ? `${program} may not be run by this account; start Mortise with sudo`
          : `${program} ended with ${answer.exitCode}`,
      );
    case 'missing':
      throw new Unreadable(`${answer.program} is not on this machine`);
    case 'refused':
    case 'cancelled':
      throw new Unreadable(`${program} may not be run by this account; start Mortise with sudo`);
    case 'killed':
      throw new Unreadable(`${program} was ended from outside (${answer.signal})`);
    case 'late':
      throw new Unreadable(`${program} did not answer in time`);
    case 'broken':
      throw new Unreadable(answer.cause);
    default:
      return assertNever(answer);
  }
}
