import type { SiteProfile } from '#shared/site-profile.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';

export const certificate = '-----BEGIN CERTIFICATE-----\nMIIBAA==\n-----END CERTIFICATE-----\n';

/** A profile as a library holds it. */
export const storedProfile: SiteProfile = {
  ...trainingProfile({ host: '127.0.0.1', port: 1433, ca: certificate, serviceConfigPath: '/acs/service.config' }),
  name: 'Harbour Office',
};
