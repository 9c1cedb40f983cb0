import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { createProgram } from "../../src/cli/program.ts";
import { useOnline } from "../support/cli/online.ts";
import { type Terminal, useTerminals } from "../support/cli/terminal.ts";
import { useScratch } from "../support/disks/scratch.ts";

const openTerminal = useTerminals();
const goOnline = useOnline();
const scratch = useScratch();

/** The commands that write no tasks of their own accord, so that there is nothing to try out. */
const WITHOUT_DRY_RUN: Readonly<Record<string, string>> = {
  list: "reads tasks",
  today: "reads tasks",
  next: "reads tasks",
  agenda: "reads tasks",
  calendar: "reads tasks",
  upcoming: "reads tasks",
  tree: "reads tasks",
  completed: "reads tasks",
  stats: "reads tasks",
  reminders: "reads tasks, and notes when it did",
  __overview: "reads tasks",
  show: "reads tasks",
  log: "reads tasks",
  tags: "reads tasks",
  projects: "reads tasks",
  context: "is about settings, not tasks",
  export: "reads tasks",
  backup: "writes a new file beside the tasks, and never over another",
  sync: "cannot know what the server has without taking it",
  serve: "answers requests of others",
  web: "answers requests of the page",
  token: "is about access, not tasks",
  signup: "is about access, not tasks",
  login: "is about access, not tasks",
  logout: "is about access, not tasks",
  whoami: "is about access, not tasks",
  auth: "is about access, not tasks",
  sessions: "is about access, not tasks",
  password: "is about access, not tasks",
  admin: "is about the accounts of a server",
  config: "is about settings, not tasks",
  db: "is about the schema of a database server",
  doctor: "compacts the file, which has the same tasks before and after",
  info: "reads what the program knows of itself",
  completion: "prints a script",
  help: "explains commands",
  __complete: "helps to type",
};

const RECORDS = '{"title":"Bread"}\n{"id":"01a1f82f-1e80-7001-89c7-042307825391","title":"Pay the rent"}\n';

/** Each command that writes tasks, where wbb is open, gqn done, xjm deleted an edit undone, Bus started and Sweep weekly, and what a dry run of it says. */
const CASES: readonly (readonly [argv: readonly string[], said: string])[] = [
  [["add", "Call Ann", "due:friday", "+home"], "Would add Call Ann  due Fri 27 Nov  +home\n"],
  [
    ["add", "-"],
    'Would add {"title":"Bread"}\nWould add {"id":"01a1f82f-1e80-7001-89c7-042307825391","title":"Pay the rent"}\n',
  ],
  [["edit", "wbb", "due:monday", "+x"], "Would change wbb  Pay rent  due Fri 27 Nov → Mon 23 Nov, +x\n"],
  [["edit", "--where", "+home", "--yes", "+x"], "Would change wbb  Pay rent  +x\n"],
  [["move", "wbb", "--under", "gqn"], "Would move wbb  Pay rent  due Fri 27 Nov  +home\n"],
  [["done", "wbb"], "Would complete wbb  Pay rent  due Fri 27 Nov  +home\n"],
  [["cancel", "wbb"], "Would cancel wbb  Pay rent  due Fri 27 Nov  +home\n"],
  [["skip", "tzk"], "Would skip tzk  Sweep  for Fri 20 Nov  next Fri 27 Nov  every Fri\n"],
  [["detach", "tzk"], "Would detach nlw  Sweep  due Fri 20 Nov (today)\n"],
  [["start", "wbb"], "Would start wbb  Pay rent  due Fri 27 Nov  +home\n"],
  [["note", "wbb", "called"], 'Would change wbb  Pay rent  note added "called"\n'],
  [["stop"], "Would stop slh  Bus\n"],
  [["reopen", "gqn"], "Would reopen gqn  Milk\n"],
  [["rm", "wbb", "gqn"], "Would delete wbb  Pay rent  due Fri 27 Nov  +home\nWould delete gqn  Milk\n"],
  [["restore", "xjm"], "Would restore xjm  Tea\n"],
  [["filter", "save", "late", "overdue"], "Would save late  overdue\n"],
  [["filter", "rm", "LARGE"], "Would remove large  +large\n"],
  [["undo"], "Would undo the deletion: xjm  Tea  not deleted\n"],
  [["redo"], "Would redo the edit: gqn  Milk  +x\n"],
  [["import", "-"], "Would import 1 new, 1 changed, 0 unchanged.\n"],
];

