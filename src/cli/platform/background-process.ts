/** How much others go before it, as for nice(1). */
const NICENESS = 10;

/** Starts this program once more, silent and in a session of its own. Throws where it can't be started. */
export function startInBackground(args: readonly string[]): void {
  const program = Bun.isStandaloneExecutable ? [process.execPath] : [process.execPath, Bun.main];
  const child = Bun.spawn([...program, ...args], {
    // It stays in no folder, so that a disk can be taken away.
    cwd: "/",
    stdio: ["ignore", "ignore", "ignore"],
    detached: true,
  });
  child.unref();
  // At the same priority its first milliseconds would often go before the last ones of this process. `nice` would be looked for in
  // PATH, where the folder in which a command is typed may be.
  process.getBuiltinModule("node:os").setPriority(child.pid, NICENESS);
}
