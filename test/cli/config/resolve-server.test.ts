import { describe, expect, test } from "bun:test";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { SITE, useOnline } from "../../support/cli/online.ts";
import { DATABASE, PASSWORD as SECRET } from "../../support/cli/remote.ts";
import { ON_A_TERMINAL } from "../../support/cli/terminal.ts";

const openOnline = useOnline();

/** Commands about a server, and how each is told which one. */
const BY_ARGUMENT = [["signup"], ["login", "--password"], ["logout"]];
const BY_FLAG = [
  ["whoami"],
  ["auth", "status"],
  ["auth", "token"],
  ["sessions"],
  ["sessions", "revoke", "x"],
  ["token", "create", "x"],
  ["token", "list"],
  ["token", "revoke", "x"],
  ["password"],
];
const naming = (words: readonly string[], url: string) =>
  ["signup", "login", "logout"].includes(words[0] ?? "") ? [...words, url] : [...words, "--server", url];
const ALL = [...BY_ARGUMENT, ...BY_FLAG];

describe("the server that is meant", () => {
  test.each(ALL.map((words) => [words]))(
    "is the one that is named, else TODO_SERVER's, else the settings': todo %j",
    async (words) => {
      const online = await openOnline();
      const device = online.device();
      const meant = async (...argv: string[]) => {
        for (const host of ["named.test", "variable.test", "settings.test"]) {
          device.keep({ token: `of-${host}` }, `https://${host}`);
        }
        device.type(EMAIL, PASSWORD);
        online.asked.length = 0;
        const { out, err } = await device.run(...argv);
        const asked = online.asked.map(({ url }) => new URL(url).host);
        // What is known without a server names it, or is its token.
        return asked[0] ?? /\w+\.test/.exec(out + err)?.[0];
      };
      device.configure({ server: "https://settings.test" });
      expect(await meant(...words)).toBe("settings.test");
      device.setup.env["TODO_SERVER"] = "https://variable.test";
      expect(await meant(...words)).toBe("variable.test");
      expect(await meant(...naming(words, "https://named.test"))).toBe("named.test");
      device.setup.env["TODO_SERVER"] = "";
      expect(await meant(...words)).toBe("settings.test");
    },
  );

  test("is written into the settings by who logs in, but not where TODO_SERVER goes before them", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const login = async () => {
      device.type(EMAIL, PASSWORD);
      await device.print("login", SITE, "--password");
      return device.config();
    };
    device.configure({ server: "https://settings.test", "credential-store": "file" });
    expect(await login()).toEqual({ server: SITE, "credential-store": "file" });
    device.configure({ server: "https://settings.test" });
    device.setup.env["TODO_SERVER"] = "https://variable.test";
    expect(await login()).toEqual({ server: "https://settings.test" });
  });

  test.each(BY_FLAG.filter(([name]) => name !== "whoami").map((words) => [words]))(
    "is none that TODO_DB names, and is said to be missing: todo %j",
    async (words) => {
      const device = (await openOnline()).device({ env: { TODO_DB: DATABASE } });
      expect(await device.run(...words)).toMatchObject({
        code: 2,
        err: expect.stringContaining("todo: no server is given\n"),
      });
    },
  );
});

/** What was meant to be the address of a server, and what is said of it. */
const UNSAFE: [string, string][] = [
  ["http://todo.example.com", "is not https: others could read your tokens"],
  ["http://192.168.0.1:8787", "is not encrypted"],
  ["http://localhost.example.com", "is not https: others could read your tokens"],
  ["http://127.0.0.1.nip.io", "is not https: others could read your tokens"],
  ["http://localhost@todo.example.com", "is not https: others could read your tokens"],
  ["http://[::ffff:7f00:1]", "is not https: others could read your tokens"],
  [`https://ada:${SECRET}@todo.example.com`, "holds credentials, which would end up in logs"],
  [`https://${SECRET}@todo.example.com`, "holds credentials, which would end up in logs"],
  [`http://ada:${SECRET}@localhost`, "holds credentials, which would end up in logs"],
  ["https://", "is not a URL"],
  ["http://[", "is not a URL"],
];

describe("an address of a server that is not safe", () => {
  test.each(UNSAFE)("is refused before anything is asked or sent, wherever it is: %s %s", async (url, why) => {
    for (const words of ALL) {
      const online = await openOnline();
      for (const [env, argv] of [
        [{}, naming(words, url)],
        [{ TODO_SERVER: url }, words],
      ] as const) {
        const device = online.device({ ...ON_A_TERMINAL, env });
        const { code, out, err } = await device.run(...argv);
        expect([argv, code, out, err]).toEqual([argv, 2, "", expect.stringContaining(why)]);
        expect(err).not.toContain(SECRET);
        expect(err).not.toContain("E-mail");
      }
      expect(online.asked).toEqual([]);
    }
  });

  test("is refused in the settings, too", async () => {
    const device = (await openOnline()).device();
    device.configure({ server: "http://todo.example.com" });
    for (const words of ALL) {
      expect(await device.run(...words)).toMatchObject({ code: 2, err: expect.stringContaining("is not https") });
    }
  });
});
