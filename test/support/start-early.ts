import { beforeAll } from "bun:test";

/** Starts what takes long and little of the processor beside all tests of a file. Answers how a test waits for one of them. */
export function startEarly(works: Readonly<Record<string, () => Promise<void>>>): (name: string) => Promise<void> {
  const started = new Map<string, Promise<void>>();
  beforeAll(() => {
    for (const [name, work] of Object.entries(works)) {
      const running = work();
      // Whoever waits for it is told.
      running.catch(() => undefined);
      started.set(name, running);
    }
  });
  return (name) => started.get(name) ?? Promise.reject(new Error(`${name} was not started`));
}
