/** The account of a database that belongs to none, of this browser alone. */
export const ALONE_ACCOUNT = "local";

/** The name of an account's database in the browser. */
export function nameDatabase(account: string): string {
  return `todo:${account}`;
}
