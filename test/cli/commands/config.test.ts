import { describe, expect, test } from "bun:test";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { resolve } from "node:path";
import { changeFile } from "../../../src/cli/platform/change-file.ts";
import { CONFIG_KEYS, SETTINGS } from "../../../src/cli/config/keys.ts";
import { refusal } from "../../support/errors.ts";
import { PASSWORD, SECRET } from "../../support/cli/remote.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

const MAIN = resolve(import.meta.dir, "../../../src/main.ts");
const KEYS = CONFIG_KEYS.join(", ");
const SERVER = "https://todo.example.com";

/** A terminal with a folder for settings, and the file in it where there is a text for one. */
function openHome(text?: string, env: Record<string, string> = {}) {
  const base = scratch(crypto.randomUUID());
  const folder = `${base}/todo`;
  const path = `${folder}/config.json`;
  mkdirSync(folder, { recursive: true });
  if (text !== undefined) writeFileSync(path, text);
  const { run, print, ...terminal } = openTerminal({ env: { XDG_CONFIG_HOME: base, TODO_DB: "", ...env } });
  return {
    base,
    folder,
    path,
    terminal,
    run: (...words: string[]) => run("config", ...words),
    print: (...words: string[]) => print("config", ...words),
    read: () => readFileSync(path, "utf8"),
  };
}

