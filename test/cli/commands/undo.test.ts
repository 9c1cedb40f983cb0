import { describe, expect, test } from "bun:test";
import { stampFields, type Fields } from "../../../src/domain/task/registers.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** Everything of the tasks but where they stand in the order of changes and when they changed. */
async function contents(terminal: Terminal): Promise<object[]> {
  return (await terminal.tasks()).map((task) => ({ ...task, revision: 0, updatedAt: "" }));
}

/** A change from another device, which arrives by sync an hour later. */
async function arrive(terminal: Terminal, task: Task, fields: Fields): Promise<void> {
  terminal.setup.now += 3_600_000;
  const clock = `${terminal.setup.now.toString(16).padStart(12, "0")}0000ffffffff`;
  await terminal.store().merge("local", [{ id: task.id, registers: stampFields(fields, clock) }]);
}

async function aTestUser() {
  const terminal = openTerminal();
  const rent = await terminal.add(
    "Pay rent",
    "due:friday",
    "project:Home",
    "priority:high",
    "+a",
    "--description",
    "x",
  );
  const milk = await terminal.add("Milk", "+shop");
  return { terminal, rent, milk };
}

/** What is said to be undone after each command. */
const UNDONE = new Map<string | undefined, string>([
  ["edit", "the edit"],
  ["done", "the completion"],
  ["reopen", "the reopening"],
  ["rm", "the deletion"],
  ["restore", "the restoration"],
]);

describe("undo", () => {
  test.each<[string, string[][]]>([
    [
      "an edit of every field",
      [
        [
          "edit",
          "wbb",
          "--title",
          "Rent",
          "due:none",
          "project:Flat",
          "priority:low",
          "+b",
          "--untag",
          "a",
          "--no-description",
        ],
      ],
    ],
    ["an edit of several tasks", [["edit", "wbb", "gqn", "+x", "due:monday"]]],
    ["done", [["done", "wbb", "gqn"]]],
    [
      "reopen",
      [
        ["done", "wbb"],
        ["reopen", "wbb"],
      ],
    ],
    ["rm", [["rm", "wbb", "gqn", "--yes"]]],
    [
      "restore",
      [
        ["rm", "gqn"],
        ["restore", "gqn"],
      ],
    ],
  ])("takes %s back", async (_, commands) => {
    const { terminal } = await aTestUser();
    for (const command of commands.slice(0, -1)) await terminal.print(...command);
    const before = await contents(terminal);
    terminal.setup.now += 60_000;
    await terminal.print(...(commands.at(-1) ?? []));
    expect(await contents(terminal)).not.toEqual(before);
    terminal.setup.now += 60_000;
    const { out, err } = await terminal.run("undo");
    expect(out).toStartWith(`Undid ${UNDONE.get(commands.at(-1)?.[0])}: `);
    expect(err).toBe("");
    expect(await contents(terminal)).toEqual(before);
  });

  test("takes an add back by deleting, so that restore brings the task again", async () => {
    const { terminal } = await aTestUser();
    expect(await terminal.print("undo")).toBe("Undid the addition: gqn  Milk  deleted\n");
    expect(await terminal.print("list", "-q")).toBe("wbbnznksrkdb\n");
    await terminal.print("restore", "gqn");
    expect(await terminal.print("list", "-q")).toBe("wbbnznksrkdb\ngqnvvdwdmnrt\n");
  });

  test("takes an import back: new tasks go, changed ones are as before", async () => {
    const { terminal, milk } = await aTestUser();
    const before = await contents(terminal);
    terminal.setup.stdin = `{"id":"${milk.id}","title":"Oat milk","tags":["shop"]}\n{"title":"New"}\n`;
    await terminal.print("import", "-");
    const { out } = await terminal.run("undo");
    expect(out).toContain('Undid the import: gqn  title "Oat milk" → "Milk"\n');
    expect(out).toContain("New");
    expect((await contents(terminal)).slice(0, 2)).toEqual(before);
    expect((await terminal.tasks())[2]).toMatchObject({ title: "New", deletedAt: "2026-11-20T09:00:00.000Z" });
  });

  test("again takes the change before back, down to the first, and then there is nothing", async () => {
    const { terminal } = await aTestUser();
    const states = [await contents(terminal)];
    const story = [
      ["edit", "wbb", "--title", "Rent"],
      ["edit", "wbb", "--title", "The rent", "due:monday"],
      ["edit", "wbb", "--title", "Rent again", "+b"],
      ["done", "wbb"],
      ["reopen", "wbb"],
      ["done", "wbb", "gqn"],
      ["rm", "gqn"],
      ["restore", "gqn"],
      ["edit", "wbb", "--untag", "b"],
    ];
    for (const command of story) {
      terminal.setup.now += 60_000;
      await terminal.print(...command);
      states.push(await contents(terminal));
    }
    for (const command of story.toReversed()) {
      states.pop();
      const { out, err } = await terminal.run("undo");
      expect(out).toStartWith(`Undid ${UNDONE.get(command[0])}: `);
      expect(err).toBe("");
      expect(await contents(terminal)).toEqual(states.at(-1) ?? []);
    }
    await terminal.print("undo");
    await terminal.print("undo");
    expect(await terminal.print("list")).toBe("");
    const last = await terminal.run("undo");
    expect(last).toEqual({ code: 0, out: "", err: "Nothing to undo.\n" });
  });

  test("after an undo and a new change takes the new change back first", async () => {
    const { terminal, rent } = await aTestUser();
    await terminal.print("edit", "wbb", "--title", "one");
    await terminal.print("edit", "wbb", "--title", "two");
    await terminal.print("undo");
    await terminal.print("edit", "wbb", "--title", "three");
    const titles: string[] = [];
    for (let times = 0; times < 2; times += 1) {
      await terminal.print("undo");
      titles.push((await terminal.look(rent)).title);
    }
    expect(titles).toEqual(["one", "Pay rent"]);
  });

  test("of nothing says so and is no error", async () => {
    const terminal = openTerminal();
    expect(await terminal.run("undo")).toEqual({ code: 0, out: "", err: "Nothing to undo.\n" });
    expect((await terminal.run("undo", "--json")).out).toBe("null\n");
  });
});

