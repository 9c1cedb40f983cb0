import { describe, expect, test } from "bun:test";
import type { Command } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createProgram } from "../../src/cli/program.ts";
import { EMAIL, PASSWORD } from "../support/server/account-api.ts";
import { type Device, SITE, useOnline } from "../support/cli/online.ts";
import { useScratch } from "../support/disks/scratch.ts";
import { useTerminals } from "../support/cli/terminal.ts";

const openTerminal = useTerminals();
const goOnline = useOnline();
const scratch = useScratch();

/** docs/json.md promises them, in this order. */
const MEMBERS = [
  "id",
  "handle",
  "title",
  "description",
  "completed",
  "completed_at",
  "cancelled",
  "due_date",
  "scheduled_date",
  "wait_until",
  "priority",
  "project",
  "tags",
  "parent",
  "rank",
  "depends_on",
  "recurrence",
  "occurrence",
  "series",
  "skipped",
  "estimate_minutes",
  "started_at",
  "tracked_minutes",
  "notes",
  "reminders",
  "created_at",
  "updated_at",
  "deleted_at",
];

/** What `todo tree` says of each task beside that. */
const TREE_MEMBERS = [...MEMBERS, "depth", "subtasks", "blocked", "blocked_by"];

/** What `todo next` says of each task. */
const NEXT_MEMBERS = [...MEMBERS, "band", "reason"];

/** What `todo reminders` says of each task. */
const REMINDER_MEMBERS = [...MEMBERS, "reminder", "remind_at"];

type Shape = "task" | "tasks" | "tree" | "next" | "reminders" | "object" | "array";

/** Commands that this test does not run, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  serve: "prints an object with its URL and goes on until it is stopped",
  web: "prints an object with its link and goes on until it is stopped",
  "completion install": "writes into the home folder",
  "sessions revoke": "answers about another device of the account",
  "admin disable": "is for an account in the database of a server",
  "admin enable": "is for an account in the database of a server",
  "admin reset-password": "is for an account in the database of a server",
};

/** Command lines by the name of their command, in an order in which each works, and what they answer. */
const CASES: readonly (readonly [name: string, words: string, answer: Shape])[] = [
  ["login", `${SITE} --password`, "object"],
  ["add", "Milk due:today project:Home remind:now +shop", "task"],
  ["add", "- +shop", "tasks"],
  ["list", "", "tasks"],
  ["today", "", "tasks"],
  ["next", "", "next"],
  ["agenda", "", "object"],
  ["calendar", "", "object"],
  ["upcoming", "", "tasks"],
  ["completed", "", "tasks"],
  ["stats", "", "object"],
  ["reminders", "", "reminders"],
  ["reminders", "--since last", "reminders"],
  ["tags", "", "array"],
  ["tags list", "", "array"],
  ["projects", "", "array"],
  ["projects list", "", "array"],
  ["show", "ONE", "task"],
  ["show", "ONE TWO", "tasks"],
  ["edit", "ONE +x", "task"],
  ["edit", "ONE TWO +x", "tasks"],
  ["edit", "--where +shop +y --yes", "tasks"],
  ["move", "ONE --first", "task"],
  ["move", "ONE TWO --last", "tasks"],
  ["tree", "", "tree"],
  ["done", "ONE", "task"],
  ["done", "ONE TWO", "tasks"],
  ["completed", "", "tasks"],
  ["reopen", "ONE TWO", "tasks"],
  ["start", "ONE", "task"],
  ["start", "ONE TWO", "tasks"],
  ["stop", "ONE", "task"],
  ["stop", "", "tasks"],
  ["note", "ONE text", "task"],
  ["note", "ONE", "task"],
  ["note", "ONE --rm 1", "task"],
  ["cancel", "ONE", "task"],
  ["cancel", "ONE TWO", "tasks"],
  ["reopen", "ONE", "task"],
  ["reopen", "ONE TWO", "tasks"],
  ["edit", "ONE TWO every:day", "tasks"],
  ["skip", "ONE TWO", "tasks"],
  ["undo", "", "object"],
  ["skip", "ONE", "task"],
  ["undo", "", "object"],
  ["detach", "ONE TWO", "tasks"],
  ["undo", "", "object"],
  ["detach", "ONE", "task"],
  ["rm", "ONE", "task"],
  ["rm", "ONE TWO --yes", "tasks"],
  ["list", "status:all", "tasks"],
  ["restore", "ONE", "task"],
  ["restore", "ONE TWO", "tasks"],
  ["undo", "", "object"],
  ["redo", "", "object"],
  ["filter save", "errands +shop", "object"],
  ["filter show", "errands", "object"],
  ["filter", "", "array"],
  ["filter list", "", "array"],
  ["context", "errands", "object"],
  ["context", "", "object"],
  ["context", "off", "object"],
  ["filter rm", "errands", "object"],
  ["log", "", "array"],
  ["export", "--deleted", "tasks"],
  ["import", "- --allow-empty", "object"],
  ["backup", "FILE", "object"],
  ["doctor", "", "object"],
  ["info", "", "object"],
  ["sync", "", "object"],
  ["sync", "--status", "object"],
  ["whoami", "", "object"],
  ["auth status", "", "object"],
  ["auth log", "", "array"],
  ["auth token", "", "object"],
  ["sessions", "", "array"],
  ["sessions list", "", "array"],
  ["token create", "backup", "object"],
  ["token", "", "array"],
  ["token list", "", "array"],
  ["token revoke", "backup", "object"],
  ["password", "", "object"],
  ["logout", "", "object"],
  ["signup", SITE, "object"],
  ["config", "", "array"],
  ["config list", "", "array"],
  ["config set", "pager off", "object"],
  ["config get", "pager", "object"],
  ["config unset", "pager", "object"],
  ["config path", "", "object"],
  ["completion", "bash", "object"],
  ["help", "filters", "object"],
  ["admin invite", "", "object"],
  ["admin invites", "", "array"],
  ["admin invites list", "", "array"],
  ["admin invites revoke", "INVITE", "object"],
  ["admin users", "", "array"],
  ["admin users list", "", "array"],
  ["admin usage", "", "object"],
  ["db status", "--db postgres://ann:secret@db.test/todo", "object"],
  ["db migrate", "--db postgres://ann:secret@db.test/todo", "object"],
];

