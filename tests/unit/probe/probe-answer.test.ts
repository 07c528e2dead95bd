import { describe, expect, it } from 'vitest';
import { readProbeAnswer } from '#electron/probe/probe-answer.ts';
import type { ProbeAnswer, ProbeExpectation } from '#electron/probe/probe-answer.ts';
import type { ReadProbe } from '#electron/probe/answer-block.ts';
import { askedAt, blockOf, blocked, edited, expected } from './answers.ts';

/** What was read, or the cause of the refusal. */
function read(text: string, changes: Partial<ProbeExpectation> = {}): ProbeAnswer | string {
  const answer = readProbeAnswer(text, { ...expected, ...changes });
  if (answer.ok) return answer.value;
  expect(answer.error.code).toBe('probe-not-one');
  return answer.error.sentence.replace('This is no answer of a probe of this site: ', '');
}

const other = (letter: string) => (letter === '4' ? '5' : '4');
const tried = (address: string) => blockOf({ sightings: blocked.sightings.map((each) => ({ ...each, address })) });
const day = 24 * 60 * 60 * 1000;
const at = (time: Date, by: number) => new Date(time.getTime() + by).toISOString();

const whole: ProbeAnswer = {
  from: 'ENGINEER-PC (192.0.2.20)',
  at: '2026-11-21T10:05:00Z',
  seen: [
    { protocol: 'tcp', port: 1433, saw: 'filtered', version: null },
    { protocol: 'udp', port: 1434, saw: 'filtered', version: null },
  ],
  untried: [],
};

const wrapped = (width: number) => blockOf().replaceAll(new RegExp(`(.{${width}})`, 'g'), '$1\n');

