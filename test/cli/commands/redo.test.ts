import { describe, expect, test } from "bun:test";
import { stampFields, type Fields } from "../../../src/domain/task/registers.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { useOnline } from "../../support/cli/online.ts";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const goOnline = useOnline();

const NOTHING = { code: 0, out: "", err: "Nothing to redo.\n" };

/** Two tasks, wbb and gqn, of which the first was edited, and that was undone. */
async function anUndoneEdit() {
  const terminal = openTerminal();
  const rent = await terminal.add("Pay rent", "due:friday", "+a");
  await terminal.add("Milk");
  await terminal.print("edit", "wbb", "due:monday", "--title", "Rent", "+b");
  await terminal.print("undo");
  return { terminal, rent };
}

/** A change from another device, which arrives by sync an hour later. */
async function arrive(terminal: Terminal, task: Task, fields: Fields): Promise<void> {
  terminal.setup.now += 3_600_000;
  const clock = `${terminal.setup.now.toString(16).padStart(12, "0")}0000ffffffff`;
  await terminal.store().merge("local", [{ id: task.id, registers: stampFields(fields, clock) }]);
}

describe("redo", () => {
  test("does again what the last undo took back, and names it", async () => {
    const { terminal, rent } = await anUndoneEdit();
    expect(await terminal.run("redo")).toEqual({
      code: 0,
      out: 'Redid the edit: wbb  title "Pay rent" → "Rent", due Fri 27 Nov → Mon 23 Nov, +b\n',
      err: "",
    });
    expect(await terminal.look(rent)).toMatchObject({ title: "Rent", dueDate: "2026-11-23", tags: ["a", "b"] });
    expect(await terminal.run("redo")).toEqual(NOTHING);
  });

  test("goes as far forward as undo went back", async () => {
    const { terminal, rent } = await anUndoneEdit();
    await terminal.print("redo");
    await terminal.print("done", "wbb");
    await terminal.print("rm", "wbb");
    const before = await terminal.look(rent);
    for (let times = 0; times < 5; times += 1) await terminal.print("undo");
    expect(await terminal.print("list")).toBe("");
    const said = [];
    for (let times = 0; times < 5; times += 1) said.push((await terminal.print("redo")).split(":")[0]);
    const nouns = ["addition", "addition", "edit", "completion", "deletion"];
    expect(said).toEqual(nouns.map((noun) => `Redid the ${noun}`));
    expect(await terminal.look(rent)).toEqual({ ...before, revision: expect.any(Number) });
    expect(await terminal.run("redo")).toEqual(NOTHING);
  });

  test("has nothing to do after a new change", async () => {
    const { terminal } = await anUndoneEdit();
    await terminal.print("edit", "gqn", "+shop");
    expect(await terminal.run("redo")).toEqual(NOTHING);
    expect((await terminal.run("redo", "--json")).out).toBe("null\n");
  });

  test("can itself be undone", async () => {
    const { terminal, rent } = await anUndoneEdit();
    await terminal.print("redo");
    expect(await terminal.print("undo")).toStartWith("Undid the edit: wbb  ");
    expect(await terminal.look(rent)).toMatchObject({ title: "Pay rent", dueDate: "2026-11-27", tags: ["a"] });
  });

  test("keeps what another device changed since, and says so", async () => {
    const { terminal, rent } = await anUndoneEdit();
    await arrive(terminal, rent, { title: "Rent by card" });
    const { out, err } = await terminal.run("redo");
    expect(out).toBe("Redid the edit: wbb  Rent by card  due Fri 27 Nov → Mon 23 Nov, +b\n");
    expect(err).toBe("Kept title of wbbnznksrkdb: it was changed again since.\n");
  });

  test("is in the log under its own name", async () => {
    const { terminal } = await anUndoneEdit();
    await terminal.print("redo");
    expect(await terminal.print("log", "--limit", "1")).toMatch(
      / {2}redo {6}wbbnznksrkdb {2}title "Pay rent" → "Rent"/,
    );
  });

  test("reaches the other devices", async () => {
    const online = await goOnline();
    const laptop = await online.signUp();
    await laptop.add("Milk");
    for (const command of ["undo", "sync", "redo", "sync"]) await laptop.print(command);
    const phone = await online.logIn();
    await phone.print("sync");
    expect(await phone.titles()).toEqual(["Milk"]);
    expect(await phone.print("list", "-q")).not.toBe("");
  });
});
