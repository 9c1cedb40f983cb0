import { describe, expect, test } from "bun:test";
import { SITE, useOnline } from "../../support/cli/online.ts";
import { ON_A_TERMINAL } from "../../support/cli/terminal.ts";

const openOnline = useOnline();

const RANDOM = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I";
/** What can be told from other words by its looks. */
const TOKENS = [
  `todo_pat_${RANDOM}`,
  `todo_ref_${RANDOM}`,
  `todo_inv_${RANDOM}`,
  `todo_dev_${RANDOM}`,
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.${RANDOM}`,
  `https://ada:${RANDOM}@todo.example.com`,
];
/** Anything may be a password. */
const PASSWORD = `hunter2 ${RANDOM}`;

/** Where somebody might type a secret of any kind. */
const PLACES: ((secret: string) => string[])[] = [
  (secret) => ["login", secret],
  (secret) => ["login", SITE, secret],
  (secret) => ["login", "--token", secret],
  (secret) => ["login", `--token=${secret}`],
  (secret) => ["login", SITE, "--token", secret],
  (secret) => ["login", SITE, "--token", "-", secret],
  (secret) => ["login", SITE, "--password", secret],
  (secret) => ["login", SITE, `--password=${secret}`],
  (secret) => ["login", SITE, "--email", "ada@example.com", secret],
  (secret) => ["login", SITE, `--passwort=${secret}`],
  (secret) => ["signup", SITE, secret],
  (secret) => ["signup", SITE, "--password", secret],
  (secret) => ["signup", SITE, `--password=${secret}`],
  (secret) => ["signup", secret],
  (secret) => ["logout", secret],
  (secret) => ["password", secret],
  (secret) => ["password", `--new=${secret}`],
  (secret) => ["password", "--keep-tokens", secret],
  (secret) => ["whoami", secret],
  (secret) => ["auth", "status", secret],
  (secret) => ["auth", "token", "--server", secret],
  (secret) => ["sessions", "--server", secret],
  (secret) => ["sessions", "revoke", secret],
  (secret) => ["token", "revoke", secret],
  (secret) => ["token", "create", "ci", secret],
  (secret) => ["token", "create", "ci", `--password=${secret}`],
  (secret) => ["admin", "invite", secret],
  (secret) => ["admin", "invites", "revoke", secret],
  (secret) => ["admin", "reset-password", "ada@example.com", secret],
  (secret) => ["admin", "reset-password", secret],
];
/** Where another word would have to be repeated. */
const NAMES: ((secret: string) => string[])[] = [
  (secret) => [secret],
  (secret) => [secret, "list"],
  (secret) => ["auth", secret],
  (secret) => ["token", secret],
  (secret) => ["sessions", secret],
  (secret) => ["admin", secret],
  (secret) => ["admin", "invites", secret],
  (secret) => ["config", "set", "server", secret],
];

async function expectDiscreet(lines: readonly (readonly string[])[]): Promise<void> {
  const online = await openOnline();
  const device = await online.signUp("ada@example.com");
  device.setup.terminals = ON_A_TERMINAL.terminals;
  for (const words of lines) {
    for (const format of [[], ["--json"]]) {
      const { code, out, err } = await device.run(...words, ...format);
      expect([words, code > 0, out, err.includes(RANDOM.slice(0, 9))]).toEqual([words, true, "", false]);
    }
  }
  const sent = online.asked.map(({ path, body }) => path + body).join();
  expect(sent).not.toContain(RANDOM.slice(0, 9));
}

describe("a secret on the command line", () => {
  test.each([...TOKENS, PASSWORD])("is refused and neither repeated nor sent (%#)", async (secret) => {
    await expectDiscreet(PLACES.map((place) => place(secret)));
  });

  test.each(TOKENS)("is not repeated in the place of a name, where it can be told from one (%#)", async (secret) => {
    await expectDiscreet(NAMES.map((place) => place(secret)));
  });

  test.each(["--token", "--token=", "--password", "--email"])(
    "of `todo login` is refused with what to do instead: %s",
    async (option) => {
      const { code, err } = await (await openOnline()).device().run("login", SITE, option, TOKENS[0] ?? "", "x");
      expect([code, err]).toEqual([
        2,
        "todo: a token on the command line can be read by others\n" +
          "  Give it on standard input: todo login --token - < token.txt\n" +
          "  Name a server as todo.example.com, raspberrypi.local:8787 or https://example.com/todo\n",
      ]);
    },
  );
});