describe('An answer of a probe', () => {
  it('is read as it was printed', () => {
    expect(read(blockOf())).toEqual(whole);
  });

  const lines = blockOf().trim().split('\n');
  const carried: readonly (readonly [string, string])[] = [
    ['with the line ends of Windows', blockOf().replaceAll('\n', '\r\n')],
    ['without its last line end', blockOf().trim()],
    ['with lines of 76 letters', wrapped(76)],
    ['with lines of 7 letters', wrapped(7)],
    ['quoted in a reply', lines.map((line) => `> ${line}`).join('\n')],
    [
      'quoted twice and wrapped',
      wrapped(60)
        .split('\n')
        .map((line) => `>> > ${line}`)
        .join('\r\n'),
    ],
    ['quoted with bars', lines.map((line) => `| ${line}`).join('\n')],
    ['indented', lines.map((line) => `\t    ${line}   `).join('\n')],
    ['with characters that have no width', blockOf().replaceAll('1433', '14\u200B3\u200D3\uFEFF')],
    ['with blanks that do not break', lines.map((line) => `\u00A0\u2007${line}`).join('\n')],
    ['behind a byte order mark', `\uFEFF${blockOf()}`],
    ['inside a letter', `Hello,\nas you wished.\n\n${blockOf()}\n-- \nKim > Example | Ltd\n`],
    [
      'from a file that Windows PowerShell wrote',
      new TextDecoder().decode(Buffer.from(`\uFEFFTrying 2 ports.\r\n${blockOf()}`, 'utf16le')),
    ],
    ['twice, because the letter quotes itself', `${blockOf()}\n> ${lines.join('\n> ')}`],
    ['behind an answer to an older request', `${blockOf({ nonce: 'AAAA-BBBB' })}\n${blockOf()}`],
    ['with the text of the console around it', `PS C:\\> & {\nTrying 2 ports.\n${blockOf()}PS C:\\> `],
  ];
  it.each(carried)('is read %s', (_how, text) => {
    expect(text).not.toBe(blockOf());
    expect(read(text)).toEqual(whole);
  });

  it('is refused after any one of its characters is lost, doubled or changed', () => {
    const line = lines[1] ?? '';
    for (let at = 0; at < line.length; at += 1) {
      const [before, letter, after] = [line.slice(0, at), line.charAt(at), line.slice(at + 1)];
      for (const changed of [before + after, before + letter + letter + after, before + other(letter) + after])
        if (changed !== line)
          expect([at, typeof read([lines[0], changed, lines[2]].join('\n'))]).toEqual([at, 'string']);
    }
  });

  it('is refused wherever it is cut', () => {
    const text = blockOf().trim();
    for (let length = 0; length < text.length; length += 1) {
      expect(typeof read(text.slice(0, length))).toBe('string');
      expect(typeof read(text.slice(text.length - length))).toBe('string');
    }
  });

  const damaged: readonly (readonly [string, string, string])[] = [
    ['nothing at all', ' \r\n ', 'the text is empty.'],
    [
      'another text',
      'Nothing answered here, all is well.',
      'it has no line MORTISE-PROBE-BEGIN with an answer after it.',
    ],
    ['no first line', lines.slice(1).join('\n'), 'its beginning is missing.'],
    ['no last line', lines.slice(0, 2).join('\n'), 'its end is missing.'],
    ['half a line', [lines[0], lines[1]?.slice(0, 80), lines[2]].join('\n'), 'its end is missing.'],
    [
      'a port that was changed',
      blockOf().replace('1433', '1533'),
      'it was altered on the way, or a part of it is missing.',
    ],
    ['a whole answer and half of another', `${blockOf()}${lines.slice(0, 2).join('\n')}`, 'its end is missing.'],
    [
      'another format',
      edited('"format":1', '"format":2'),
      'it is written in format 2, and this version of Mortise reads format 1.',
    ],
    ['a field that is not known', edited('"at"', '"signed":true,"at"'), 'it was altered.'],
    ['a port of 70000', edited('1433/tcp', '70000/tcp'), 'it was altered: "70000/tcp=filtered".'],
    ['a port of 0', edited('1433/tcp', '0/tcp'), 'it was altered: "0/tcp=filtered".'],
    ['a word that is not known', edited('1433/tcp=filtered', '1433/tcp=closed'), 'it was altered: "1433/tcp=closed".'],
    [
      'a version that is text',
      edited('1433/tcp=filtered', '1433/tcp=answered:<b>'),
      'it was altered on the way, or a part of it is missing.',
    ],
    [
      'a version where nobody answered',
      edited('1433/tcp=filtered', '1433/tcp=filtered:16.0.1'),
      'it was altered: "1433/tcp=filtered:16.0.1".',
    ],
    ['an address that is none', edited('"192.0.2.10"', '"server"'), 'it was altered: "1433/tcp=filtered".'],
    ['a machine without a name', edited('ENGINEER-PC', ''), 'it was altered.'],
    ['a time that is none', edited('2026-11-21T10:05:00Z', 'yesterday'), 'it was altered.'],
    [
      'an older answer alone',
      blockOf({ nonce: 'AAAA-BBBB' }),
      `it answers the request AAAA-BBBB, and the last one from here is ${expected.nonce}.`,
    ],
    [
      'two answers that differ',
      `${blockOf()}${blockOf({ at: '2026-11-21T10:05:30Z' })}`,
      'it holds several answers, and they differ: take one after the other.',
    ],
  ];
  it.each(damaged)('is refused where it is %s', (_what, text, cause) => {
    expect(read(text)).toBe(cause);
  });

  it('is refused from this very machine', () => {
    const cause = 'it was made on this very machine (192.0.2.10), and a connection to oneself proves nothing.';
    expect(read(blockOf({ from: { name: 'ACS', addresses: ['192.0.2.10'] } }))).toBe(cause);
    expect(read(blockOf({ from: { name: 'ACS', addresses: [] } }))).toBe(
      'it does not say from which address it tried.',
    );
  });

  it('is refused where the other machine only reached itself', () => {
    expect(read(tried('127.0.0.1'))).toBe('it tried 127.0.0.1, which is not this machine.');
    expect(read(tried('203.0.113.9'))).toBe('it tried 203.0.113.9, which is not this machine.');
    // Both machines have the bridge of a container network.
    const bridge = { addresses: ['172.17.0.1'], ownAddresses: ['192.0.2.10', '172.17.0.1'] };
    const from = { name: 'ENGINEER-PC', addresses: ['192.0.2.20', '172.17.0.1'] };
    const sightings = blocked.sightings.map((each) => ({ ...each, address: '172.17.0.1' }));
    expect(read(blockOf({ from, sightings }), bridge)).toBe('it says nothing of the port 1433, 1434/udp.');
  });

  it.each(['2001:0DB8:0:0::0010', '2001:db8::10%4'])('knows an address that is written %s', (written) => {
    const sightings = blocked.sightings.map((each) => ({
      ...each,
      address: each.address.replace('2001:db8::10', written),
    }));
    expect(read(blockOf({ sightings }))).toEqual(whole);
  });

  it('knows an address of IPv4 inside one of IPv6', () => {
    const ownAddresses = ['::ffff:192.0.2.10', '2001:db8::10'];
    expect(read(blockOf(), { ownAddresses, addresses: ['2001:db8::10'] })).toEqual(whole);
    const from = { name: 'ACS', addresses: ['::ffff:c000:20a'] };
    expect(read(blockOf({ from }), { ownAddresses })).toContain('on this very machine (192.0.2.10)');
  });

  it('is taken from a machine whose clock is wrong by less than a day, and from none else', () => {
    const early = at(askedAt, 1000 - day);
    const late = at(expected.now, day - 1000);
    expect(read(blockOf({ at: early }))).toEqual({ ...whole, at: early });
    expect(read(blockOf({ at: late }))).toEqual({ ...whole, at: late });
    expect(read(blockOf({ at: at(askedAt, -1000 - day) }))).toBe(
      'it says 2026-11-20T09:59:59.000Z, more than a day before it was asked for: it is too old, or the clock over there is wrong.',
    );
    expect(read(blockOf({ at: at(expected.now, day + 1000) }))).toBe(
      'it says 2026-11-22T10:06:01.000Z, more than a day from now: the clock over there or the one here is wrong.',
    );
  });

  it('is refused where it says nothing of a listener', () => {
    const listeners = [...expected.listeners, { protocol: 'tcp', port: 1434 } as const];
    expect(read(blockOf(), { listeners })).toBe('it says nothing of the port 1434.');
  });

  it('is refused where a listener could not be tried, and says why', () => {
    const sightings = blocked.sightings.map(
      ({ address, port, protocol }) => ({ address, port, protocol, saw: 'untried', why: 'no-route' }) as const,
    );
    expect(read(blockOf({ sightings }))).toBe(
      'the port 1433 could not be tried over there: there is no way to it from here.',
    );
  });

  it('names the addresses of this machine that were not tried', () => {
    const noV6: ReadProbe['sightings'] = blocked.sightings.map((each) =>
      each.address.includes(':')
        ? { address: each.address, port: each.port, protocol: each.protocol, saw: 'untried', why: 'no-route' }
        : each,
    );
    expect(read(blockOf({ sightings: noV6 }))).toEqual({
      ...whole,
      untried: ['2001:db8::10: there is no way to it from here'],
    });
    expect(read(blockOf({ sightings: blocked.sightings.slice(0, 2) }))).toEqual({
      ...whole,
      untried: ['2001:db8::10: not tried'],
    });
  });

  it('counts the most that any address let through', () => {
    const [first, ...rest] = blocked.sightings;
    const answered = {
      ...first,
      address: '192.0.2.10',
      protocol: 'tcp',
      port: 1433,
      saw: 'answered',
      version: '16.0.4165',
    } as const;
    for (const sightings of [
      [answered, ...rest],
      [...rest.slice(0, 1), ...rest.slice(1), answered],
    ])
      expect(read(blockOf({ sightings }))).toMatchObject({
        seen: expect.arrayContaining([{ protocol: 'tcp', port: 1433, saw: 'answered', version: '16.0.4165' }]),
      });
  });

  it('holds five hundred listeners at eight addresses in a text that can be pasted', () => {
    const listeners = Array.from({ length: 500 }, (_, index) => ({ protocol: 'tcp', port: 49_152 + index }) as const);
    const addresses = Array.from({ length: 8 }, (_, index) => `192.0.2.${index + 1}`);
    const sightings = addresses.flatMap((address) =>
      listeners.map((listener) => ({ ...listener, address, saw: 'filtered', version: null }) as const),
    );
    const text = blockOf({ sightings });
    expect(text.length).toBeLessThan(100_000);
    expect(read(text, { listeners, addresses, ownAddresses: addresses })).toMatchObject({ untried: [] });
  });

  it('writes the name of a machine in letters that survive', () => {
    const text = blockOf({ from: { name: 'Büro "Ost" > 3', addresses: ['192.0.2.20'] } });
    expect(read(text)).toMatchObject({ from: 'B_ro__Ost____3 (192.0.2.20)' });
  });
});
