import { randomInt } from 'node:crypto';

/** Without the letters and digits that are taken for each other: I and 1, O and 0, U and V. */
const letters = 'ABCDEFGHJKLMNPQRSTVWXYZ23456789';
const groups = 4;
const groupLength = 4;

const group = () => Array.from({ length: groupLength }, () => letters[randomInt(letters.length)] ?? '').join('');

/** Sixteen random characters in four groups, that two people can compare over the telephone: `K7QD-93MX-F2WA-8TRC`. */
export function newNonce(): string {
  return Array.from({ length: groups }, group).join('-');
}

/** Whether a nonce can stand in a command line, in a text for PowerShell and in an answer as it is. */
export const isNonce = (text: string): boolean => /^[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,7}$/.test(text);
