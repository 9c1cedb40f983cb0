import { existsSync } from "node:fs";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { Store } from "../../../src/ports/store.ts";
import { describeFailure } from "./failure.ts";
import type { OpenOrder, OpenOutcome } from "./opening.ts";
import { print } from "./print.ts";

// A process of its own that opens a store and writes to it, and prints how that went as one line of JSON.

const NOBODY = 65534;

const order: OpenOrder = JSON.parse(process.argv[2] ?? "");
if (order.unprivileged && process.getuid?.() === 0) dropRights();
print("ready");
while (order.startWhen !== undefined && !existsSync(order.startWhen)) Bun.sleepSync(1);
print(JSON.stringify(await work()));

async function work(): Promise<OpenOutcome> {
  try {
    const { store, file } = openSqlite(order.path, { migrations: [...sqliteMigrations, ...(order.migrations ?? [])] });
    for (const title of order.titles ?? []) await write(store, title);
    const { node } = file.measure("ann");
    await store.close();
    return { node };
  } catch (error) {
    return { error: describeFailure(error) };
  }
}

async function write(store: Store, title: string): Promise<void> {
  const edits = [{ id: Bun.randomUUIDv7(), fields: { title } }];
  await store.commit("local", { action: "add", now: Date.now(), edits });
}

function dropRights(): void {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
