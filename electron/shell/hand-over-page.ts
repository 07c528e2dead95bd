import { escapeHtml } from '#electron/documents/html-page.ts';

/** What stands in the window that shows a password to the person who has to type it. */
export interface HandOverWords {
  readonly title: string;
  readonly instructions: string;
  readonly password: string;
  readonly hint: string;
  readonly done: { readonly words: string; readonly address: string };
  readonly cancel: { readonly words: string; readonly address: string };
}

/** In groups of four, so that the eye finds its place again; together they read, and copy, as one. */
const grouped = (password: string) =>
  (
    Array.from(password)
      .join('\n')
      .match(/(?:[^]\n?){1,4}/gu) ?? []
  )
    .map((group) => `<span>${escapeHtml(group.replaceAll('\n', ''))}</span>`)
    .join('');

/** One page that runs no script, loads nothing and keeps nothing. */
export function handOverPage({ title, instructions, password, hint, done, cancel }: HandOverWords): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.45 "Segoe UI", system-ui, sans-serif; margin: 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.15rem; margin: 0 0 .6rem; }
p { margin: .4rem 0; white-space: pre-line; }
output { display: block; font: 600 1.35rem/1.9 Consolas, "DejaVu Sans Mono", monospace; border: 1px solid; padding: .5rem .8rem; margin: .9rem 0; user-select: all; }
output span { display: inline-block; margin-right: .55em; }
nav { display: flex; gap: .8rem; margin-top: 1.2rem; }
nav a { border: 1px solid; border-radius: 4px; padding: .35rem 1.1rem; color: inherit; text-decoration: none; }
nav a:focus-visible { outline: 3px solid; outline-offset: 2px; }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(instructions)}</p>
<output>${grouped(password)}</output>
<p>${escapeHtml(hint)}</p>
<nav><a role="button" href="${escapeHtml(done.address)}">${escapeHtml(done.words)}</a> <a role="button" href="${escapeHtml(cancel.address)}">${escapeHtml(cancel.words)}</a></nav>
</body>
</html>
`;
}
