import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assessmentSchema } from '#shared/assessment.ts';
import type { Assessment } from '#shared/assessment.ts';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { assessCommand, assessmentText } from '#electron/cli/commands/assess.ts';
import { assessmentHtml, assessmentJson } from '#electron/documents/assessment-html.ts';
import { assess, assessUnreachable } from '#electron/site/assessment/assessment.ts';
import { wasReached } from '#electron/site/assessment/endpoint.ts';
import { fakeClient } from '#tests/unit/cli/fake-client.ts';
import { now, profile, soundGround, withSurvey, noRight, withTable } from './sample-survey.ts';

const { JSDOM } = createRequire(import.meta.url)('jsdom') as {
  readonly JSDOM: new (text: string) => { readonly window: { readonly document: Document } };
};
const parsed = (html: string) => new JSDOM(html).window.document;

const hostile = `<script>alert("1")</script>'&"<img src=x onerror=alert(2)></pre></td>`;
/** The report with every text replaced. */
function filled(text: string): Assessment {
  const report = assess(withSurvey({ connections: noRight }));
  return {
    ...report,
    site: { name: text, endpoint: text, database: text, controllerTable: text },
    as: text,
    verdicts: report.verdicts.map((verdict) => ({ ...verdict, sentence: text })),
    findings: report.findings.map((finding) => ({
      ...finding,
      title: text,
      detail: text,
      next: text,
      evidence: [text, text],
    })),
  };
}

const unreachable = (code: 'server-unreachable' | 'login-refused') =>
  assessUnreachable(
    profile,
    'mortise_run',
    code === 'server-unreachable'
      ? failure(code, { endpoint: 'sql.example:1433' })
      : failure(code, { login: 'mortise_run' }),
    now,
  );

describe('The report as a page', () => {
  it('shows hostile names as text: a browser reads the same elements as with plain ones', () => {
    const elements = (html: string) => [...parsed(html).querySelectorAll('*')].map(({ tagName }) => tagName);
    const page = assessmentHtml(filled(hostile));
    expect(elements(page)).toEqual(elements(assessmentHtml(filled('plain'))));
    const document = parsed(page);
    expect(document.querySelectorAll('script, img, link, iframe')).toHaveLength(0);
    expect(document.title).toBe(`Assessment of ${hostile}`);
    expect(document.querySelector('h3')?.textContent).toContain(hostile);
    expect(document.querySelector('pre')?.textContent).toBe(`${hostile}\n${hostile}`);
  });

  it('needs nothing from anywhere, and runs nothing', () => {
    const page = assessmentHtml(assess(soundGround));
    expect(page).not.toMatch(/https?:|src=|href=|@import|url\(/);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('@media print');
  });

  it('holds every verdict and every finding', () => {
    const report = assess(soundGround);
    const text = parsed(assessmentHtml(report)).body.textContent ?? '';
    for (const { sentence } of report.verdicts) expect(text).toContain(sentence);
    for (const { title, detail } of report.findings) {
      expect(text).toContain(title);
      expect(text).toContain(detail);
    }
  });

  it('is also there when the server cannot be reached, and says so', () => {
    const report = assessmentSchema.parse(unreachable('server-unreachable'));
    expect(wasReached(report)).toBe(false);
    const text = parsed(assessmentHtml(report)).body.textContent ?? '';
    expect(text).toContain('The server could not be read');
    expect(text).toContain('SQL Server at sql.example:1433 does not answer.');
    expect(text).toContain('TCP/IP is switched off in a new Express');
    expect(report.verdicts.map(({ state }) => state)).toEqual(['blocked', 'blocked', 'blocked']);
  });

  it('points to the setup login where Mortise has no login of its own yet', () => {
    const cause = failure('secret-unknown', { login: 'mortise_run' });
    expect(assessUnreachable(profile, 'mortise_run', cause, now).findings[0]?.next).toContain('--setup-login');
  });

  it('gives hints about ports and the Browser only where nobody answered', () => {
    expect(unreachable('login-refused').findings[0]?.evidence).toEqual([]);
    const named = {
      ...profile.endpoint,
      host: 'localhost',
      transport: { kind: 'instance', instance: 'NET2' } as const,
    };
    const cause = failure('server-unreachable', { endpoint: 'localhost\\NET2' });
    const [finding] = assessUnreachable({ ...profile, endpoint: named }, 'sa', cause, now).findings;
    expect(finding?.evidence.join('\n')).toContain('UDP 1434');
    expect(finding?.evidence.join('\n')).toContain('TcpDynamicPorts');
  });
});

describe('The report for programs', () => {
  it('is the assessment with the number of its form', () => {
    const { format, ...rest } = JSON.parse(assessmentJson(assess(soundGround))) as { readonly format: number };
    expect(format).toBe(1);
    expect(assessmentSchema.parse(rest)).toEqual(assess(soundGround));
  });
});

async function run(report: Assessment, options: { readonly json?: boolean; readonly html?: string } = {}) {
  const { client } = fakeClient({ 'assessment.run': succeed(report) });
  let out = '';
  let err = '';
  const output = { out: (text: string) => (out += text), err: (text: string) => (err += text) };
  const { json = false, html } = options;
  const code = await assessCommand(client, { json, html, setup: null }, output);
  return { code, out, err };
}

describe('mortise assess', () => {
  it('ends with 0 where everything is ready, 6 where something is not, 5 where nobody could log in', async () => {
    expect((await run(assess(soundGround))).code).toBe(0);
    expect((await run(assess(withSurvey({ connections: noRight })))).code).toBe(6);
    expect((await run(assess(withTable({ keys: [] })))).code).toBe(6);
    expect((await run(unreachable('server-unreachable'))).code).toBe(5);
    expect((await run(unreachable('login-refused'))).code).toBe(5);
  });

  it('prints what stands in the way before what is good, and no control character', async () => {
    const report = assess(withTable({ keys: [] }));
    const { out } = await run({ ...report, site: { ...report.site, name: 'a\u001B[2Jb\u0007' } });
    expect(out.indexOf('[IN THE WAY]')).toBeGreaterThan(0);
    expect(out.indexOf('[IN THE WAY]')).toBeLessThan(out.indexOf('[good]'));
    expect(assessmentText(report)).toContain('Next: ');
    expect(out).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('prints one document with --json, and saves the page besides', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mortise-report-'));
    try {
      const html = join(folder, 'report.html');
      const { out, err } = await run(assess(soundGround), { json: true, html });
      expect(JSON.parse(out)).toMatchObject({ format: 1, as: 'mortise_run' });
      expect(err).toContain(html);
      expect(await readFile(html, 'utf8')).toBe(assessmentHtml(assess(soundGround)));
      expect((await run(assess(soundGround), { html: join(folder, 'none', 'x.html') })).code).toBe(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('passes a failure of the call on', async () => {
    const { client } = fakeClient({ 'assessment.run': failed(failure('internal', { id: 'x' })) });
    const output = { out: () => undefined, err: () => undefined };
    expect(await assessCommand(client, { json: false, html: undefined, setup: null }, output)).toBe(1);
  });
});
