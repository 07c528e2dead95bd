import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { hashOf, nativeHashesFile } from './electron/shell/native-modules.ts';

const here = (...parts: string[]) => path.join(import.meta.dirname, ...parts);

/**
 * The statements that Mortise sends stand in .sql files which a DBA can read. They are laid beside the bundle, in the
 * folders they have beside the catalogue, because the catalogue reads them from its own folder.
 */
function sqlFilesBesideTheBundle(): Plugin {
  return {
    name: 'mortise:sql-files',
    generateBundle() {
      for (const folder of ['objects', 'statements']) {
        for (const name of readdirSync(here('electron/database', folder))) {
          if (!name.endsWith('.sql')) continue;
          const source = readFileSync(here('electron/database', folder, name));
          this.emitFile({ type: 'asset', fileName: `${folder}/${name}`, source });
        }
      }
    },
  };
}

/** What Windows PowerShell runs for Mortise stands in files too, which an administrator can read and sign. */
function scriptsBesideTheBundle(): Plugin {
  return {
    name: 'mortise:scripts',
    generateBundle() {
      const folder = here('electron/firewall/netsecurity/scripts');
      for (const name of readdirSync(folder)) {
        this.emitFile({ type: 'asset', fileName: `scripts/${name}`, source: readFileSync(path.join(folder, name)) });
      }
    },
  };
}

/** The folders of packages whose native modules are shipped; the second is there only where Windows' are built. */
const nativeFolders = ['keytar/prebuilds', `@koromix/koffi-win32-${process.arch}`];

/**
 * Native modules lie outside the packed archive, whose integrity Electron checks; what they must be stands inside, and
 * the window compares the two before it loads anything.
 */
function hashesOfNativeModules(): Plugin {
  return {
    name: 'mortise:native-modules',
    generateBundle() {
      const names = nativeFolders.flatMap((folder) =>
        existsSync(here('node_modules', folder))
          ? readdirSync(here('node_modules', folder), { recursive: true, encoding: 'utf8' })
              .filter((name) => name.endsWith('.node'))
              .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
          : [],
      );
      const hashes = names.toSorted().map((name) => [name, hashOf(readFileSync(here('node_modules', name)))]);
      const source = JSON.stringify(Object.fromEntries(hashes), undefined, 2);
      this.emitFile({ type: 'asset', fileName: nativeHashesFile, source });
    },
  };
}

/**
 * The window's main, the programs of the training site, the command line, and the thread that orders services. All code lies in one folder, because a
 * program finds its neighbours (.sql files, the training site's programs) beside itself.
 */
const entries = {
  main: 'electron/main.ts',
  'site-process': 'electron/training/site-process.ts',
  'service-process': 'electron/training/service-process.ts',
  mortise: 'electron/cli/mortise.ts',
  'service-call-worker': 'electron/services/windows/service-call-worker.ts',
};
const present = Object.entries(entries).filter(([, file]) => existsSync(here(file)));

// One build that runs in the Electron the product ships and in the oldest it is tested in.
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

export default defineConfig({
  main: {
    plugins: [sqlFilesBesideTheBundle(), scriptsBesideTheBundle(), hashesOfNativeModules()],
    build: {
      outDir: 'out/main',
      target: nodeTarget,
      minify: false,
      // Everything is bundled but the native modules, so that no folder of packages has to be shipped.
      externalizeDeps: false,
      rolldownOptions: {
        input: Object.fromEntries(present.map(([name, file]) => [name, here(file)])),
        external: ['electron', 'keytar', 'koffi'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: here('electron/preload.ts') },
        external: ['electron'],
        // A sandboxed preload is CommonJS and can load nothing but Electron's own module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    html: { cspNonce: '%NONCE%' },
    build: {
      outDir: here('out/renderer'),
      target: chromeTarget,
      minify: true,
      // Its helper would only be dead weight: the page has the one chunk it needs.
      modulePreload: false,
      // The page is read from the disk beside it, in one piece.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: here('renderer/index.html'),
        // 'use client' is for React servers; Fluent UI writes it into each of its files.
        checks: { moduleLevelDirective: false },
      },
    },
  },
});
