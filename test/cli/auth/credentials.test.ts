import { describe, expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { resolve } from "node:path";
import { makePrivateFolder } from "../../../src/cli/platform/files.ts";
import {
  updatePrivateFile,
  readOrCreateSecret,
  readPrivateFile,
  backUpCorrupt,
} from "../../../src/cli/platform/private-files.ts";
import { run } from "../../../src/cli/run.ts";
import { refusal } from "../../support/errors.ts";
import { DATABASE, ORIGIN, onServer, SECRET, tokenOf } from "../../support/cli/remote.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { type Ended, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

const MAIN = resolve(import.meta.dir, "../../../src/main.ts");
const LOGIN = ["login", "--token", "-"];

/** A user whose tokens are in real files. */
function openHome() {
  const base = scratch(crypto.randomUUID());
  const folder = `${base}/todo`;
  const path = `${folder}/credentials.json`;
  const runWith = async (stdin: string, ...argv: readonly string[]): Promise<Ended> => {
    const terminal = openTerminal({ ...onServer({ XDG_CONFIG_HOME: base }), stdin });
    let [out, err] = ["", ""];
    const io = {
      ...terminal.io,
      out: { ...terminal.io.out, write: (text: string) => void (out += text) },
      err: { ...terminal.io.err, write: (text: string) => void (err += text) },
      makePrivateFolder,
      readPrivateFile,
      updatePrivateFile,
      backUpCorrupt,
    };
    return { code: await run(argv, io), out, err };
  };
  return {
    base,
    folder,
    path,
    run: runWith,
    login: async (user = "ada") => runWith(await tokenOf(user), ...LOGIN),
    write: (text: string, mode = 0o600) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(path, text, { mode });
      chmodSync(path, mode);
    },
    read: (): unknown => JSON.parse(readFileSync(path, "utf8")),
  };
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe("the file with tokens", () => {
  test("is its owner's alone, in a folder that is so too, and nothing else is left there", async () => {
    const home = openHome();
    expect((await home.login()).code).toBe(0);
    expect([modeOf(home.folder), modeOf(home.path)]).toEqual(["700", "600"]);
    expect(home.read()).toEqual({ [ORIGIN]: { token: await tokenOf("ada") } });
    expect((await home.login("eve")).code).toBe(0);
    expect((await home.run("", "logout")).code).toBe(0);
    expect(home.read()).toEqual({});
    expect(readdirSync(home.folder)).toEqual(["credentials.json"]);
    expect(modeOf(home.path)).toBe("600");
  });

  test.each([0o640, 0o604, 0o644, 0o660, 0o601])(
    "is refused where its mode is %o, and stays as it is",
    async (mode) => {
      const home = openHome();
      const text = JSON.stringify({ [ORIGIN]: { token: await tokenOf("ada") } });
      home.write(text, mode);
      for (const ended of [await home.login(), await home.run("", "whoami"), await home.run("", "logout")]) {
        expect([ended.code, ended.out]).toEqual([1, ""]);
        expect(ended.err).toContain(`todo: ${home.path}: others can read it`);
        expect(ended.err).toContain(`chmod 600 ${home.path}`);
      }
      expect(readFileSync(home.path, "utf8")).toBe(text);
      expect(readdirSync(home.folder)).toEqual(["credentials.json"]);
      chmodSync(home.path, 0o600);
      expect((await home.run("", "whoami", "-q")).out).toBe("ada\n");
    },
  );

  test("is refused where it is a symbolic link, also one that leads nowhere", async () => {
    for (const target of ["real.json", "nowhere.json"]) {
      const home = openHome();
      mkdirSync(home.folder, { recursive: true });
      writeFileSync(`${home.base}/real.json`, "{}", { mode: 0o600 });
      symlinkSync(`${home.base}/${target}`, home.path);
      for (const ended of [await home.login(), await home.run("", "whoami")]) {
        expect(ended).toEqual({
          code: 1,
          out: "",
          err: `todo: ${home.path}: it is a symbolic link\n  Remove it: rm ${home.path}\n`,
        });
      }
      expect(readFileSync(`${home.base}/real.json`, "utf8")).toBe("{}");
      expect(existsSync(`${home.base}/nowhere.json`)).toBe(false);
    }
  });

  test("is kept beside a new one where it is broken", async () => {
    const home = openHome();
    home.write('{"postgres://');
    expect((await home.run("", "whoami")).code).toBe(4);
    const { code, err } = await home.login();
    expect(code).toBe(0);
    const [, aside = ""] = /They are in (\S+)\n$/.exec(err) ?? [];
    expect(aside).toStartWith(`${home.path}.corrupt-`);
    expect([readFileSync(aside, "utf8"), modeOf(aside)]).toEqual(['{"postgres://', "600"]);
    expect(home.read()).toEqual({ [ORIGIN]: { token: await tokenOf("ada") } });
    expect(readdirSync(home.folder)).toHaveLength(2);
  });

  test("is as it was where there is no place for it", async () => {
    const home = openHome();
    mkdirSync(home.base);
    writeFileSync(home.folder, "");
    const { code, err } = await home.login();
    expect([code, err]).toEqual([1, `todo: ${home.folder}: something else has that name\n`]);
  });
});

describe("logins at once", () => {
  /** Starts the program as a process of its own. */
  const start = async (base: string, user: string, url: string) => {
    const token = await tokenOf(user, { exp: 4_000_000_000 });
    return Bun.spawn([process.execPath, MAIN, ...LOGIN, "--db", url], {
      env: { PATH: process.env["PATH"], HOME: base, XDG_CONFIG_HOME: base, BETTER_AUTH_SECRET: SECRET },
      stdin: new Blob([token]),
      stdout: "ignore",
      stderr: "inherit",
    });
  };

  test("lose none of their tokens", async () => {
    const home = openHome();
    const users = Array.from({ length: 8 }, (_, number) => `user${number}`);
    const url = (user: string) => DATABASE.replace("/todo?", `/${user}?`);
    const started = await Promise.all(users.map((user) => start(home.base, user, url(user))));
    expect(await Promise.all(started.map(({ exited }) => exited))).toEqual(users.map(() => 0));
    const expected = users.map(async (user) => {
      const entry = { token: await tokenOf(user, { exp: 4_000_000_000 }) };
      return [ORIGIN.replace("/todo", `/${user}`), entry] as const;
    });
    expect(home.read()).toEqual(Object.fromEntries(await Promise.all(expected)));
    expect(readdirSync(home.folder)).toEqual(["credentials.json"]);
  });

  test("wait for one that is writing, and not for one that was killed", async () => {
    const home = openHome();
    home.write("{}");
    const lock = `${home.path}.lock`;
    writeFileSync(lock, "");
    const waiting = await start(home.base, "ada", DATABASE);
    expect(await Promise.race([waiting.exited, Bun.sleep(500)])).toBeUndefined();
    expect(home.read()).toEqual({});
    const then = Date.now() / 1000 - 11;
    utimesSync(lock, then, then);
    expect(await waiting.exited).toBe(0);
    expect(Object.keys(Object(home.read()))).toEqual([ORIGIN]);
    expect(existsSync(lock)).toBe(false);
  });
});

describe("a text that is kept", () => {
  test("is as it was where it can't be changed", () => {
    const path = scratch("kept.json");
    updatePrivateFile(path, () => "one\n");
    expect(() =>
      updatePrivateFile(path, () => {
        throw new Error("no");
      }),
    ).toThrow("no");
    updatePrivateFile(path, () => null);
    expect(readPrivateFile(path)).toBe("one\n");
    expect(readdirSync(scratch()).filter((name) => name.startsWith("kept"))).toEqual(["kept.json"]);
  });

  test("is not there before it is made, and its folder is named where that is missing", () => {
    expect(readPrivateFile(scratch("none.json"))).toBeNull();
    expect(refusal(() => updatePrivateFile(scratch("none", "x.json"), () => "x"))).toMatchObject({
      code: "io_failed",
      message: `${scratch("none", "x.json")}: there is no such file`,
    });
  });

  test("is made once where it is a secret, in the folder where the user stands too", () => {
    const before = process.cwd();
    process.chdir(scratch());
    try {
      expect([readOrCreateSecret("secret", () => "one"), readOrCreateSecret("secret", () => "two")]).toEqual([
        "one",
        "one",
      ]);
    } finally {
      process.chdir(before);
    }
    expect([readFileSync(scratch("secret"), "utf8"), modeOf(scratch("secret"))]).toEqual(["one\n", "600"]);
    chmodSync(scratch("secret"), 0o640);
    expect(refusal(() => readOrCreateSecret(scratch("secret"), () => "x")).hints).toEqual([
      `If nobody else has read it: chmod 600 ${scratch("secret")}. Otherwise remove it: a new one will be created.`,
    ]);
  });
});
