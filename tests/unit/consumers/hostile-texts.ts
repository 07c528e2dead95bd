import { Seeded } from '#tests/peers/seeded.ts';

const signs = Array.from(
  `aB3 ;='"{}&<>\\\t\n\r$%!-[]()|^~,.:#@+_*?/äßñ€漢😀\u00A0\u2028\u0000\u0007\uFFFF\uD800\uFEFF\u200B\u0301`,
);
const plain = Array.from('abcXYZ019-._+');

/** Passwords of up to 128 UTF-16 units, which is what SQL Server counts, the same in every run: some of hostile signs only, most with a few among plain ones. */
export function hostileTexts(count: number, seed = 5): readonly string[] {
  const seeded = new Seeded(seed);
  return Array.from({ length: count }, (_none, index) => {
    const length = index % 10 === 0 ? 128 : 1 + seeded.below(20);
    const oneIn = 1 + seeded.below(12);
    return Array.from({ length }, () => seeded.of(seeded.below(oneIn) === 0 ? signs : plain))
      .join('')
      .slice(0, 128);
  });
}
