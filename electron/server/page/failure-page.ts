import type { Failure } from '#shared/errors.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, in content and in attributes. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');

/** The page shown where Mortise cannot open its site: what is the matter and what to do. Static, without a script. */
export function failurePage(failure: Failure, title: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${escapeHtml(title)}</title>
    <style nonce="%NONCE%">
      :root { color-scheme: light dark; font: 100%/1.5 'Segoe UI', system-ui, sans-serif; }
      body { margin: 0; display: grid; min-height: 100vh; place-items: center; }
      main { max-width: 40rem; padding: 2rem; }
      h1 { font-size: 1.25rem; font-weight: 600; }
      p { margin: 0.75rem 0; overflow-wrap: anywhere; }
    </style>
  </head>
  <body>
    <main role="alert">
      <h1>${escapeHtml(title)}</h1>
      <p>${escapeHtml(failure.sentence)}</p>
      <p>${escapeHtml(failure.next)}</p>
    </main>
  </body>
</html>
`;
}
