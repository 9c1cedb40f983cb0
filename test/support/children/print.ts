/** What a script says to the test that started it. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
