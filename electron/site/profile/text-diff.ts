/** How many unchanged lines stand around a change. */
const context = 3;

type Line = { readonly sign: ' ' | '-' | '+'; readonly text: string };

/** A unified diff of two texts, without headings; empty where they are the same. */
export function textDiff(before: string, after: string): string {
  const lines = diffLines(linesOf(before), linesOf(after));
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ sign }) => sign !== ' '),
  );
  const shown: string[] = [];
  let [oldLine, newLine] = [1, 1];
  for (const [index, { sign, text }] of lines.entries()) {
    if (near[index] === true) {
      if (near[index - 1] !== true) shown.push(`@@ -${oldLine} +${newLine} @@`);
      shown.push(sign + text);
    }
    if (sign !== '+') oldLine += 1;
    if (sign !== '-') newLine += 1;
  }
  return shown.join('\n');
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

const same = (text: string): Line => ({ sign: ' ', text });

/** By the longest common run of lines; what both begin and end with is taken off first. */
function diffLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1;
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

/** Tables larger than this are not filled; the change is then shown as all old lines and all new ones. */
const mostCells = 4_000_000;

function middle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const removed = before.map((text): Line => ({ sign: '-', text }));
  const added = after.map((text): Line => ({ sign: '+', text }));
  if (before.length * after.length > mostCells) return [...removed, ...added];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        before[i] === after[j]
          ? 1 + (common[(i + 1) * width + j + 1] ?? 0)
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      lines.push({ sign: ' ', text: before[i] ?? '' });
      i += 1;
      j += 1;
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
      lines.push({ sign: '-', text: before[i] ?? '' });
      i += 1;
    } else {
      lines.push({ sign: '+', text: after[j] ?? '' });
      j += 1;
    }
  }
  return [...lines, ...removed.slice(i), ...added.slice(j)];
}
