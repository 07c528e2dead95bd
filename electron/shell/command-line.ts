import { siteIdSchema } from '#shared/sites.ts';

/** What may be asked of the window when it is started. */
export interface WindowOptions {
  /** Opens the training site even where a real profile is stored. */
  readonly trainingOnly: boolean;
  readonly trainingPort: number | undefined;
  readonly controllers: number | undefined;
  /** A site of the library. */
  readonly siteId: string | undefined;
  /** A real site by its profile's file, whose owner and rights are checked before it is trusted. */
  readonly profilePath: string | undefined;
  /** Only when started from the repository; a packaged app has its state where the installer made it. */
  readonly stateFolder: string | undefined;
}

export type CommandLine =
  | { readonly understood: true; readonly options: WindowOptions }
  /** `refused` is the argument that is not on the list, without its value. */
  | { readonly understood: false; readonly refused: string };

interface Switch {
  readonly packaged: boolean;
  /** Undefined where the value does not fit. */
  readonly read: (value: string | undefined) => Partial<WindowOptions> | undefined;
}

function wholeNumber(value: string | undefined, least: number, most: number): number | undefined {
  if (value === undefined || !/^\d{1,6}$/.test(value)) return undefined;
  const number = Number(value);
  return number >= least && number <= most ? number : undefined;
}

const switches: Readonly<Record<string, Switch>> = {
  '--training': { packaged: true, read: (value) => (value === undefined ? { trainingOnly: true } : undefined) },
  '--training-port': {
    packaged: true,
    read: (value) => {
      const trainingPort = wholeNumber(value, 1, 65_535);
      return trainingPort === undefined ? undefined : { trainingPort };
    },
  },
  '--controllers': {
    packaged: true,
    read: (value) => {
      const controllers = wholeNumber(value, 1, 100_000);
      return controllers === undefined ? undefined : { controllers };
    },
  },
  '--site': {
    packaged: true,
    read: (value) => (siteIdSchema.safeParse(value).success ? { siteId: value } : undefined),
  },
  '--profile': {
    packaged: true,
    read: (value) => (value === undefined || value === '' ? undefined : { profilePath: value }),
  },
  '--state-folder': {
    packaged: false,
    read: (value) => (value === undefined || value === '' ? undefined : { stateFolder: value }),
  },
};

/**
 * Reads the arguments after the program's own path. A packaged, possibly elevated and signed program takes only what is
 * on the list: Chromium's and Node's switches (`--gpu-launcher`, `--inspect`, `--no-sandbox`, ...) would be a way to
 * run other code in it. Started from the repository, unknown ones are left to Electron and the test driver.
 */
export function readCommandLine(args: readonly string[], packaged: boolean): CommandLine {
  let options: WindowOptions = {
    trainingOnly: false,
    trainingPort: undefined,
    controllers: undefined,
    siteId: undefined,
    profilePath: undefined,
    stateFolder: undefined,
  };
  for (const argument of args) {
    const [name = '', ...rest] = argument.split('=');
    const known = Object.hasOwn(switches, name) ? switches[name] : undefined;
    if (known === undefined) {
      if (packaged) return { understood: false, refused: name };
      continue;
    }
    const read = packaged && !known.packaged ? undefined : known.read(rest.length === 0 ? undefined : rest.join('='));
    if (read === undefined) return { understood: false, refused: name };
    options = { ...options, ...read };
  }
  return { understood: true, options };
}

/** Whether two sites are asked for, or a port of the training site beside a real one. */
export function contradicts({ siteId, profilePath, trainingOnly, trainingPort, controllers }: WindowOptions): boolean {
  const isReal = siteId !== undefined || profilePath !== undefined;
  if (siteId !== undefined && profilePath !== undefined) return true;
  return isReal && (trainingOnly || trainingPort !== undefined || controllers !== undefined);
}
