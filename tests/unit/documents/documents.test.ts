import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const documents = ['README.md', 'ARCHITECTURE.md', 'SECURITY.md', 'KNOWN-ISSUES.md'];
const rooms = /^(?:electron|renderer|shared|build|tests|docs|\.ci)\//;

/** What a document names in backticks or links to, where it names a place of the repository. */
function namedPlaces(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s*]+)`/g)].map((match) => match[1] ?? '');
  const linked = [...text.matchAll(/\]\(([^)#\s]+)\)/g)].map((match) => match[1] ?? '');
  return [...quoted.filter((place) => rooms.test(place)), ...linked.filter((place) => !place.includes(':'))];
}

describe('The documents', () => {
  it.each(documents)('%s names only what is there', (name) => {
    const missing = namedPlaces(readFileSync(join(root, name), 'utf8')).filter(
      (place) => !existsSync(join(root, place)),
    );
    expect(missing).toEqual([]);
  });

  it('name something at all, or this test would prove nothing', () => {
    expect(namedPlaces(readFileSync(join(root, 'SECURITY.md'), 'utf8')).length).toBeGreaterThan(10);
  });

  it('the README names every npm script that a person runs', () => {
    const scripts = ['start', 'test', 'training', 'mortise'];
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const declared = Object.keys(
      (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts,
    );
    expect(scripts.filter((script) => !declared.includes(script) || !readme.includes(script))).toEqual([]);
  });
});
