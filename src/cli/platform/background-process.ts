/** The niceness of the background process, as for nice(1). */
const NICENESS = 10;

/** Starts this program once more, silent and in a session of its own. Throws if it can't be started. */
export function startInBackground(args: readonly string[]): void {
  const child = Bun.spawn([...findProgram(process.execPath), ...args], {
    // It holds no folder, so that a disk can be unmounted.
    cwd: "/",
    stdio: ["ignore", "ignore", "ignore"],
    detached: true,
  });
  child.unref();
  // At the same priority its first milliseconds would often delay the end of this process. `nice` is not used: it would
  // be looked up in PATH, which may contain the working directory.
  process.getBuiltinModule("node:os").setPriority(child.pid, NICENESS);
}

/** The command that starts what runs here once more. Linux still knows it when an upgrade has replaced the file. */
export function findRunningProgram(): string[] {
  return findProgram(process.platform === "linux" ? "/proc/self/exe" : process.execPath);
}

function findProgram(runtime: string): string[] {
  return Bun.isStandaloneExecutable ? [runtime] : [runtime, Bun.main];
}
