/** The results of so many requests, one after another. */
export async function repeat<Result>(count: number, ask: (at: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < count; at += 1) results.push(await ask(at));
  return results;
}

/** The same status so many times. */
export function times(count: number, status: number): number[] {
  return Array.from({ length: count }, () => status);
}
