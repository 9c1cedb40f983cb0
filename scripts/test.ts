/**
 * Runs the tests with one PostgreSQL for all of them: `bun scripts/test.ts [WHAT BUN TEST TAKES]`. Build `dist/todo`
 * first.
 */
import { SERVER_VARIABLE, startPostgres } from "../test/support/postgres/postgres.ts";

const postgres = await startPostgres();
try {
  process.exitCode = await runTests(process.argv.slice(2));
} finally {
  await postgres.remove();
}

/** Three at once on two processors: many tests wait for the disk, a process or a clock. */
function runTests(args: readonly string[]): Promise<number> {
  const child = Bun.spawn([process.execPath, "test", "--parallel=3", "--timeout", "30000", ...args], {
    env: { ...process.env, [SERVER_VARIABLE]: postgres.urlOf("postgres", "postgres") },
    stdio: ["inherit", "inherit", "inherit"],
  });
  // The tests end first, because what they run still needs the server.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  return child.exited;
}
