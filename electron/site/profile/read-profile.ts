import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { disagreementsOf } from '#shared/profile-agreement.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { siteProfileShape } from '#shared/site-profile.ts';
import type { ProfileFault, SiteProfile } from '#shared/site-profile.ts';
import type { CheckedProfile } from '#shared/sites.ts';
import { largestProfile } from '#shared/vocabulary.ts';
import { JsonError, walkJson } from './json-walk.ts';
import { listed, pathText, shapeFaults } from './profile-faults.ts';
import { decodeProfile, tooLarge } from './profile-text.ts';

const refused = (faults: readonly ProfileFault[]): CheckedProfile => ({ profile: null, faults: [...faults] });

/** Judges the bytes of a profile file: the profile, or every fault at once. What the server knows of it is not asked. */
export function readProfile(bytes: Uint8Array): CheckedProfile {
  const decoded = decodeProfile(bytes);
  return decoded.ok ? checkProfile(decoded.text) : refused([decoded.fault]);
}

/** The same for a text. */
export function checkProfile(text: string): CheckedProfile {
  if (text.length > largestProfile) return refused([tooLarge]);
  let walked;
  try {
    walked = walkJson(text);
  } catch (error) {
    if (error instanceof JsonError) return refused([notJson(text, error)]);
    throw error;
  }
  const json: unknown = JSON.parse(text);
  const duplicates = walked.duplicates.map((path): ProfileFault => ({
    code: 'duplicate',
    path: pathText(path),
    sentence: 'This key stands in the same object twice, and only one of them would count: take one out.',
  }));
  const parsed = siteProfileShape.safeParse(json);
  const shape = parsed.success ? [] : shapeFaults(parsed.error.issues, json);
  const agreement = disagreementsOf(json).map(({ code, path, sentence }): ProfileFault => ({
    code,
    path: pathText(path),
    sentence,
  }));
  const faults = listed([...duplicates, ...shape, ...agreement]);
  return parsed.success && faults.length === 0 ? { profile: parsed.data, faults: [] } : refused(faults);
}

function notJson(text: string, { offset, message, kind }: JsonError): ProfileFault {
  const before = text.slice(0, offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return {
    code: kind,
    path: '',
    sentence: `Line ${before.length}, column ${column}: ${message}. The rest was not read.`,
  };
}

/** The profile, or `profile-invalid` with the first faults in one sentence. */
export function usable({ profile, faults }: CheckedProfile): Result<SiteProfile> {
  return profile === null ? failed(profileInvalid(faults)) : succeed(profile);
}

/** How many faults one sentence names. */
const namedFaults = 3;

export function profileInvalid(faults: readonly ProfileFault[], where = ''): Failure {
  const named = faults.slice(0, namedFaults).map(({ path, sentence }) => {
    const said = sentence.replace(/\.$/, '');
    return path === '' ? said : `${path}: ${said}`;
  });
  const more = faults.length - named.length;
  const what = `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
  return failure('profile-invalid', { what: where === '' ? what : `${where}: ${what}` });
}

/** A profile's text, or `profile-invalid` with the first faults. */
export const parseSiteProfile = (text: string): Result<SiteProfile> => usable(checkProfile(text));
