import { appendFileSync } from "node:fs";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { describeFailure } from "./failure.ts";
import type { Failure } from "./opening.ts";
import { print } from "./print.ts";

// A process of its own that hands commits to a store, many at a time:
//   bun commit-in-groups.ts PATH             prints how those of one group ended, as one line of JSON
//   bun commit-in-groups.ts PATH NAME FILE   goes on until it is killed; titles that were answered for are in the file

/** How each commit of a group ended: null where it was answered. */
export type Ends = readonly (Failure | null)[];

const TOGETHER = 20;

const [path = "", name, file = ""] = process.argv.slice(2);
const { store } = openSqlite(path);
print("ready");
if (name === undefined) print(JSON.stringify(await Promise.all(titlesOf(0).map(endOf))));
else for (let group = 0; ; group += 1) await Promise.all(titlesOf(group).map(writeAndNote));

function titlesOf(group: number): string[] {
  return Array.from({ length: TOGETHER }, (_, number) => `${name} ${group} ${number}`);
}

async function write(title: string): Promise<void> {
  const edits = [{ id: Bun.randomUUIDv7(), fields: { title } }];
  await store.commit("local", { action: "add", now: Date.now(), edits });
}

async function writeAndNote(title: string): Promise<void> {
  await write(title);
  appendFileSync(file, `${title}\n`);
}

async function endOf(title: string): Promise<Failure | null> {
  return write(title).then(() => null, describeFailure);
}