describe("undo of what another device changed since", () => {
  test("keeps that field, takes the others back, and says so", async () => {
    const { terminal, rent } = await aTestUser();
    await terminal.print("edit", "wbb", "--title", "Rent", "due:monday", "+b");
    await arrive(terminal, rent, { title: "Rent by card", "tag:b": false, priority: "low" });
    const { code, out, err } = await terminal.run("undo");
    expect([code, out]).toEqual([0, "Undid the edit: wbb  Rent by card  due Mon 23 Nov → Fri 27 Nov\n"]);
    expect(err.trimEnd().split("\n").toSorted()).toEqual([
      "Kept +b of wbbnznksrkdb: it was changed again since.",
      "Kept title of wbbnznksrkdb: it was changed again since.",
    ]);
    expect(await terminal.look(rent)).toMatchObject({
      title: "Rent by card",
      dueDate: "2026-11-27",
      priority: "low",
      tags: ["a"],
    });
  });

  test("keeps the whole task when it was added here and changed there", async () => {
    const { terminal, milk } = await aTestUser();
    await arrive(terminal, milk, { title: "Oat milk" });
    const { code, out, err } = await terminal.run("undo");
    expect([code, out]).toEqual([0, ""]);
    expect(err).toBe("Kept title of gqnvvdwdmnrt: it was changed again since.\n");
    expect(await terminal.look(milk)).toMatchObject({ title: "Oat milk", deletedAt: null });
    expect((await terminal.run("undo")).out).toStartWith("Undid the addition: wbb  Pay rent");
  });

  test.each<[string, Fields, string]>([
    ["a due date", { due_date: "2026-11-27" }, "due"],
    ["a tag", { "tag:oat": true }, "+oat"],
    ["its completion", { completed_at: "2026-11-20T09:30:00.000Z" }, "completed"],
    ["a removed tag", { "tag:shop": false }, "+shop"],
  ])("keeps the whole task when it was added here and got %s there", async (_, fields, name) => {
    const { terminal, milk } = await aTestUser();
    await arrive(terminal, milk, fields);
    const { out, err } = await terminal.run("undo");
    expect(out).toBe("");
    expect(err).toBe(`Kept ${name} of gqnvvdwdmnrt: it was changed again since.\n`);
    expect((await terminal.look(milk)).deletedAt).toBe(null);
  });

  test("takes an add back whose task was changed and changed back", async () => {
    const { terminal, milk } = await aTestUser();
    await terminal.print("edit", "gqn", "+oat", "due:friday", "--description", "x");
    await terminal.print("undo");
    expect(await terminal.print("undo")).toBe("Undid the addition: gqn  Milk  deleted\n");
    expect((await terminal.look(milk)).deletedAt).not.toBe(null);
  });

  test("takes an import of deleted and done tasks back without a word", async () => {
    const terminal = openTerminal();
    const at = "2026-01-01T00:00:00.000Z";
    terminal.setup.stdin = `{"title":"gone","deleted_at":"${at}"}\n{"title":"done","completed_at":"${at}","description":""}\n`;
    await terminal.print("import", "-");
    expect((await terminal.run("undo")).err).toBe("");
    expect((await terminal.tasks()).every(({ deletedAt }) => deletedAt !== null)).toBe(true);
  });

  test("does not take the change of the other device for one of its own", async () => {
    const { terminal, rent } = await aTestUser();
    await arrive(terminal, rent, { title: "Rent by card" });
    expect(await terminal.print("undo")).toBe("Undid the addition: gqn  Milk  deleted\n");
    expect(await terminal.look(rent)).toMatchObject({ title: "Rent by card", deletedAt: null });
  });

  test("is told to programs with what was kept", async () => {
    const { terminal, rent } = await aTestUser();
    await terminal.print("edit", "wbb", "--title", "Rent", "due:monday");
    await arrive(terminal, rent, { title: "Rent by card" });
    const undone: object = JSON.parse(await terminal.print("undo", "--json"));
    expect(undone).toMatchObject({
      action: "edit",
      at: "2026-11-20T09:00:00.000Z",
      tasks: [{ title: "Rent by card", due_date: "2026-11-27" }],
      kept: [{ id: rent.id, field: "title" }],
    });
  });
});
