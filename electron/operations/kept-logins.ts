import type { SiteProfile } from '#shared/site-profile.ts';

/** The logins whose passwords Mortise looks after: those of services, and its own. */
export function keptLogins({ serviceLogins, runLogin }: SiteProfile): readonly string[] {
  return [...new Set([...serviceLogins.map(({ login }) => login), runLogin])];
}
