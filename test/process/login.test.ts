import { describe, expect, test } from "bun:test";
import { readFileSync, statSync } from "node:fs";
import { openTerminal } from "../support/cli/built-terminal.ts";
import { type Home, useHomes } from "../support/cli/home.ts";
import { NAME, ORIGIN, SECRET, DATABASE, tokenOf } from "../support/cli/remote.ts";

const newHome = useHomes();

const ENV = { TODO_DB: DATABASE, BETTER_AUTH_SECRET: SECRET };
const TOKEN = await tokenOf("ada", { exp: 4_000_000_000 });

function kept(home: Home) {
  const path = home.path("home", ".config", "todo", "credentials.json");
  return { path, text: JSON.parse(readFileSync(path, "utf8")) };
}

describe("`todo login --token -` on a terminal", () => {
  test("asks for the token, does not show it, and shows again what is typed afterwards", async () => {
    const home = newHome();
    const command = `"${home.binary}" login --token -; stty -a | tr ' ;' '\\n\\n' | grep -x -- '-\\?echo'`;
    const terminal = openTerminal(home, { command: "sh", args: ["-c", command], env: ENV });
    await terminal.shows("Token: ");
    terminal.press(`${TOKEN}\r`);
    const { exitCode, screen } = await terminal.ended;
    expect(exitCode).toBe(0);
    expect(screen).toBe(`Token: \nLogged in as ada to ${NAME} until 2096-10-02 07:06\necho\n`);
    expect(kept(home).text).toEqual({ [ORIGIN]: { token: TOKEN } });
  });

  test("keeps nothing after Ctrl-D", async () => {
    const home = newHome();
    const terminal = openTerminal(home, { args: ["login", "--token", "-"], env: ENV });
    await terminal.shows("Token: ");
    terminal.press("\u0004");
    const { exitCode, screen } = await terminal.ended;
    expect(exitCode).toBe(2);
    expect(screen).toContain("todo: there is no token on standard input\n");
    expect(() => kept(home)).toThrow();
  });
});

test("a token that comes through a pipe is kept for its owner alone, and used from then on", async () => {
  const home = newHome();
  const { exitCode, err } = await home.shell('umask 000; printf "%s\\n" "$TOKEN" | todo login --token -', {
    env: { ...ENV, TOKEN },
  });
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  const { path } = kept(home);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await home.run({ args: ["whoami", "--quiet"], env: ENV })).toMatchObject({ exitCode: 0, out: "ada\n" });
  expect(await home.run({ args: ["logout"], env: ENV })).toMatchObject({ exitCode: 0, out: `Logged out of ${NAME}\n` });
  expect(await home.run({ args: ["list"], env: ENV })).toMatchObject({ exitCode: 4, out: "" });
});
