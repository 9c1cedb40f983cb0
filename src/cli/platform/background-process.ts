/** The niceness of the background process, as for nice(1). */
const NICENESS = 10;

/** Starts this program once more, silent and in a session of its own. Throws if it can't be started. */
export function startInBackground(args: readonly string[]): void {
  const program = Bun.isStandaloneExecutable ? [process.execPath] : [process.execPath, Bun.main];
  const child = Bun.spawn([...program, ...args], {
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
