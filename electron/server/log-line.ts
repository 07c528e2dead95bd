import type { z } from 'zod';

const mostIssues = 5;

/**
 * Names what does not fit by place and kind only (`setup.password: too_big`): neither values nor unknown key names,
 * which a stranger could have chosen, go into a sentence or a log.
 */
export function namedIssues(error: z.ZodError): string {
  const named = error.issues.slice(0, mostIssues).map((issue) => {
    const place = issue.path.map(String).join('.');
    return `${place === '' ? 'the whole' : place}: ${issue.code}`;
  });
  const more = error.issues.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** The words of an input that must never be logged: everything under a key named `password`, however deep. */
export function secretsIn(input: unknown): readonly string[] {
  const found: string[] = [];
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') {
      if (key === 'password' && value !== '') found.push(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) walk(inner, name);
    }
  };
  walk(input, '');
  return found;
}

/** An exception for main's log, with what the person typed as a password taken out of it. */
export function describeDefect(error: unknown, secrets: readonly string[]): string {
  const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : `a thrown ${typeof error}`;
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
}
