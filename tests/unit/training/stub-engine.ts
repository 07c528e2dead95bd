import type { SiteEngine, EngineOptions } from '#electron/training/site/engine.ts';
import type { BackendEvent, BackendSession } from '#electron/training/tds/backend.ts';
import { practiceLogins } from '#electron/training/practice-logins.ts';

export function makeSiteEngine(options: EngineOptions): SiteEngine {
  const model = options.stored
    ? (JSON.parse(options.stored) as { passwords: Record<string, string>; beats: number; controllers: number })
    : {
        passwords: Object.fromEntries(practiceLogins.map((l) => [l.login, l.password])),
        beats: 0,
        controllers: options.controllers,
      };
  let next = 50;
  return {
    encode: () => JSON.stringify(model),
    image: () => JSON.stringify({ passwords: model.passwords, controllers: model.controllers }),
    admits: () => true,
    login: async (request) => {
      if (model.passwords[request.user] !== request.password)
        return {
          ok: false,
          message: {
            number: 18456,
            severity: 14,
            state: 1,
            text: `Login failed for user '${request.user}'.`,
            procedure: '',
            line: 1,
          },
        };
      let tran = 0n;
      const run = async function* (text: string): AsyncIterable<BackendEvent> {
        const alter = /ALTER LOGIN \[?(\w+)\]? WITH PASSWORD = N?'([^']*)'/u.exec(text);
        if (alter?.[1] !== undefined && alter[2] !== undefined) {
          model.passwords[alter[1]] = alter[2];
          options.onChange();
        } else if (text.startsWith('UPDATE')) {
          model.beats += 1;
          options.onChange();
        } else if (text.includes('SELECT'))
          yield { kind: 'rows', columns: [{ name: 'n', type: { name: 'int' }, nullable: false }], rows: [[1]] };
        yield { kind: 'done', rowCount: 1 };
      };
      const session: BackendSession = {
        id: (next += 1),
        execute: (text) => run(text),
        callProcedure: (name) => run(name),
        begin: () => (tran = 1n),
        commit: () => {
          tran = 0n;
          return undefined;
        },
        rollback: () => {
          tran = 0n;
          return undefined;
        },
        save: () => undefined,
        transaction: () => tran,
        reset: () => {
          tran = 0n;
        },
        end: () => undefined,
      };
      return { ok: true, session, database: 'Acs' };
    },
  };
}
