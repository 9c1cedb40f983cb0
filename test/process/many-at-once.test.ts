import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { useHomes } from "../support/cli/home.ts";

const newHome = useHomes();

test("fifty `todo add` at the same moment on a new file all end well, and all fifty tasks are there", async () => {
  const home = newHome();
  const titles = Array.from({ length: 50 }, (_, number) => `task ${String(number).padStart(2, "0")}`);
  const ends = await Promise.all(titles.map((title) => home.todo("add", title)));
  expect(ends.filter(({ exitCode, err }) => exitCode !== 0 || err !== "")).toEqual([]);
  expect((await home.tasks()).map(({ title }) => title).toSorted()).toEqual(titles);
  expect(readdirSync(home.path("data"))).toEqual(["todo.db"]);
  expect(await home.print("doctor")).toEndWith(": sound\n");
});

test("fifty `todo done` at the same moment lose none of each other's work", async () => {
  const home = newHome();
  const lines = Array.from({ length: 50 }, (_, number) => `task ${number}\n`);
  await home.run({ args: ["add", "-"], input: lines.join("") });
  const tasks = await home.tasks();
  const ends = await Promise.all(tasks.map(({ handle }) => home.todo("done", handle)));
  expect(ends.filter(({ exitCode, err }) => exitCode !== 0 || err !== "")).toEqual([]);
  expect((await home.tasks()).filter(({ completed }) => completed)).toHaveLength(50);
});