/** Starts the program as a process of its own. */
function start(base: string, ...words: string[]) {
  return Bun.spawn([process.execPath, MAIN, "config", ...words], {
    env: { PATH: process.env["PATH"], HOME: base },
    stdout: "ignore",
    stderr: "inherit",
  });
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe("`todo config set`", () => {
  test.each<[string, string, string | number]>([
    ["server", SERVER, SERVER],
    ["server", "https://TODO.example.com:443/", SERVER],
    ["server", "https://TODO.example.com:443/Team/todo/", `${SERVER}/Team/todo`],
    ["server", "https://todo.example.com:8443", "https://todo.example.com:8443"],
    ["server", "http://localhost:8787/", "http://localhost:8787"],
    ["server", "http://127.0.0.1:8787", "http://127.0.0.1:8787"],
    ["server", "http://[::1]:8787", "http://[::1]:8787"],
    ["server", "http://192.168.1.5:8787", "http://192.168.1.5:8787"],
    ["insecure-http", "http://nas.lan:1/x/, http://NAS.lan:2", "http://nas.lan:1/x,http://nas.lan:2"],
    ["credential-store", "keychain", "keychain"],
    ["credential-store", "file", "file"],
    ["jwks-url", "https://a.test/jwks", "https://a.test/jwks"],
    ["jwks-url", "http://localhost:3000/jwks", "http://localhost:3000/jwks"],
    ["jwt-issuer", "https://a.test", "https://a.test"],
    ["jwt-audience", "todo", "todo"],
    ["jwt-leeway", "0", 0],
    ["jwt-leeway", "60", 60],
    ["secret-file", "/run/secrets/todo", "/run/secrets/todo"],
    ["database", "/home/ann/other.db", "/home/ann/other.db"],
    ["sync.auto", "off", "off"],
    ["sync.auto", "on", "on"],
    ["list.columns", "due,title", "due,title"],
    ["view", "today", "today"],
    ["list.group", "none", "none"],
    ["list.sort", "title", "title"],
  ])("keeps as %s what %s means, and `get` prints it", async (key, text, value) => {
    const { run, print, read, path } = openHome();
    expect(await run("set", key, text)).toEqual({ code: 0, out: `Set ${key} to ${value}\n`, err: "" });
    expect(read()).toBe(`${JSON.stringify({ [key]: value }, null, 2)}\n`);
    expect(await print("get", key)).toBe(`${value}\n`);
    expect(JSON.parse(await print("get", key, "--json"))).toEqual({ key, value, source: path });
  });

  test("keeps ~/ as it is typed, and `get` prints the whole path", async () => {
    const { print, read } = openHome();
    await print("set", "database", "~/tasks.db");
    expect(JSON.parse(read())).toEqual({ database: "~/tasks.db" });
    expect(await print("get", "database")).toBe("/home/ann/tasks.db\n");
  });

  test.each<[string, string, string]>([
    ["server", "todo.example.com", "server is not a URL"],
    ["server", "http://todo.example.com", "server is not https: others could read your tokens"],
    ["server", "http://localhost.example.com", "server is not https: others could read your tokens"],
    ["server", "ftp://localhost", "server is not https: others could read your tokens"],
    ["server", "postgres://localhost/todo", "server is not https: others could read your tokens"],
    ["server", `https://ann:${PASSWORD}@todo.example.com`, "server holds credentials, which would end up in logs"],
    ["sync.auto", "yes", "sync.auto is neither on nor off"],
    ["list.columns", `title,${PASSWORD}`, "list.columns has an unknown column"],
    ["view", "filter:", "view is not a known view"],
    ["view", PASSWORD, "view is not a known view"],
    ["list.group", PASSWORD, "list.group is not a known grouping"],
    ["list.sort", PASSWORD, "list.sort is not a known order"],
    ["credential-store", "Keychain", "credential-store is not a known credential store"],
    ["credential-store", "toString", "credential-store is not a known credential store"],
    ["jwks-url", "http://a.test", "jwks-url is not https: others could change the keys on their way"],
    ["jwt-leeway", "61", "jwt-leeway is not a whole number of seconds from 0 to 60"],
    ["jwt-leeway", "1.5", "jwt-leeway is not a whole number of seconds from 0 to 60"],
    ["jwt-leeway", "ten", "jwt-leeway is not a whole number of seconds from 0 to 60"],
    ["secret-file", "secret", "secret-file is not an absolute path"],
    ["database", "other.db", "database is not an absolute path"],
    ["database", "~ann/todo.db", "database is not an absolute path"],
    ["database", `/postgres://ann:${PASSWORD}@localhost/todo`, "database is not a file"],
    ...CONFIG_KEYS.map((key): [string, string, string] => [key, "", `the value for ${key} is empty`]),
  ])("refuses for %s the value %j and writes nothing", async (key, text, why) => {
    const { run, folder } = openHome();
    const { code, out, err } = await run("set", key, text);
    const [first, ...hints] = err.trimEnd().split("\n");
    expect([code, out, first]).toEqual([2, "", `todo: ${why}`]);
    expect(hints).not.toEqual([]);
    expect(err).not.toContain(PASSWORD);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("keeps all else in the file, in its order, also what only another version knows", async () => {
    const { run, read } = openHome('{"jwt-issuer":"a","later":{"x":[1]},"server":"http://old.test","jwks-url":1}');
    await run("set", "server", SERVER);
    await run("set", "jwt-audience", "b");
    expect(read()).toBe(
      [
        "{",
        '  "jwt-issuer": "a",',
        '  "later": {',
        '    "x": [',
        "      1",
        "    ]",
        "  },",
        `  "server": "${SERVER}",`,
        '  "jwks-url": 1,',
        '  "jwt-audience": "b"',
        "}",
        "",
      ].join("\n"),
    );
  });

  test.each<[string, string, string, string]>([
    ["TODO_SERVER", "http://localhost:1", "server", SERVER],
    ["TODO_CREDENTIAL_STORE", "file", "credential-store", "keychain"],
    ["TODO_SECRET_FILE", "/a", "secret-file", "/b"],
    ["TODO_SECRET", SECRET, "secret-file", "/b"],
    ["BETTER_AUTH_SECRET_FILE", "/a", "better-auth-secret-file", "/b"],
    ["BETTER_AUTH_SECRET", SECRET, "better-auth-secret-file", "/b"],
  ])("says that %s goes before it where that is set", async (name, already, key, value) => {
    const { run, read } = openHome(undefined, { [name]: already });
    const { code, err } = await run("set", key, value);
    expect([code, err]).toEqual([0, `${name} is set and goes before it.\n`]);
    expect(JSON.parse(read())).toEqual({ [key]: value });
  });

  test("says it to programs, and nothing with --quiet", async () => {
    const { run, print, path } = openHome(undefined, { TODO_JWT_LEEWAY: "1" });
    const said = { key: "jwt-leeway", value: 5, path };
    expect(JSON.parse(await print("set", "jwt-leeway", "5", "--json"))).toEqual(said);
    expect(JSON.parse(await print("--json", "set", "jwt-leeway", "5"))).toEqual(said);
    expect(await run("set", "jwt-leeway", "5", "-q")).toEqual({ code: 0, out: "", err: "" });
  });

  test("takes a value that begins with - behind --", async () => {
    const { print } = openHome();
    expect(await print("set", "jwt-audience", "--", "-x")).toBe("Set jwt-audience to -x\n");
  });

  test("asks for a home where nothing says where the file would be", async () => {
    const { code, err } = await openTerminal({ env: { HOME: "" } }).run("config", "set", "server", SERVER);
    expect([code, err]).toEqual([
      2,
      "todo: neither HOME nor XDG_CONFIG_HOME says where your settings are\n  Set one of them.\n",
    ]);
  });
});

describe("`todo config get`", () => {
  test("prints what the environment says, else the file, else the default", async () => {
    const { print, terminal, path } = openHome('{"credential-store":"keychain"}', { TODO_CREDENTIAL_STORE: "file" });
    const get = async (): Promise<unknown> => JSON.parse(await print("get", "credential-store", "--json"));
    expect(await get()).toEqual({ key: "credential-store", value: "file", source: "TODO_CREDENTIAL_STORE" });
    terminal.setup.env["TODO_CREDENTIAL_STORE"] = "";
    expect(await get()).toEqual({ key: "credential-store", value: "keychain", source: path });
    rmSync(path);
    expect(await get()).toEqual({ key: "credential-store", value: "file", source: "default" });
  });

  test.each(CONFIG_KEYS.filter((key) => !["sync.auto", "view", "credential-store", "jwt-leeway"].includes(key)))(
    "fails with 3 where nobody says %s",
    async (key) => {
      const missing = {
        code: 3,
        out: "",
        err: `todo: ${key} is not set\n  Set it with: todo config set ${key} VALUE\n`,
      };
      expect(await openHome().run("get", key)).toEqual(missing);
      expect(await openHome(`{"${key}": ""}`).run("get", key)).toEqual(missing);
    },
  );

  test("finds a secret's file from where the settings are", async () => {
    const { print, folder } = openHome('{"secret-file":"secret"}');
    expect(await print("get", "secret-file")).toBe(`${folder}/secret\n`);
  });

  test("says that a secret goes before its file, and not which", async () => {
    const { run } = openHome('{"secret-file":"/secret"}', { TODO_SECRET: SECRET });
    expect(await run("get", "secret-file")).toEqual({
      code: 3,
      out: "",
      err: "todo: secret-file is not used, because TODO_SECRET is set\n",
    });
  });

  test("shows a value as a terminal does not obey it", async () => {
    const { print } = openHome(JSON.stringify({ "jwt-issuer": "a\u001b[2Jb\nc" }));
    expect(await print("get", "jwt-issuer")).toBe("a\\e[2Jb\\nc\n");
    expect(await print("list")).toContain("a\\e[2Jb\\nc");
    expect(await print("set", "jwt-issuer", "a\u001b[2J")).toBe("Set jwt-issuer to a\\e[2J\n");
  });
});

describe("`todo config list`", () => {
  const FILE = '{"server":"https://todo.example.com/","jwt-issuer":"a","jwt-leeway":5}';

  test("prints every setting with its value and who says it", async () => {
    const { print, path } = openHome(FILE, { TODO_JWT_ISSUER: "b", TODO_SECRET: SECRET });
    expect(await print("list")).toBe(
      [
        `server                   ${SERVER}  (${path})`,
        "insecure-http            not set",
        "database                 not set",
        "sync.auto                on  (default)",
        "pager                    not set",
        "context                  not set",
        "view                     overview  (default)",
        "list.columns             not set",
        "list.group               not set",
        "list.sort                not set",
        "credential-store         file  (default)",
        "jwks-url                 not set",
        "jwt-issuer               b  (TODO_JWT_ISSUER)",
        "jwt-audience             not set",
        `jwt-leeway               5  (${path})`,
        "secret-file              not used, because TODO_SECRET is set",
        "better-auth-secret-file  not set",
        "",
      ].join("\n"),
    );
  });

  test("says it to programs, and only the names with --quiet", async () => {
    const { print, path } = openHome(FILE, { TODO_SECRET: SECRET });
    expect(JSON.parse(await print("list", "--json"))).toEqual([
      { key: "server", value: SERVER, source: path },
      { key: "insecure-http", value: null, source: null },
      { key: "database", value: null, source: null },
      { key: "sync.auto", value: "on", source: "default" },
      { key: "pager", value: null, source: null },
      { key: "context", value: null, source: null },
      { key: "view", value: "overview", source: "default" },
      { key: "list.columns", value: null, source: null },
      { key: "list.group", value: null, source: null },
      { key: "list.sort", value: null, source: null },
      { key: "credential-store", value: "file", source: "default" },
      { key: "jwks-url", value: null, source: null },
      { key: "jwt-issuer", value: "a", source: path },
      { key: "jwt-audience", value: null, source: null },
      { key: "jwt-leeway", value: 5, source: path },
      { key: "secret-file", value: null, source: "TODO_SECRET" },
      { key: "better-auth-secret-file", value: null, source: null },
    ]);
    expect(await print("list", "-q")).toBe(`${CONFIG_KEYS.join("\n")}\n`);
  });

  test("names the variable or the file with a value that is not allowed, and never shows it", async () => {
    const url = `https://ann:${PASSWORD}@a.test`;
    const { run, path, terminal } = openHome(JSON.stringify({ server: url }));
    const inFile = await run("list");
    expect([inFile.code, inFile.err.split("\n")[0]]).toEqual([
      2,
      `todo: ${path}: "server" holds credentials, which would end up in logs`,
    ]);
    terminal.setup.env["TODO_SERVER"] = url;
    const { code, out, err } = await run("list");
    expect([code, out, err.split("\n")[0]]).toEqual([
      2,
      "",
      "todo: TODO_SERVER holds credentials, which would end up in logs",
    ]);
    expect(inFile.err + err).not.toContain(PASSWORD);
  });

  test("needs neither a file nor a home", async () => {
    const list = await openTerminal({ env: { HOME: "" } }).print("config", "list");
    expect(list).toContain("server                   not set\n");
    expect(list).toContain("jwt-leeway               0  (default)\n");
  });

  test("in its help says what each setting is and which variable goes before it", async () => {
    const help = await openHome().print("list", "--help");
    for (const key of CONFIG_KEYS) {
      expect(help).toMatch(new RegExp(`^  ${key} +\\S.*\\s+\\(${SETTINGS[key].variable}\\)$`, "m"));
    }
  });
});

describe("`todo config unset`", () => {
  test("takes a setting out of the file and leaves the others", async () => {
    const { print, read, path } = openHome('{"jwt-issuer":"a","server":null,"later":1}');
    expect(await print("unset", "server")).toBe(`Took server out of ${path}\n`);
    expect(read()).toBe('{\n  "jwt-issuer": "a",\n  "later": 1\n}\n');
  });

  test("says where it was not there, changes nothing then, and makes no file", async () => {
    const text = '{"jwt-issuer":"a"}';
    const { run, read, path } = openHome(text);
    const nothing = (where: string) => ({ code: 0, out: "", err: `server was not in ${where}\n` });
    expect(await run("unset", "server")).toEqual(nothing(path));
    expect(read()).toBe(text);
    const bare = openHome();
    expect(await bare.run("unset", "server")).toEqual(nothing(bare.path));
    expect(readdirSync(bare.folder)).toEqual([]);
    rmSync(bare.folder, { recursive: true });
    expect(await bare.run("unset", "server")).toEqual(nothing(bare.path));
  });

  test("says that a variable still counts, says all to programs, and nothing with --quiet", async () => {
    const { run, path } = openHome('{"server":"x"}', { TODO_SERVER: SERVER });
    const { out, err } = await run("unset", "server", "--json");
    expect(JSON.parse(out)).toEqual({ key: "server", removed: true, path });
    expect(err).toBe("TODO_SERVER is set and counts all the same.\n");
    expect(JSON.parse((await run("unset", "server", "--json")).out)).toEqual({ key: "server", removed: false, path });
    expect(await run("unset", "server", "-q")).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("`todo config path`", () => {
  test("prints where the file is or would be", async () => {
    expect(await openTerminal().print("config", "path")).toBe("/home/ann/.config/todo/config.json\n");
    const { print, path } = openHome();
    expect(await print("path")).toBe(`${path}\n`);
    expect(JSON.parse(await print("path", "--json"))).toEqual({ path });
  });

  test("fails where nothing says where that is", async () => {
    expect((await openTerminal({ env: { HOME: "" } }).run("config", "path")).code).toBe(2);
  });
});

describe("a setting that is not there", () => {
  test.each([[["get", "port"]], [["set", "port", "1"]], [["unset", "port"]], [["get", "toString"]], [["get", ""]]])(
    "is answered with those that are: %j",
    async (words) => {
      const { run, folder } = openHome();
      expect(await run(...words)).toEqual({
        code: 2,
        out: "",
        err: `todo: there is no such setting\n  Use one of ${KEYS}.\n`,
      });
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test("is refused by `get` and `list` where the file has it", async () => {
    const { run, path } = openHome('{"port":1}');
    const refused = { code: 2, out: "", err: `todo: ${path}: "port" is not a setting\n  Use one of ${KEYS}.\n` };
    expect(await run("list")).toEqual(refused);
    expect(await run("get", "server")).toEqual(refused);
  });
});

describe("a file that is broken", () => {
  test.each(["", "[]", "{", "null", '{"server":"a","server":"b"}', "\ufeff\ufeff{}", '{"a":1,}'])(
    "is refused with what to do, and stays as it is: %j",
    async (text) => {
      const { run, read, folder, path } = openHome(text);
      const refused = { code: 2, out: "", err: `todo: ${path} is not a JSON object\n  Fix it or remove it.\n` };
      for (const words of [["set", "server", SERVER], ["unset", "server"], ["get", "server"], ["list"]]) {
        expect(await run(...words)).toEqual(refused);
      }
      expect(read()).toBe(text);
      expect(readdirSync(folder)).toEqual(["config.json"]);
    },
  );

  test("is refused where its bytes are no text, which writing would lose", async () => {
    const { run, path } = openHome();
    const bytes = Buffer.from('{"jwt-issuer":"\xff"}', "latin1");
    writeFileSync(path, bytes);
    expect((await run("set", "server", SERVER)).code).toBe(2);
    expect(readFileSync(path)).toEqual(bytes);
  });

  test("is refused where it is a folder", async () => {
    const { run, path } = openHome();
    mkdirSync(path);
    expect(await run("set", "server", SERVER)).toEqual({ code: 1, out: "", err: `todo: ${path}: it is a folder\n` });
  });
});

describe("the file that is written", () => {
  test("is its owner's alone where it is new, in a folder that is so too, and nothing else is left there", async () => {
    const base = scratch(crypto.randomUUID());
    mkdirSync(base);
    expect(await start(base, "set", "server", SERVER).exited).toBe(0);
    const folder = `${base}/.config/todo`;
    expect([modeOf(folder), modeOf(`${folder}/config.json`)]).toEqual(["700", "600"]);
    expect(readdirSync(folder)).toEqual(["config.json"]);
  });

  test.each([0o644, 0o640, 0o600, 0o664])("keeps the mode %o, whatever the umask", async (mode) => {
    const base = scratch(crypto.randomUUID());
    const path = `${base}/.config/todo/config.json`;
    mkdirSync(`${base}/.config/todo`, { recursive: true });
    writeFileSync(path, "{}");
    chmodSync(path, mode);
    expect(await start(base, "set", "server", SERVER).exited).toBe(0);
    expect(await start(base, "unset", "server").exited).toBe(0);
    expect([modeOf(path), readFileSync(path, "utf8")]).toEqual([mode.toString(8), "{}\n"]);
  });

  test("is the one behind a symbolic link, which stays, also one of several steps", async () => {
    const { run, print, path, folder, base } = openHome();
    const dotfiles = `${base}/dotfiles`;
    mkdirSync(dotfiles);
    writeFileSync(`${dotfiles}/todo.json`, '{"jwt-issuer":"a"}');
    chmodSync(`${dotfiles}/todo.json`, 0o644);
    symlinkSync("todo.json", `${dotfiles}/link.json`);
    symlinkSync("../dotfiles/link.json", path);
    await print("set", "server", SERVER);
    expect([path, `${dotfiles}/link.json`].map((each) => lstatSync(each).isSymbolicLink())).toEqual([true, true]);
    expect(JSON.parse(readFileSync(`${dotfiles}/todo.json`, "utf8"))).toEqual({ "jwt-issuer": "a", server: SERVER });
    expect(modeOf(`${dotfiles}/todo.json`)).toBe("644");
    expect([readdirSync(folder), readdirSync(dotfiles)]).toEqual([["config.json"], ["link.json", "todo.json"]]);
    rmSync(`${dotfiles}/todo.json`);
    expect(await run("set", "server", SERVER)).toEqual({
      code: 1,
      out: "",
      err: `todo: ${path}: it is a symbolic link to a file that is not there\n  Create that file, or remove the link: rm ${path}\n`,
    });
    expect(readdirSync(dotfiles)).toEqual(["link.json"]);
  });

  test("is as it was where something fails between, and no draft is left", () => {
    const path = scratch("kept.json");
    const blockName = () =>
      changeFile(path, () => {
        mkdirSync(path);
        return "one";
      });
    expect(refusal(blockName).message).toBe(`${path}: it is a folder`);
    rmSync(path, { recursive: true });
    writeFileSync(path, "one");
    const fail = () =>
      changeFile(path, () => {
        throw new Error("no");
      });
    expect(fail).toThrow("no");
    changeFile(path, () => null);
    expect(readFileSync(path, "utf8")).toBe("one");
    expect(readdirSync(scratch()).filter((name) => name.startsWith("kept"))).toEqual(["kept.json"]);
  });

  test("is a new one each time, so that nobody reads half of it", () => {
    const path = scratch("whole.json");
    changeFile(path, () => "one");
    const { ino } = statSync(path);
    changeFile(path, (bytes) => `${new TextDecoder().decode(bytes ?? undefined)} and two`);
    expect([readFileSync(path, "utf8"), statSync(path).ino === ino]).toEqual(["one and two", false]);
  });

  test("has its path named where there is no folder for it", () => {
    expect(refusal(() => changeFile(scratch("none", "x.json"), () => "x"))).toMatchObject({
      code: "io_failed",
      message: `${scratch("none", "x.json")}: there is no such file`,
    });
  });
});

describe("several who set something at once", () => {
  const VALUES = {
    server: SERVER,
    "credential-store": "keychain",
    "jwks-url": "https://a.test/jwks",
    "jwt-issuer": "a",
    "jwt-audience": "b",
    "jwt-leeway": 7,
    "secret-file": "/secret",
  };

  test("lose no setting", async () => {
    const base = scratch(crypto.randomUUID());
    mkdirSync(base);
    const started = Object.entries(VALUES).map(([key, value]) => start(base, "set", key, String(value)));
    expect(await Promise.all(started.map(({ exited }) => exited))).toEqual(started.map(() => 0));
    const folder = `${base}/.config/todo`;
    expect(JSON.parse(readFileSync(`${folder}/config.json`, "utf8"))).toEqual(VALUES);
    expect(readdirSync(folder)).toEqual(["config.json"]);
  });

  test.each([false, true])("wait for one that is writing (behind a symbolic link: %p)", async (isLinked) => {
    const base = scratch(crypto.randomUUID());
    const folder = `${base}/.config/todo`;
    mkdirSync(folder, { recursive: true });
    const file = isLinked ? `${base}/dotfile` : `${folder}/config.json`;
    writeFileSync(file, "{}");
    if (isLinked) symlinkSync(file, `${folder}/config.json`);
    writeFileSync(`${file}.lock`, "");
    const waiting = start(base, "set", "server", SERVER);
    expect(await Promise.race([waiting.exited, Bun.sleep(500)])).toBeUndefined();
    writeFileSync(file, '{"jwt-issuer":"a"}');
    rmSync(`${file}.lock`);
    expect(await waiting.exited).toBe(0);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ "jwt-issuer": "a", server: SERVER });
  });
});

describe("Tab behind `todo config`", () => {
  test.each<[string[], readonly string[]]>([
    [[""], ["list", "get", "set", "unset", "path"]],
    [["get", ""], CONFIG_KEYS],
    [
      ["set", "jwt"],
      ["jwt-issuer", "jwt-audience", "jwt-leeway"],
    ],
    [
      ["unset", "s"],
      ["server", "sync.auto", "secret-file"],
    ],
    [
      ["set", "sync.auto", ""],
      ["on", "off"],
    ],
    [
      ["set", "credential-store", ""],
      ["file", "keychain"],
    ],
    [["set", "credential-store", "file", ""], []],
    [["set", "server", ""], []],
    [["set", "toString", ""], []],
    [["get", "server", ""], []],
    [["list", ""], []],
    [["path", ""], []],
  ])("offers after %j %j", async (words, expected) => {
    const lines = (await openTerminal().print("__complete", "--", "config", ...words)).split("\n");
    expect(lines.slice(0, -1).map((line) => line.split("\t")[0])).toEqual([...expected]);
  });

  test("says what each setting is", async () => {
    const lines = await openTerminal().print("__complete", "--", "config", "get", "serv");
    expect(lines).toBe("server\tthe URL of your todo server\n");
  });
});
