import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { noAnswer } from '#electron/server/no-answer.ts';
import { failurePage } from '#electron/server/page/failure-page.ts';
import { openPageFiles } from '#electron/server/page/page-files.ts';
import { newNonce, pageHeaders, withNonce } from '#electron/server/page/page-policy.ts';

function pageFolder(): string {
  const outside = mkdtempSync(path.join(tmpdir(), 'mortise-page-'));
  const root = path.join(outside, 'renderer');
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  writeFileSync(path.join(outside, 'secret.html'), 'outside');
  writeFileSync(path.join(root, 'index.html'), '<style nonce="%NONCE%"></style>');
  writeFileSync(path.join(root, 'assets', 'page.js'), '1');
  writeFileSync(path.join(root, 'assets', 'page.js.map'), '{}');
  symlinkSync(path.join(outside, 'secret.html'), path.join(root, 'link.html'));
  return root;
}

describe('The files of the page', () => {
  it('are served with their content types, the root as index.html', async () => {
    const files = openPageFiles(pageFolder());
    expect((await files.read('/'))?.contentType).toBe('text/html; charset=utf-8');
    expect((await files.read('/assets/page.js'))?.contentType).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/../../secret.html',
    String.raw`/..\secret.html`,
    '/link.html',
    '/assets/page.js.map',
    '/assets',
    '/assets/',
    '//index.html',
    '/index.html%00.js',
    '',
  ])('do not include %s', async (address) => {
    expect(await openPageFiles(pageFolder()).read(address)).toBeUndefined();
  });
});

describe('The policy of the page', () => {
  it('gives every load a nonce of its own, in the page and in the policy', () => {
    const [one, other] = [newNonce(), newNonce()];
    expect(one).not.toBe(other);
    const html = new TextDecoder().decode(withNonce(new TextEncoder().encode('<a nonce="%NONCE%">%NONCE%'), one));
    expect(html).toBe(`<a nonce="${one}">${one}`);
    expect(pageHeaders(one)['Content-Security-Policy']).toContain(`style-src 'self' 'nonce-${one}'`);
  });

  it('allows neither inline scripts, eval, connections nor frames', () => {
    const policy = pageHeaders(newNonce())['Content-Security-Policy'] ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });
});

describe('The page of a site that cannot be opened', () => {
  it('shows sentence and next step as text, whatever they hold', () => {
    const page = failurePage(
      failure('state-folder-unsafe', { path: '<script>alert(1)</script>', who: `"&'`, mend: 'chmod' }),
      'Not opened',
    );
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('&quot;&amp;&#39;');
    expect(page).toContain('chmod');
  });
});

describe('A transport that gets no answer', () => {
  it('says it in the words of the catalogue', () => {
    expect(noAnswer.error).toEqual(failure('internal', { id: 'no-answer' }));
  });
});
