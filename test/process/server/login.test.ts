import { describe, expect, test } from "bun:test";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { openTerminal } from "../../support/cli/built-terminal.ts";
import { useFaultyServers } from "../../support/server/faulty-servers.ts";
import { type Home, useHomes } from "../../support/cli/home.ts";
import { EMAIL, entryOf, PASSWORD, signUp, startAccountServer } from "../../support/cli/people.ts";
import { eventually, type Server } from "../../support/server/server.ts";

const newHome = useHomes();
const servers = useFaultyServers();

/** Says at the end whether the terminal shows what is typed. */
const TELL_ECHO = "stty -a | tr ' ;' '\\n\\n' | grep -x -- '-\\?echo'";

/** A command at a shell in a terminal, and behind it whether that shows what is typed. */
function openShell(home: Home, command: string, env: Record<string, string> = {}) {
  return openTerminal(home, { command: "sh", args: ["-c", `trap : INT; ${command}; ${TELL_ECHO}`], env });
}

/** A browser that notes what it was given. */
function makeBrowser(home: Home): { readonly env: Record<string, string>; readonly note: string } {
  const [path, note] = [home.path("browser.sh"), home.path("browser.txt")];
  writeFileSync(path, `#!/bin/sh\n{ printf '%s\\n' "$@"; env; } > '${note}.new'; mv '${note}.new' '${note}'\n`);
  chmodSync(path, 0o755);
  return { env: { BROWSER: path }, note };
}

/** The server, where devices ask once a second. */
function hasten({ url }: Server): string {
  const forward = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    const response = await fetch(url + pathname + search, { method, headers, body: await request.text() });
    const text = await response.text();
    return new Response(text.replace('"interval":5', '"interval":1'), { status: response.status });
  };
  return servers.answering(forward).origin;
}

describe("on a terminal", () => {
  test("a password is asked for and not shown, and what is typed afterwards is", async () => {
    const home = newHome();
    const { url } = await startAccountServer(home);
    const signup = openShell(home, `todo signup ${url}`);
    await signup.shows("E-mail: ");
    signup.press(`${EMAIL}\r`);
    await signup.shows("New password (12 characters or more): ");
    signup.press(`${PASSWORD}\r`);
    await signup.shows("The same again: ");
    signup.press(`${PASSWORD}\r`);
    const { host } = new URL(url);
    expect((await signup.ended).screen).toBe(
      `E-mail: ${EMAIL}\n` +
        "New password (12 characters or more): \nThe same again: \n" +
        `Logged in as ${EMAIL} to ${host}\necho\n`,
    );
    const login = openShell(home, "todo login --password");
    await login.shows("E-mail: ");
    login.press(`${EMAIL}\r`);
    await login.shows("Password: ");
    login.press(`${PASSWORD}\r`);
    const { screen } = await login.ended;
    expect(screen).toBe(`E-mail: ${EMAIL}\nPassword: \nLogged in as ${EMAIL} to ${host}\necho\n`);
  });

  test.each([
    ["Ctrl-C", "\u0003", "130"],
    ["Ctrl-D", "\u0004", "2"],
  ])("%s ends the question for a password, and what is typed afterwards is shown", async (_, key, exit) => {
    const home = newHome();
    const { url } = await startAccountServer(home);
    const terminal = openShell(home, `todo login ${url} --email ${EMAIL}; echo "ended with $?"`);
    await terminal.shows("Password: ");
    terminal.press(key);
    const { screen } = await terminal.ended;
    expect(screen).toEndWith(`ended with ${exit}\necho\n`);
    expect(() => entryOf(home)).toThrow();
  });

  test("a device shows a page and a code, opens the page, turns something, and is let in", async () => {
    const [ada, home] = [newHome(), newHome()];
    const server = await startAccountServer(ada);
    await signUp(ada, server.url);
    const origin = hasten(server);
    const { env, note } = makeBrowser(home);
    const terminal = openTerminal(home, { args: ["login", origin], env });
    await terminal.shows("⠹ Waiting for you to let this device in");
    await eventually("the browser is opened", () => existsSync(note));
    const [page = ""] = readFileSync(note, "utf8").split("\n");
    expect(page).toMatch(new RegExp(`^${origin}/device\\?user_code=[A-Z]{4}-[A-Z]{4}$`));
    const user_code = new URL(page).searchParams.get("user_code") ?? "";
    const { token } = entryOf(ada);
    await server.ask("POST", "/api/auth/device/decision", { token, json: { user_code, approve: true } });
    const { exitCode, screen } = await terminal.ended;
    expect(exitCode).toBe(0);
    expect(screen).toStartWith(`Open ${page}\nand let this device in. Its code is ${user_code}\n\r⠋ Waiting`);
    expect(screen).toEndWith(`\r\u001b[KLogged in as ${EMAIL} to ${new URL(origin).host}\n`);
    expect((await home.todo("sessions")).out.split("\n")).toHaveLength(3);
    // What the browser sees, others may see as well.
    expect(readFileSync(note, "utf8")).not.toMatch(/todo_(?:dev|ref|pat)_|eyJ/);
  });

  test("Ctrl-C ends a device that waits, keeps nothing, and what is typed afterwards is shown", async () => {
    const home = newHome();
    const { url } = await startAccountServer(home);
    const { env, note } = makeBrowser(home);
    const terminal = openShell(home, `todo login ${url}; echo "ended with $?"`, { ...env, SSH_CONNECTION: "x" });
    await terminal.shows("⠹ Waiting");
    terminal.press("\u0003");
    expect((await terminal.ended).screen).toEndWith("ended with 130\necho\n");
    expect(() => entryOf(home)).toThrow();
    // Whoever comes over the network has no browser on this machine.
    expect(existsSync(note)).toBe(false);
  });
});