/** What is typed or piped in for some commands. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  add: ["Bread", "Tea"],
  import: [],
  login: [EMAIL, PASSWORD],
  "token create": [PASSWORD],
  password: [PASSWORD, `${PASSWORD}!`, `${PASSWORD}!`],
  signup: ["bob@example.com", PASSWORD],
};

/** The table of docs/json.md: what each command that is not about tasks answers. */
const PROMISED = new Map(
  [
    ...readFileSync(join(import.meta.dir, "../../docs/json.md"), "utf8").matchAll(
      /^\| `todo ([^`]+)` +\| (\w+) +\| (.+?) *\|$/gm,
    ),
  ].map(([, name = "", answer = "", members = ""]) => [
    name,
    { answer, members: members.replaceAll("`", "").split(", ") },
  ]),
);

/** The row of a command in that table. A noun answers the same with `list` behind it and without. */
function nameOf(name: string, words: string): string {
  return words === "--status" ? `${name} --status` : name.replace(/(?<!^) list$/, "");
}

/** The commands that do something, by name. A group that only has others behind it does nothing. */
function listNames(group: Command, path: readonly string[] = []): string[] {
  return group.commands.flatMap((command) => {
    const name = [...path, command.name()];
    const acts = !["auth", "admin", "db"].includes(name.join(" ")) && !command.name().startsWith("__");
    return [...(acts ? [name.join(" ")] : []), ...listNames(command, name)];
  });
}

