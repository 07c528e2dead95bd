import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { consumerOf } from '#electron/consumers/consumer-of.ts';
import { nobodyToAsk } from '#electron/machine/person-to-ask.ts';
import { hostilePasswords } from '#tests/unit/consumers/consumer-contract.ts';
import { hostileTexts } from '#tests/unit/consumers/hostile-texts.ts';
import { kindSamples, samplePassword } from '#tests/unit/consumers/kind-samples.ts';
import type { KindSample } from '#tests/unit/consumers/kind-samples.ts';
import { findPeer, withPeer } from './peer.ts';

/** Restoring and building take their time on a machine that has never done it, in milliseconds. */
const limit = 400_000;

interface Question {
  readonly path: string;
  readonly kind: 'xml' | 'json' | 'ini' | 'udl';
  /** The way to the value, as the reader has it. */
  readonly place: string;
  readonly isString: boolean;
}

interface Written {
  readonly path: string;
  readonly text: string;
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-consumers-peer-'));
});
afterAll(() => rm(folder, { recursive: true }));

const sampleNamed = (name: string): KindSample => {
  const found = kindSamples.find((each) => each.name === name);
  if (found === undefined) throw new TypeError(`There is no sample ${name}.`);
  return found;
};

/** A file for each password that the consumer takes: what Mortise leaves behind, for others to read. */
async function writtenBy(sample: KindSample): Promise<readonly Written[]> {
  const own = await mkdtemp(join(folder, 'kind-'));
  const written: Written[] = [];
  for (const [index, text] of [...hostilePasswords, ...hostileTexts(150, 11)].entries()) {
    await mkdir(join(own, String(index)));
    const path = join(own, String(index), sample.file);
    await writeFile(path, sample.encode(sample.before + samplePassword + sample.after));
    const consumer = consumerOf({ ...sample.entry, path }, nobodyToAsk);
    if ((await consumer.write(new Secret(text), null)).ok) written.push({ path, text });
  }
  expect(written.length).toBeGreaterThan(30);
  return written;
}

async function answersOf(program: string, args: readonly string[], questions: readonly Question[]) {
  const child = spawn(program, [...args], {
    env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', PYTHONUTF8: '1' },
    timeout: limit,
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
  await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  expect(errors).toBe('');
  return output.split(/\r?\n/).filter((line) => line !== '');
}

const places = {
  'xml-config': ['xml', "/configuration/connectionStrings/add[@name='Acs']/@connectionString", true],
  'xml-attribute': ['xml', "/configuration/appSettings/add[@key='DbPassword']/@value", false],
  'json with a connection string': ['json', '/ConnectionStrings/Acs', true],
  'json with a password': ['json', '/Db/Password', false],
  udl: ['udl', '', true],
} as const;

describe('.NET', () => {
  withPeer(findPeer('dotnet'), (program) => {
    it(
      'reads every password that was written, in XML, JSON, data links and connection strings',
      async () => {
        const project = join(import.meta.dirname, 'consumers');
        const all: (Written & Question)[] = [];
        for (const [name, [kind, place, isString]] of Object.entries(places))
          for (const each of await writtenBy(sampleNamed(name))) all.push({ ...each, kind, place, isString });
        const questions = all.map(({ path, kind, place, isString }) => ({ path, kind, place, isString }));
        const lines = await answersOf(program, ['run', '--project', project], questions);
        const wrong = all.flatMap(({ text, kind, isString }, index) => {
          const answer = lines[index] ?? 'no answer';
          const [said, value = ''] = answer.split(' ');
          const read = said === 'ok' ? Buffer.from(value, 'base64').toString('utf16le') : answer;
          return read === text ? [] : [{ kind, isString, text, read }];
        });
        expect(wrong).toEqual([]);
        expect(lines).toHaveLength(all.length);
      },
      limit,
    );
  });
});

describe('Python', () => {
  withPeer(findPeer('python3'), (program) => {
    it.each([
      ['ini', 'ini', 'Database/Password'],
      ['xml-attribute', 'xml', "configuration/appSettings/add[@key='DbPassword']/@value"],
      ['json with a password', 'json', 'Db/Password'],
    ] as const)('reads every password that was written into a file of the kind %s', async (name, kind, place) => {
      const written = await writtenBy(sampleNamed(name));
      const questions = written.map(({ path }) => ({ path, kind, place, isString: false }));
      const lines = await answersOf(program, [join(import.meta.dirname, 'consumers', 'read.py')], questions);
      const read: unknown[] = lines.map((line) => JSON.parse(line));
      const wrong = written.flatMap(({ text }, index) => (read[index] === text ? [] : [{ text, read: read[index] }]));
      expect(wrong).toEqual([]);
    });
  });
});

const { parse: parseDotenv } = createRequire(import.meta.url)('dotenv') as {
  readonly parse: (content: string | Uint8Array) => Readonly<Record<string, string>>;
};

const envKinds = ["env in '", 'env in "', 'env without quotes'];

describe('Readers of variables', () => {
  it.each(envKinds)('dotenv reads every password that was written: %s', async (name) => {
    for (const { path, text } of await writtenBy(sampleNamed(name)))
      expect(parseDotenv(await readFile(path))['DB_PASSWORD']).toBe(text);
  });

  withPeer(findPeer('sh'), (program) => {
    it.each(envKinds.slice(0, 2))('the shell reads every password that was written: %s', async (name) => {
      for (const { path, text } of await writtenBy(sampleNamed(name))) {
        const { stdout } = spawnSync(program, ['-c', '. "$0"; printf %s "$DB_PASSWORD"', path], { encoding: 'utf8' });
        expect(stdout).toBe(text);
      }
    });
  });
});