async function furnish(terminal: Terminal): Promise<void> {
  await terminal.print("add", "Pay rent", "due:friday", "+home");
  await terminal.print("add", "Milk");
  await terminal.print("add", "Tea");
  await terminal.print("start", (await terminal.print("add", "Bus", "-q")).trim());
  await terminal.print("add", "Sweep", "every:fri");
  await terminal.print("done", "gqn");
  await terminal.print("rm", "xjm");
  await terminal.print("edit", "gqn", "+x");
  await terminal.print("undo");
  await terminal.print("filter", "save", "large", "+large");
  terminal.setup.stdin = RECORDS;
}

/** Of a group, whether one of its commands has a dry run. */
const hasDryRun = ({ options, commands }: Command): boolean =>
  options.some(({ long }) => long === "--dry-run") || commands.some(hasDryRun);

test("every command that writes tasks has a dry run, and every other is known to need none", async () => {
  const { commands } = await createProgram(openTerminal().io, [], undefined);
  const [withOne, without] = [true, false].map((wanted) =>
    commands.flatMap((command) => (hasDryRun(command) === wanted ? [command.name()] : [])),
  );
  expect(without?.toSorted()).toEqual(Object.keys(WITHOUT_DRY_RUN).toSorted());
  expect([...new Set(CASES.map(([[name]]) => name ?? ""))].toSorted()).toEqual(withOne?.toSorted() ?? []);
});

describe("a dry run", () => {
  test("says what would be, and leaves each byte of the database as it is", async () => {
    const path = scratch("todo.db");
    const terminal = openTerminal({ env: { TODO_DB: path } });
    await furnish(terminal);
    const photograph = () => [path, `${path}-wal`].map((file) => readFileSync(file).toString("base64"));
    const before = photograph();
    for (const [argv, said] of CASES) {
      expect([argv, await terminal.run(...argv, "--dry-run")]).toEqual([argv, { code: 0, out: said, err: "" }]);
      expect(photograph()).toEqual(before);
    }
  });

  test.each(CASES.map(([argv]): [string, readonly string[]] => [argv.join(" "), argv]))(
    "prints for programs what the command prints when it does it: %s",
    async (_, argv) => {
      const terminal = openTerminal();
      await furnish(terminal);
      const dry = await terminal.print(...argv, "--json", "--dry-run");
      const wet = await terminal.print(...argv, "--json", ...(argv[0] === "rm" ? ["--yes"] : []));
      // What was not added gets another id when it is.
      const isAdded = argv[0] === "add" || argv[0] === "note";
      const compared = (json: string) => (isAdded ? json.replaceAll(/"(id|handle)":"[^"]*",/g, "") : json);
      expect(compared(dry)).toBe(compared(wet));
    },
  );

  test("makes no database where there is none", async () => {
    const path = scratch("none.db");
    const terminal = openTerminal({ env: { TODO_DB: path } });
    expect(await terminal.print("add", "Milk", "--dry-run")).toBe("Would add Milk\n");
    expect(terminal.opened).toEqual([":memory:"]);
    expect(terminal.folders).toEqual([]);
  });

  test("prints no handles of tasks that are not added", async () => {
    expect(await openTerminal().print("add", "Milk", "--dry-run", "-q")).toBe("");
  });

  test("starts no sync, although one is due", async () => {
    const laptop = await (await goOnline()).signUp();
    await laptop.print("add", "Milk");
    laptop.starts.length = 0;
    await laptop.print("add", "Bread", "--dry-run");
    expect(laptop.starts).toEqual([]);
    await laptop.print("list");
    expect(laptop.starts).toHaveLength(1);
  });

  test("asks nobody whether several tasks are to be deleted", async () => {
    const terminal = openTerminal({ terminals: ["in", "out", "err"], stdin: "" });
    await furnish(terminal);
    expect((await terminal.run("rm", "wbb", "gqn", "--dry-run")).err).toBe("");
  });

  test("is refused where the command would be", async () => {
    const terminal = openTerminal();
    await furnish(terminal);
    expect((await terminal.run("done", "bbb", "--dry-run")).code).toBe(3);
    expect((await terminal.run("add", " ", "--dry-run")).code).toBe(2);
    expect((await terminal.run("list", "--dry-run")).code).toBe(2);
  });
});
