/** The middle of the measurements; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}

/** `1.23 (1.10 to 1.40, 7 pairs)` of the ratios a/b, pair by pair. */
export function ratioText(a: readonly number[], b: readonly number[]): string {
  const ratios = a.map((value, index) => value / (b[index] ?? Number.NaN));
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}, ${ratios.length} pairs)`;
}
