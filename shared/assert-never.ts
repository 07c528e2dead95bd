/** Closes a switch over a union: a case that is forgotten does not compile, and throws if it comes in from outside. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
