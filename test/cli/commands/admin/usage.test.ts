import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../../../src/db/sqlite/database.ts";
import { signIn, signUp } from "../../../support/accounts/drafts.ts";
import { DATABASE } from "../../../support/cli/remote.ts";
import { useTerminals } from "../../../support/cli/terminal.ts";
import { createTestUser } from "../../../support/stores/test-user.ts";

const openTerminal = useTerminals();

describe("`todo admin usage`", () => {
  test("shows what there is of each user, and how near a limit it is", async () => {
    const { run, print } = openTerminal({ env: { TODO_TASK_QUOTA: "4" } });
    await print("add", "Milk");
    await print("add", "Tea");
    const { code, out, err } = await run("admin", "usage");
    expect([code, err]).toEqual([0, "Database: :memory:\n"]);
    expect(out).toMatch(
      /^local {2}2 tasks {2}\d\.\d KiB {2}history \d\.\d KiB {2}devices 0 {2}tokens 0 {2}50 % of a limit\n$/,
    );
    expect(await print("admin", "usage", "--quiet")).toBe("local\n");
  });

  test("shows accounts of a database on a server to a role that sees no other users, and says so", async () => {
    const { accounts, usage, store } = openSqlite(":memory:");
    const account = await signUp(accounts, { email: "ada@example.org" });
    await signIn(accounts, account);
    const bound = { ...usage, listUsers: () => Promise.resolve([]) };
    const { run, print } = openTerminal({ env: { DATABASE_URL: DATABASE }, server: { accounts, usage: bound } });
    const { out, err } = await run("admin", "usage");
    expect(out).toBe("ada@example.org  0 tasks  0 B  history 0 B  devices 1  tokens 0  1 % of a limit\n");
    expect(err).toBe(
      "Database: db.example.com/todo\nUsers of other issuers are shown to a role that row-level security does not bind.\n",
    );
    expect(JSON.parse(await print("admin", "usage", "--json"))).toEqual({
      limits: { tasks: 200_000, bytes: 1_073_741_824, devices: 100, tokens: 100 },
      users: [
        {
          id: account.id,
          email: "ada@example.org",
          tasks: 0,
          bytes: 0,
          history_bytes: 0,
          head_bytes: 0,
          devices: 1,
          tokens: 0,
        },
      ],
    });
    await store.close();
  });

  test("shows users of other issuers by their id", async () => {
    const database = openSqlite(":memory:");
    const { user, add } = createTestUser(database.store);
    await add({ title: "Milk" });
    const { print } = openTerminal({ env: { DATABASE_URL: DATABASE }, server: database });
    expect(await print("admin", "usage", "--quiet")).toBe(`${user}\n`);
  });
});
