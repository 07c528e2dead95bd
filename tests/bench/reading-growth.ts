import { listedControllers } from '#shared/vocabulary.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { siteStatusOf } from './sample-status.ts';
import { driftOf } from '#electron/site/drift.ts';
import { controllersOf, sessionsOf } from '#electron/site/status-view.ts';
import { controllersSchema } from '#shared/snapshot.ts';
import { profile } from './sample-status.ts';
import { ratioText } from './median.ts';

/** Mortise's own part of a status: what it does with the answer. */
function process(status: SiteStatus): void {
  controllersSchema.parse(controllersOf(status, profile, new Date()));
  sessionsOf(status);
  driftOf(status, new Map());
}

function timeOf(status: SiteStatus): number {
  const began = performance.now();
  for (let round = 0; round < 20; round += 1) process(status);
  return performance.now() - began;
}

/** How Mortise's own processing of a status grows with the site; the server counts, and at most 500 rows are sent. */
export async function readingGrowth(): Promise<readonly string[]> {
  const small = siteStatusOf(5_000);
  const large = siteStatusOf(50_000);
  for (let warm = 0; warm < 5; warm += 1) [small, large].forEach((status) => timeOf(status));
  const pairs = Array.from({ length: 9 }, () => [timeOf(large), timeOf(small)] as const);
  const ratio = ratioText(
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
  );
  return await Promise.resolve([
    `processing of a status with 50,000 controllers against 5,000: ${ratio}; ${listedControllers} rows are sent at most`,
  ]);
}
