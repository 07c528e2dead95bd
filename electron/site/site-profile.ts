import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { siteProfileSchema } from '#shared/site-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';

/** Every fault at once, each with its path. `profile-invalid` otherwise; the text given is not kept anywhere. */
export function parseSiteProfile(text: string): Result<SiteProfile> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed(failure('profile-invalid', { what: 'it is not JSON' }));
  }
  const parsed = siteProfileSchema.safeParse(json);
  if (parsed.success) return succeed(parsed.data);
  const what = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'profile'}: ${issue.message}`).join('; ');
  return failed(failure('profile-invalid', { what }));
}
