/**
 * Runs tests with one PostgreSQL for all of them: all but the longest without arguments, those with `--long`, else what is named:
 * `bun scripts/test.ts [--long | WHAT BUN TEST TAKES]`. Build `dist/todo` first.
 */
import { globSync } from "node:fs";
import { SERVER_VARIABLE, startPostgres } from "../test/support/postgres/postgres.ts";

/** Half of the time of all tests together. What they test runs on the other database and in smaller tests, too. */
const LONGEST = [
  "test/sync/*.test.ts",
  "test/server/on-postgres.test.ts",
  "test/server/accounts/on-postgres.test.ts",
  "test/services/tasks/on-postgres.test.ts",
  "test/services/sync/exchange-on-postgres.test.ts",
  "test/cli/auth/secrets.test.ts",
  "test/cli/completion/bash.test.ts",
  "test/db/*/merge.test.ts",
  "test/db/filters-at-size.test.ts",
  "test/db/sqlite/busy.test.ts",
  "test/clients/better-auth.test.ts",
  "test/db/postgres/{account-races,accounts,concurrency,faults,migrate,neon-faults,role,row-security,store,sync}.test.ts",
  "test/process/killed.test.ts",
  "test/process/sync/{devices,faults}.test.ts",
  "test/process/server/{bystander,bystander-on-postgres,postgres-down}.test.ts",
];
/** What is never among them, as in bunfig.toml: a flag takes the place of what that says. */
const APART = ["test/vectors/**", "test/browser/**", "test/engines/**"];

const postgres = await startPostgres();
try {
  process.exitCode = await runTests(chooseTests(process.argv.slice(2)));
} finally {
  await postgres.remove();
}

function chooseTests(args: readonly string[]): readonly string[] {
  if (args.includes("--long")) return LONGEST.flatMap((pattern) => globSync(pattern)).map((path) => `./${path}`);
  const isAll = args.every((arg) => arg.startsWith("-"));
  return [...args, ...(isAll ? [...APART, ...LONGEST].flatMap((path) => ["--path-ignore-patterns", path]) : [])];
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
