const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in attributes. Everything that comes from a site goes through it. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');

/** A table of names and values, both as text. */
export function factsTable(facts: readonly (readonly [string, string])[]): string {
  const rows = facts.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table>${rows.join('')}</table>`;
}

/** One page that needs nothing else, for people and printers: no script, no font, no picture from anywhere. `body` is HTML. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
body { font: 11pt/1.45 "Segoe UI", system-ui, sans-serif; margin: 2rem auto; max-width: 52rem; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 1.6rem; } h3 { font-size: 1rem; margin: 1rem 0 .2rem; }
p { margin: .3rem 0; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #bbb; }
pre { white-space: pre-wrap; background: #f3f3f3; color: #111; padding: .6rem; font-size: 9pt; }
.training { border: 2px solid; padding: .5rem; font-weight: 600; }
.severity { border: 1px solid; padding: 0 .4rem; font-size: 9pt; }
@media print { body { margin: 0; } h2, h3, tr, section { break-inside: avoid; } }
</style>
</head>
<body>
${body}
</body>
</html>
`;
}
