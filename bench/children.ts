import type { Subprocess } from "bun";

const running = new Set<Subprocess>();

/** Remembers a process that must not outlive this one. */
export function keepTrack<Child extends Subprocess>(child: Child): Child {
  running.add(child);
  void child.exited.then(() => running.delete(child));
  return child;
}

/** Ends what still runs, and waits until it has. */
export async function stopChildren(): Promise<void> {
  for (const child of running) child.kill();
  await Promise.all([...running].map((child) => child.exited));
}
