import { describe, expect, test } from "bun:test";
import type { Command } from "commander";
import { createProgram } from "../../../src/cli/program.ts";
import { ERROR_CODES, TodoError } from "../../../src/domain/errors.ts";
import { CREDENTIALS, DATABASE, onServer, ORIGIN, PASSWORD, SECRET, tokenOf } from "../../support/cli/remote.ts";
import { ON_A_TERMINAL, type Setup, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const TOKEN = await tokenOf("ada");
const SECRETS = [PASSWORD, SECRET, TOKEN.slice(-16)];
/** Commands whose words are the user's own text, or names that an error must repeat. */
const TAKE_WORDS = new Set(
  "add edit filter list show done reopen rm restore log import completion __complete".split(" "),
);

/** All commands with those behind others, from the program itself. */
function listCommands(command: Command, before: readonly string[] = []): string[][] {
  return command.commands.flatMap((each) => {
    const name = [...before, each.name()];
    return each.commands.length > 0 ? [name, ...listCommands(each, name)] : [name];
  });
}

const COMMANDS = listCommands(await createProgram(openTerminal().io, [], undefined)).filter(
  ([name]) => name !== "help",
);

async function expectDiscreet(terminal: Terminal, ...argv: readonly string[]): Promise<void> {
  for (const format of [[], ["--json"], ["--quiet"]]) {
    const { out, err } = await terminal.run(...argv, ...format);
    expect([argv, SECRETS.filter((secret) => (out + err).includes(secret))]).toEqual([argv, []]);
  }
}

/** Somebody with a token that is stored, in TODO_TOKEN, and typed. */
function openWithAll(more: Partial<Setup> = {}, env: Record<string, string> = {}): Terminal {
  const variables = { TODO_TOKEN: TOKEN, TODO_MIGRATE_URL: DATABASE, DATABASE_URL: DATABASE, ...env };
  const terminal = openTerminal({ ...onServer(variables), stdin: TOKEN, ...more });
  terminal.kept.set(CREDENTIALS, JSON.stringify({ [ORIGIN]: { token: TOKEN } }));
  return terminal;
}

describe.each(COMMANDS.map((name): [string, string[]] => [name.join(" "), name]))(
  "todo %s never shows a secret",
  (_, name) => {
    test.each<[string, string[]]>([
      ["without more words", []],
      ["with a reference", ["wbb"]],
      ["with a token for a word", [TOKEN]],
      ["with a token as a mistyped option", [`--tokn=${TOKEN}`]],
      ["with a URL behind a mistyped option", [`--dbb=${DATABASE}`]],
      ["with the URL of another database", ["--db", DATABASE.replace("/todo?", "/other?")]],
      ["with a URL that is not whole", ["--db", `postgres://u:${PASSWORD}@/todo`]],
      ["with a URL of another kind", ["--db", `mysql://u:${PASSWORD}@db.example.com/todo`]],
      ["with too many words", ["wbb", DATABASE, TOKEN]],
    ])("%s", async (__, words) => {
      if (TAKE_WORDS.has(name[0] ?? "") && words.includes(TOKEN)) return;
      await expectDiscreet(openWithAll(), ...name, ...words);
      await expectDiscreet(openWithAll(ON_A_TERMINAL), ...name, ...words);
    });

    test("whatever the database says", async () => {
      for (const code of ERROR_CODES) {
        const fail = () => Promise.reject(new TodoError(code, "no", { hints: ["this"] }));
        const server = { status: fail, migrate: fail, createRole: fail };
        await expectDiscreet(openWithAll({ server }, { TODO_REQUIRE_RLS: "1" }), ...name);
      }
    });

    test("with a bad token, or settings that are wrong", async () => {
      const wrong = [
        { TODO_TOKEN: `${TOKEN}x` },
        { TODO_TOKEN: "", BETTER_AUTH_SECRET: `${SECRET},short` },
        { BETTER_AUTH_SECRET_FILE: "/secret" },
        { TODO_JWKS_URL: `https://u:${PASSWORD}@a.test` },
        { TODO_DATABASE_URL: `mysql://u:${PASSWORD}@db.example.com/todo` },
        { TODO_MIGRATE_URL: PASSWORD, NEON_DB_URL: PASSWORD, DATABASE_URL: PASSWORD },
      ];
      for (const env of wrong) await expectDiscreet(openWithAll({}, env), ...name);
    });
  },
);

describe("what is typed in the place of a command", () => {
  test.each([DATABASE, TOKEN, `--token=${TOKEN}`, `--db2=${DATABASE}`])(
    "is not repeated where it is secret: %#",
    async (word) => {
      await expectDiscreet(openWithAll(), word);
      await expectDiscreet(openWithAll(), word, "list");
      await expectDiscreet(openWithAll(), "db", word);
    },
  );
});