function shapeOf(value: unknown): Shape {
  const has = (each: unknown, members: readonly string[]) => Bun.deepEquals(Object.keys(Object(each)), members);
  const isTask = (each: unknown) => has(each, MEMBERS);
  if (!Array.isArray(value)) return isTask(value) ? "task" : "object";
  if (value.length > 0 && value.every((each) => has(each, TREE_MEMBERS))) return "tree";
  if (value.length > 0 && value.every((each) => has(each, NEXT_MEMBERS))) return "next";
  if (value.length > 0 && value.every((each) => has(each, REMINDER_MEMBERS))) return "reminders";
  return value.every(isTask) ? "tasks" : "array";
}

test("every command is run with --json here, or is known to be tested elsewhere", async () => {
  const names = listNames(await createProgram(openTerminal().io, [], undefined));
  expect([...new Set([...CASES.map(([name]) => name), ...Object.keys(ELSEWHERE)])].toSorted()).toEqual(
    names.toSorted(),
  );
});

test("docs/json.md promises an answer for every command that is not about tasks, and for no other", () => {
  const others = CASES.filter(([, , answer]) => answer === "object" || answer === "array");
  const names = [...others.map(([name, words]) => nameOf(name, words)), ...Object.keys(ELSEWHERE)];
  expect([...PROMISED.keys()].toSorted()).toEqual([...new Set(names)].toSorted());
});

describe("--json", () => {
  test("answers one task with an object, several with an array, and each with the same members", async () => {
    const online = await goOnline();
    await online.signUp();
    const device = online.device();
    for (const [name, words, answer] of CASES) {
      device.type(...(TYPED[name] ?? []));
      const argv = `${name} ${await fill(device, words)} --json`.split(" ").filter((word) => word !== "");
      const value: unknown = JSON.parse(await device.print(...argv));
      // No tasks are an array of tasks as well.
      const shape = answer === "array" && JSON.stringify(value) === "[]" ? "array" : shapeOf(value);
      expect([name, words, shape]).toEqual([name, words, answer]);
      const [first] = Array.isArray(value) ? value : [value];
      if (first === undefined || (answer !== "object" && answer !== "array")) continue;
      const promised = PROMISED.get(nameOf(name, words));
      expect([name, promised]).toEqual([name, { answer, members: Object.keys(Object(first)) }]);
    }
  });

  test("answers what is not changed as well: an edit that the editor leaves as it was", async () => {
    const terminal = openTerminal({ terminals: ["in", "err"], env: { VISUAL: "vi" } });
    await terminal.print("add", "Milk");
    expect(shapeOf(JSON.parse(await terminal.print("edit", "wbb", "--json")))).toBe("task");
  });

  test("answers undo with null where nothing is to be undone", async () => {
    expect(await openTerminal().print("undo", "--json")).toBe("null\n");
  });

  test("answers errors with an object on standard error, and nothing on standard output", async () => {
    for (const argv of [["show", "bbb"], ["add"], ["lits"], ["list", "--nope"], ["auth"], ["help", "zzz"]]) {
      const { out, err } = await openTerminal().run(...argv, "--json");
      expect(out).toBe("");
      expect(JSON.parse(err)).toEqual({
        error: { code: expect.any(String), message: expect.any(String), hints: expect.any(Array) },
      });
    }
  });

  test("answers errors in a filter with their place", async () => {
    const { code, err } = await openTerminal().run("list", "+home", "or", "due<fridy", "--json");
    expect([code, JSON.parse(err).error]).toEqual([
      2,
      {
        code: "invalid_input",
        message: '"fridy" is not a date',
        hints: ["Did you mean friday?"],
        at: 13,
        length: 5,
      },
    ]);
  });
});

async function fill(device: Device, words: string): Promise<string> {
  if (words.includes("INVITE")) return JSON.parse(await device.print("admin", "invites", "--json"))[0].id;
  if (words.includes("FILE")) return scratch("backup.db");
  if (!words.includes("ONE")) return words;
  const [one, two] = (await device.print("list", "status:all", "-q", "--limit", "2")).split("\n");
  return words.replace("ONE", one ?? "").replace("TWO", two ?? "");
}
