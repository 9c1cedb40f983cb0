/** The name of an account's database in the browser. */
export function nameDatabase(account: string): string {
  return `todo:${account}`;
}
