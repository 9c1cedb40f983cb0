/** The statuses of so many requests, one after another. */
export async function repeat(count: number, ask: (at: number) => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at += 1) statuses.push(await ask(at));
  return statuses;
}

/** The same status so many times. */
export function times(count: number, status: number): number[] {
  return Array.from({ length: count }, () => status);
}
