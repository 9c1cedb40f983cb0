import { describe, expect, test } from "bun:test";
import type { Task } from "../../../src/domain/task/task.ts";
import { ON_A_TERMINAL, type Setup, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** A user who has these to buy, and one other task: wbb, gqn and xjm are of the shop. */
async function aShopper(setup: Partial<Setup> = {}): Promise<Terminal> {
  const terminal = openTerminal(setup);
  for (const words of [["Milk", "+shop"], ["Bread", "+shop", "due:friday"], ["Salt", "+shop"], ["Rent"]]) {
    await terminal.add(...words);
  }
  return terminal;
}

async function addMany(terminal: Terminal, count: number): Promise<void> {
  terminal.setup.stdin = Array.from({ length: count }, (_, at) => `{"title":"Thing ${at + 1}","tags":["bulk"]}\n`).join(
    "",
  );
  await terminal.print("import", "-");
  terminal.setup.stdin = "";
}

const titlesOf = async (terminal: Terminal, is: (task: Task) => boolean) =>
  (await terminal.tasks()).filter(is).map(({ title }) => title);

const isDone = ({ completedAt }: Task) => completedAt !== null;
const isDeleted = ({ deletedAt }: Task) => deletedAt !== null;

/** Each command that takes a filter, with what goes before, and the tasks that are so afterwards. */
const COMMANDS: readonly {
  readonly argv: readonly string[];
  readonly verb: string;
  readonly before?: readonly string[];
  readonly is: (task: Task) => boolean;
}[] = [
  { argv: ["edit", "--where", "+shop", "due:monday"], verb: "Change", is: ({ dueDate }) => dueDate === "2026-11-23" },
  { argv: ["done", "--where", "+shop"], verb: "Complete", is: isDone },
  {
    argv: ["reopen", "--where", "+shop"],
    verb: "Reopen",
    before: ["done", "wbb", "gqn", "xjm", "slh"],
    is: (task) => !isDone(task),
  },
  { argv: ["cancel", "--where", "+shop"], verb: "Cancel", is: isDone },
  { argv: ["rm", "--where", "+shop"], verb: "Delete", is: isDeleted },
  {
    argv: ["skip", "--where", "+shop"],
    verb: "Skip",
    before: ["edit", "wbb", "gqn", "xjm", "every:day", "due:today"],
    is: ({ skipped }) => skipped,
  },
  { argv: ["move", "--where", "+shop", "--under", "slh"], verb: "Move", is: ({ parent }) => parent !== null },
];

describe.each(COMMANDS.map((one): [string, (typeof COMMANDS)[number]] => [one.argv.join(" "), one]))(
  "todo %s",
  (_name, { argv, verb, before, is }) => {
    const prepared = async (setup: Partial<Setup> = {}) => {
      const terminal = await aShopper(setup);
      if (before) await terminal.print(...before);
      return terminal;
    };
    const HIT = ["Bread", "Milk", "Salt"];
    const sorted = async (terminal: Terminal) => (await titlesOf(terminal, is)).toSorted();

    test("shows what it hits and does it when the user agrees", async () => {
      const terminal = await prepared();
      Object.assign(terminal.setup, { ...ON_A_TERMINAL, stdin: "y\n" });
      const { code, err } = await terminal.run(...argv, "--no-color");
      expect(code).toBe(0);
      for (const title of HIT) expect(err).toContain(title);
      expect(err).toContain(`\n${verb} these 3 tasks? [y/N] `);
      expect(await sorted(terminal)).toEqual(HIT);
    });

    test("does nothing when the user does not agree, or the input ends", async () => {
      for (const stdin of ["n\n", "\n", ""]) {
        const terminal = await prepared();
        const tasks = await terminal.tasks();
        Object.assign(terminal.setup, { ...ON_A_TERMINAL, stdin });
        const { code, out, err } = await terminal.run(...argv);
        expect([code, out]).toEqual([0, ""]);
        expect(err).toMatch(/\? \[y\/N\] \n?Nothing was (changed|deleted)\.\n$/);
        expect(await terminal.tasks()).toEqual(tasks);
      }
    });

    test("needs --yes where nobody can be asked, and says so", async () => {
      const terminal = await prepared();
      terminal.setup.stdin = "y\n";
      const tasks = await terminal.tasks();
      const { code, out, err } = await terminal.run(...argv);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain(`todo: --yes is needed to ${verb.toLowerCase()} 3 tasks without a terminal\n`);
      expect(err).toContain("--dry-run");
      expect(err).toContain("--expect 3");
      expect(await terminal.tasks()).toEqual(tasks);
      expect((await terminal.run(...argv, "--yes")).err).toBe("");
      expect(await sorted(terminal)).toEqual(HIT);
    });

    test("asks nothing and writes nothing in a dry run, which says what would be", async () => {
      const terminal = await prepared(ON_A_TERMINAL);
      const tasks = await terminal.tasks();
      const { code, out, err } = await terminal.run(...argv, "--dry-run", "--no-color");
      expect([code, err]).toEqual([0, ""]);
      expect(out.match(/^Would /gm)).toHaveLength(3);
      expect(await terminal.tasks()).toEqual(tasks);
    });

    test("goes on without a question if as many are hit as expected, and else does nothing", async () => {
      const terminal = await prepared();
      const tasks = await terminal.tasks();
      const wrong = await terminal.run(...argv, "--expect", "2");
      expect(wrong).toEqual({
        code: 5,
        out: "",
        err: "todo: the filter finds 3 tasks instead of 2, so nothing was changed\n",
      });
      expect(await terminal.tasks()).toEqual(tasks);
      expect((await terminal.run(...argv, "--expect", "3")).code).toBe(0);
      expect(await sorted(terminal)).toEqual(HIT);
    });

    test("is one change, which one undo takes back", async () => {
      const terminal = await prepared();
      const asWas = async () =>
        (await terminal.tasks())
          .filter((task) => !isDeleted(task))
          .map((task) => ({ ...task, revision: 0, updatedAt: "" }));
      const tasks = await asWas();
      await terminal.print(...argv, "--yes");
      await terminal.print("undo");
      expect(await asWas()).toEqual(tasks);
    });

    test("prints for programs the tasks as an array, be they many, one or none", async () => {
      const terminal = await prepared();
      const hit = JSON.parse(await terminal.print(...argv, "--yes", "--json"));
      expect(hit).toHaveLength(3);
      const none = argv.map((word) => (word === "+shop" ? "+none" : word));
      const one = argv.map((word) => (word === "+shop" ? "Milk" : word));
      expect(JSON.parse(await terminal.print(...none, "--json"))).toEqual([]);
      await terminal.print("undo");
      expect(JSON.parse(await terminal.print(...one, "--yes", "--json"))).toMatchObject([{ title: "Milk" }]);
    });

    test("says that nothing is hit, which is no error unless a number was expected", async () => {
      const terminal = await prepared();
      const none = argv.map((word) => (word === "+shop" ? "tomatoes" : word));
      expect(await terminal.run(...none)).toEqual({ code: 0, out: "", err: "No such tasks.\n" });
      expect((await terminal.run(...none, "--expect", "0")).code).toBe(0);
      const { code, err } = await terminal.run(...none, "--expect", "1");
      expect([code, err]).toEqual([5, "todo: the filter finds 0 tasks instead of 1, so nothing was changed\n"]);
    });

    test("takes a filter or tasks, not both", async () => {
      const terminal = await prepared();
      const tasks = await terminal.tasks();
      for (const ref of ["wbb", "-"]) {
        const { code } = await terminal.run(...argv, ref, "--yes");
        expect(code).toBe(2);
      }
      expect(await terminal.tasks()).toEqual(tasks);
    });

    test("refuses a blank filter, and a number that is none", async () => {
      const terminal = await prepared();
      const blank = argv.map((word) => (word === "+shop" ? " " : word));
      expect((await terminal.run(...blank, "--yes")).err).toStartWith("todo: --where is given an empty filter\n");
      for (const empty of ['""', "\u0301", '+shop or ""']) {
        const words = argv.map((word) => (word === "+shop" ? empty : word));
        expect((await terminal.run(...words, "--yes")).err).toStartWith("todo: the filter looks for an empty text");
      }
      expect((await terminal.run(...argv, "--expect", "few")).code).toBe(2);
      expect((await terminal.run(argv[0] ?? "", "wbb", ...argv.slice(3), "--expect", "1")).code).toBe(2);
      expect(await sorted(terminal)).not.toEqual(HIT);
    });
  },
);

describe("what a filter hits", () => {
  test("is asked about with the change that it would get, even if it is one task", async () => {
    const terminal = await aShopper({ ...ON_A_TERMINAL, stdin: "y\n" });
    const { out, err } = await terminal.run("edit", "--where", "Bread", "due:monday", "+now", "--no-color");
    expect(err).toBe("gqn  Bread  due Fri 27 Nov → Mon 23 Nov, +now\nChange this task? [y/N] ");
    expect(out).toBe("Changed gqn  Bread  due Fri 27 Nov → Mon 23 Nov, +now\n");
  });

  test("is shown as far as the terminal is high, and counted beyond", async () => {
    const terminal = await aShopper();
    await addMany(terminal, 50);
    Object.assign(terminal.setup, { ...ON_A_TERMINAL, rows: 10, stdin: "n\n" });
    const { err } = await terminal.run("done", "--where", "+bulk");
    const lines = err.split("\n");
    expect(lines).toHaveLength(10);
    expect(lines.slice(7)).toEqual(["and 43 more", "Complete these 50 tasks? [y/N] Nothing was changed.", ""]);
  });

  test("is only counted once it is done, if it is many", async () => {
    const terminal = openTerminal();
    await addMany(terminal, 21);
    expect(await terminal.print("edit", "--where", "+bulk", "due:friday", "--yes")).toBe(
      "Changed 21 tasks. Undo with: todo undo\n",
    );
    const again = await terminal.run("edit", "--where", "+bulk", "due:friday", "--yes");
    expect(again).toEqual({ code: 0, out: "", err: "21 tasks needed no change\n" });
    expect(await terminal.print("done", "--where", "+bulk", "--yes")).toBe("Done 21 tasks. Undo with: todo undo\n");
    expect(await terminal.print("undo")).toBe("Undid the completion: 21 tasks\n");
    expect((await terminal.print("rm", "--where", "+bulk", "--dry-run")).trimEnd().split("\n")).toHaveLength(21);
    expect(JSON.parse(await terminal.print("rm", "--where", "+bulk", "--yes", "--json"))).toHaveLength(21);
    expect((await terminal.print("restore", "-q", ...(await terminal.tasks()).map(({ id }) => id))).length).toBe(
      21 * 13,
    );
  });

  test("is open and does not wait, unless the filter says something else", async () => {
    const terminal = await aShopper();
    await terminal.print("done", "wbb");
    await terminal.print("edit", "gqn", "wait:2027-01-01");
    const hit = async (...argv: readonly string[]) =>
      JSON.parse(await terminal.print(...argv, "--json", "--dry-run")).map(({ title }: { title: string }) => title);
    expect(await hit("edit", "--where", "+shop", "+x")).toEqual(["Salt"]);
    expect(await hit("rm", "--where", "+shop")).toEqual(["Salt"]);
    expect(await hit("rm", "--where", "status:completed")).toEqual(["Milk"]);
    expect(await hit("reopen", "--where", "+shop")).toEqual(["Milk"]);
    expect(await hit("done", "--where", "is:waiting")).toEqual(["Bread"]);
  });

  test("stays cancelled when it is completed, unless the filter asks for what is cancelled", async () => {
    const terminal = await aShopper();
    await terminal.print("cancel", "wbb");
    await terminal.print("done", "gqn");
    const done = await terminal.run("done", "--where", "+shop status:all", "--yes");
    expect([done.code, done.out]).toEqual([0, "Done xjm  Salt  +shop\n"]);
    expect(done.err).toMatch(/^wbb  Milk .*: was closed already$/m);
    expect(await titlesOf(terminal, ({ cancelled }) => cancelled)).toEqual(["Milk"]);
    const closed = await terminal.run("done", "--where", "status:completed", "--yes");
    expect([closed.code, closed.out]).toEqual([0, ""]);
    expect(await titlesOf(terminal, ({ cancelled }) => cancelled)).toEqual(["Milk"]);
    expect(await terminal.print("done", "--where", "status:cancelled", "--yes")).toBe("Done wbb  Milk  +shop\n");
    expect(await titlesOf(terminal, ({ cancelled }) => cancelled)).toEqual([]);
  });

  test("meets all filters, each as a whole, and an error shows the wrong one", async () => {
    const terminal = await aShopper();
    const filters = ["--where", "Milk or Bread", "--where", "due:friday or Rent"];
    expect(await terminal.print("done", ...filters, "--yes")).toBe("Done gqn  Bread  due Fri 27 Nov  +shop\n");
    expect((await terminal.run("done", "--where", "+shop", "--where", "due<fridy", "--yes")).err).toBe(
      'todo: "fridy" is not a date\n  due<fridy\n      ^^^^^\n  Did you mean friday?\n',
    );
    const states = ["--where", "Bread", "--where", "status:completed"];
    expect(await terminal.print("reopen", ...states, "--yes")).toBe("Reopened gqn  Bread  due Fri 27 Nov  +shop\n");
  });

  test("is not narrowed by a context, which is for lists", async () => {
    const terminal = await aShopper({ env: { TODO_CONTEXT: "later" } });
    await terminal.print("filter", "save", "later", "+later");
    const { out, err } = await terminal.run("done", "--where", "Milk", "--yes");
    expect([out, err]).toEqual(["Done wbb  Milk  +shop\n", ""]);
  });

  test("keeps its order among each other when it is moved", async () => {
    const terminal = await aShopper();
    await terminal.print("move", "xjm", "--before", "wbb");
    await terminal.print("move", "--where", "+shop", "--under", "slh", "--last", "--yes");
    const tree = await terminal.print("tree");
    expect(tree.match(/Milk|Bread|Salt/g)).toEqual(["Salt", "Milk", "Bread"]);
  });

  test("gets no title from words alone", async () => {
    const terminal = await aShopper(ON_A_TERMINAL);
    const { code, err } = await terminal.run("edit", "--where", "+shop", "wbb", "due:today");
    expect([code, err]).toEqual([2, expect.stringContaining('words alone do not replace titles: "wbb"')]);
    expect((await terminal.run("edit", "--where", "+shop")).err).toContain("no change is given");
  });
});

describe("tasks below what a filter hits", () => {
  test("are asked about once, or kept where nobody is asked", async () => {
    const terminal = await aShopper();
    for (const parent of ["wbb", "gqn"]) await terminal.print("add", "Part", `parent:${parent}`);
    const kept = await terminal.run("done", "--where", "+shop", "--yes");
    expect(kept.err).toMatch(/^2 subtasks stay open: .*--tree includes what is below\.\n$/);
    await terminal.print("undo");
    Object.assign(terminal.setup, { ...ON_A_TERMINAL, stdin: "y\ny\n" });
    const { err } = await terminal.run("done", "--where", "+shop", "--no-color");
    expect(err.match(/\? \[y\/N\]/g)).toHaveLength(2);
    expect(await titlesOf(terminal, isDone)).toEqual(["Milk", "Bread", "Salt", "Part", "Part"]);
  });

  test("go with them in one change where that is said", async () => {
    const terminal = await aShopper();
    for (const parent of ["wbb", "gqn"]) await terminal.print("add", "Part", `parent:${parent}`);
    const kept = await terminal.run("rm", "--where", "+shop", "--expect", "3");
    expect(kept.err).toMatch(/^2 subtasks are kept: /);
    await terminal.print("undo");
    await terminal.print("rm", "--where", "+shop", "--tree", "--yes");
    expect(await titlesOf(terminal, isDeleted)).toEqual(["Milk", "Bread", "Salt", "Part", "Part"]);
    await terminal.print("undo");
    expect(await titlesOf(terminal, isDeleted)).toEqual([]);
  });
});
