import { describe, expect, test } from "bun:test";
import { createAccessTokens } from "../../../src/services/accounts/access-tokens.ts";
import { hashSecret, makePersonalToken } from "../../../src/services/accounts/opaque-secrets.ts";
import { draftAccount, draftSession, draftToken } from "../../support/accounts/drafts.ts";
import { DATABASE, NAME, SECRET } from "../../support/cli/remote.ts";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const EMAIL = "ada@example.com";
const LIMIT = 10;

/** A terminal on a database on a server in which Ada has an account, with a token of a program and one of a device. */
async function openWithAccount(env: Record<string, string> = {}, more: Parameters<typeof draftToken>[1] = {}) {
  const terminal = openTerminal({ env: { TODO_DB: DATABASE, ...env } });
  const { accounts } = await terminal.io.openDatabase(DATABASE);
  const account = draftAccount({ email: EMAIL });
  await accounts.createAccount(account, { kind: "open" });
  const personal = makePersonalToken();
  const token = draftToken(account.id, { expiresAt: null, ...more, hash: hashSecret(personal) });
  await accounts.createToken(token, LIMIT);
  const session = draftSession(account.id);
  await accounts.createSession(session, LIMIT);
  const access = await createAccessTokens([SECRET]).sign(
    { account: account.id, session: session.id },
    terminal.setup.now,
  );
  return { terminal, accounts, account, token, session, personal, access };
}

describe("the command line on a database", () => {
  test("takes a personal token of an account in it, and needs no other setting for that", async () => {
    const { terminal, account, personal } = await openWithAccount();
    terminal.setup.stdin = personal;
    expect(await terminal.run("login", "--token", "-")).toEqual({
      code: 0,
      out: `Logged in as ${EMAIL} to ${NAME}\n`,
      err: "",
    });
    await terminal.print("add", "Milk");
    expect((await terminal.store(DATABASE).find(account.id, { where: [] })).tasks).toMatchObject([{ title: "Milk" }]);
    expect(await terminal.print("whoami", "-q")).toBe(`${EMAIL}\n`);
    expect(JSON.parse(await terminal.print("whoami", "--json"))).toMatchObject({ user: account.id, expires_at: null });
  });

  test("takes the access token of a login, as long as it is good", async () => {
    const { terminal, access } = await openWithAccount({ BETTER_AUTH_SECRET: SECRET });
    terminal.setup.stdin = access;
    expect(await terminal.print("login", "--token", "-")).toBe(
      `Logged in as ${EMAIL} to ${NAME} until 2026-11-20 10:15\n`,
    );
    await terminal.print("add", "Milk");
    const { BETTER_AUTH_SECRET: secret = "", ...env } = terminal.setup.env;
    terminal.setup.env["BETTER_AUTH_SECRET"] = "";
    expect(await terminal.run("list")).toMatchObject({ code: 2, err: expect.stringContaining("set TODO_SECRET") });
    Object.assign(terminal.setup.env, env, { TODO_SECRET: secret });
    await terminal.print("list");
    terminal.setup.now += 15 * 60_000;
    expect(await terminal.run("list")).toMatchObject({ code: 4, err: expect.stringContaining("expired") });
  });

  test("lets a token that only reads do nothing else", async () => {
    const { terminal, personal } = await openWithAccount({}, { scopes: ["tasks:read"] });
    terminal.setup.env["TODO_TOKEN"] = personal;
    expect((await terminal.run("list")).code).toBe(0);
    expect(await terminal.run("add", "Milk")).toMatchObject({ code: 4, err: expect.stringContaining("tasks:write") });
  });

  test("lets in nobody whose token or session was ended, whose secret is another, or whose account is disabled", async () => {
    const ends: ((opened: Awaited<ReturnType<typeof openWithAccount>>) => Promise<unknown>)[] = [
      ({ accounts, account, token, session }) =>
        Promise.all([
          accounts.removeToken(account.id, token.id),
          accounts.endSession({ id: session.id }, session.createdAt),
        ]),
      ({ accounts, account, terminal }) => accounts.setDisabled(account.id, terminal.setup.now),
    ];
    for (const end of ends) {
      const opened = await openWithAccount({ BETTER_AUTH_SECRET: SECRET });
      const { terminal, personal, access } = opened;
      await end(opened);
      for (const token of [personal, access]) {
        terminal.setup.env["TODO_TOKEN"] = token;
        expect(await terminal.run("list")).toMatchObject({ code: 4, out: "" });
      }
    }
    const { terminal, access } = await openWithAccount({ BETTER_AUTH_SECRET: SECRET.toLowerCase(), TODO_TOKEN: "x" });
    terminal.setup.env["TODO_TOKEN"] = access;
    expect((await terminal.run("list")).code).toBe(4);
  });

  test("is a remote to sync with as the account, too", async () => {
    const { terminal, account, personal } = await openWithAccount();
    Object.assign(terminal.setup.env, { TODO_DB: ":memory:", TODO_TOKEN: personal });
    await terminal.print("add", "Milk");
    expect(await terminal.print("sync", DATABASE, "--yes")).toBe("Sent 1 task\n");
    expect((await terminal.store(DATABASE).find(account.id, { where: [] })).tasks).toHaveLength(1);
  });
});
