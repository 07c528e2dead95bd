import { Secret } from '#shared/secret.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import { createEngine } from '#electron/training/engine/engine.ts';
import { trainingModel } from '#electron/training/engine/training-model.ts';
import { practiceLogins } from '#electron/training/practice-logins.ts';
import { makeTrainingCertificate } from '#electron/training/tds/certificate.ts';
import { createTdsServer } from '#electron/training/tds/tds.ts';
import type { SiteOnServer } from './site-on-server.ts';

const certificate = await makeTrainingCertificate();

/** The simulated server behind a socket of its own. */
export async function openTrainingServer(): Promise<SiteOnServer> {
  const engine = createEngine({ model: trainingModel() });
  const server = createTdsServer({
    backend: {
      admits: () => true,
      login: async (request, disconnect) => await engine.login(request, disconnect),
    },
    certificate,
    encryption: 'required',
    version: { major: 15, minor: 0, build: 4430 },
  });
  const port = await server.listen(0, ['127.0.0.1']);
  return {
    profile: trainingProfile({ host: '127.0.0.1', port, ca: certificate.ca, serviceConfigPath: '/nowhere' }),
    credential: (login) => ({
      login,
      secret: new Secret(practiceLogins.find((each) => each.login === login)?.password ?? ''),
    }),
    close: async () => await server.close(),
  };
}
