/** Starts this program once more, silent and in a session of its own. Throws where it can't be started. */
export function startInBackground(args: readonly string[]): void {
  const program = Bun.isStandaloneExecutable ? [process.execPath] : [process.execPath, Bun.main];
  // At the same priority its first milliseconds would often go before the last ones of this process.
  const nice = Bun.which("nice");
  Bun.spawn([...(nice === null ? [] : [nice, "-n", "10"]), ...program, ...args], {
    // It stays in no folder, so that a disk can be taken away.
    cwd: "/",
    stdio: ["ignore", "ignore", "ignore"],
    detached: true,
  }).unref();
}
