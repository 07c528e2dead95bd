import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { assertNever } from '#shared/assert-never.ts';
import { fileFailure } from '#electron/machine/file-failure.ts';
import type { Privileged, PrivilegedAnswer } from '#electron/machine/privileged.ts';
import { asFile } from './block-ruleset.ts';
import type { Json } from './block-ruleset.ts';

/** Where distributions put it. */
const usualPlaces = ['/usr/sbin/nft', '/sbin/nft', '/usr/bin/nft'];

const isThere = (path: string) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export function findNft(): string {
  return usualPlaces.find(isThere) ?? '/usr/sbin/nft';
}

const missing = () => failure('firewall-missing', { program: 'nft', package: 'nftables' });

/** What nft itself says, without its own notation of where: the first line that tells an error. */
const saidOf = (errors: string) => {
  const line = errors.split('\n').find((each) => each.includes('Error: ')) ?? errors.split('\n')[0] ?? '';
  return line
    .slice(line.includes('Error: ') ? line.indexOf('Error: ') + 'Error: '.length : 0)
    .trim()
    .slice(0, 300);
};

const forbids = (errors: string) => /Operation not permitted|Permission denied/u.test(errors);

const because = (cause: string) => failure('firewall-unreadable', { cause });

/** What came instead of a reading. */
export function unreadable(answer: PrivilegedAnswer, what: 'read' | 'watch'): Failure {
  switch (answer.kind) {
    case 'missing':
      return missing();
    case 'refused':
      return failure('firewall-no-right', { what });
    case 'cancelled':
      return failure('rights-not-given', { cause: 'the question was dismissed' });
    case 'killed':
      return because(`nft was ended from outside (${answer.signal})`);
    case 'late':
      return because('nft did not answer in time');
    case 'broken':
      return because(answer.cause);
    case 'ended':
      if (forbids(answer.errors)) return failure('firewall-no-right', { what });
      return because(`nft ended with ${answer.exitCode}${answer.errors === '' ? '' : `: ${saidOf(answer.errors)}`}`);
    default:
      return assertNever(answer);
  }
}

/** Whether a change was taken; nft changes all or nothing. */
function taken(answer: PrivilegedAnswer): Result<undefined> {
  switch (answer.kind) {
    case 'missing':
      return failed(missing());
    case 'cancelled':
      return failed(failure('rights-not-given', { cause: 'the question was dismissed' }));
    case 'refused':
      return failed(failure('rights-not-given', { cause: answer.cause }));
    case 'killed':
      return failed(failure('firewall-unsure', { cause: `nft was ended from outside (${answer.signal})` }));
    case 'late':
      return failed(failure('firewall-unsure', { cause: 'nft did not end in time' }));
    case 'broken':
      return failed(failure('firewall-unsure', { cause: answer.cause }));
    case 'ended':
      if (answer.exitCode === 0) return succeed();
      if (forbids(answer.errors)) return failed(failure('firewall-no-right', { what: 'change' }));
      return failed(
        failure('firewall-failed', { cause: saidOf(answer.errors) || `nft ended with ${answer.exitCode}` }),
      );
    default:
      return assertNever(answer);
  }
}

export interface NftOptions {
  readonly privileged: Privileged;
  readonly program: string;
  /** The most that one call may take, in milliseconds. */
  readonly limit: number;
}

/** Hands nft one transaction in a file that only this account reads, and that is gone afterwards. */
export async function applyRuleset(
  objects: readonly Json[],
  { privileged, program, limit }: NftOptions,
): Promise<Result<undefined>> {
  let folder: string | undefined;
  try {
    // A file, because nft opens what it is given by name, and the standard input of a child of Node is a socket.
    folder = await mkdtemp(join(tmpdir(), 'mortise-nft-'));
    const path = join(folder, 'ruleset.json');
    await writeFile(path, asFile(objects), { mode: 0o600, flag: 'wx' });
    return taken(await privileged.run(program, ['-j', '-f', path], { mayAsk: true, limit }));
  } catch (error) {
    return failed(fileFailure(folder ?? tmpdir(), error));
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}
