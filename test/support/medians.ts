/**
 * Median processor time of each kind of work, in microseconds: on a machine with nothing else to do, the time that goes by.
 * The kinds take turns, so that what slows one down slows down all.
 */
export async function mediansOf(kinds: readonly (() => Promise<unknown>)[], rounds: number): Promise<number[]> {
  const times: number[][] = kinds.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, work] of kinds.entries()) {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      times[at]?.push(user + system);
    }
  }
  return times.map((each) => each.toSorted((one, other) => one - other)[rounds >> 1] ?? NaN);
}
