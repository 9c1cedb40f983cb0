import { writeFileSync } from "node:fs";
import { openSqlite } from "../../src/db/sqlite/database.ts";
import { draftFields } from "../../src/domain/task/fields.ts";
import type { Edit, Store } from "../../src/ports/store.ts";
import { issueToken } from "../token.ts";
import { makeSample } from "../sample.ts";

export const USERS = 100;
export const TASKS = 10_000;

export const OPERATIONS = ["list of 50", "get one", "create", "complete"] as const;
export type Operation = (typeof OPERATIONS)[number];

export type Sample = {
  /** A database with 10,000 tasks of 100 users, closed. */
  readonly database: string;
  readonly secret: string;
  /** Puts the same tasks into another store. */
  readonly fill: (store: Store) => Promise<void>;
  /** A file of requests for each operation, and one of all of them mixed. */
  readonly requests: Readonly<Record<Operation | "mixed", string>>;
};

type Known = { readonly user: string; readonly token: string; readonly id: string };

/** Bodies of new tasks, without the members that say nothing. */
const NEW_TASKS = makeSample(1000).map((task) =>
  JSON.stringify(Object.fromEntries(Object.entries(task).filter(([, value]) => value !== null))),
);

/** What a mixed load is made of: reads are eight of ten. */
const MIX: readonly Operation[] = [
  ...(["list of 50", "get one", "list of 50", "get one", "create"] as const),
  ...(["get one", "list of 50", "get one", "list of 50", "complete"] as const),
];

/** Makes the database and the requests for it in a folder. Neighbours among the requests are of different users. */
export async function makeHttpSample(folder: string): Promise<Sample> {
  const database = `${folder}/sample.db`;
  const secret = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  const users = await Promise.all(Array.from({ length: USERS }, (_, at) => makeUser(`user-${at}`, secret)));
  const now = Date.now();
  const drafts = makeDrafts(now);
  const known = drafts.flatMap(({ id }, at) => {
    const owner = users[at % USERS];
    return owner ? [{ ...owner, id }] : [];
  });
  const fill = (store: Store) => fillStore(store, users, { drafts, now });
  const { store } = openSqlite(database);
  await fill(store);
  await store.close();
  const write = (name: string, pick: (at: number) => Operation): string => {
    const path = `${folder}/${name.replaceAll(" ", "-")}.requests`;
    // 31 has no divisor in common with the number of tasks, so that each of them has its turn.
    const lines = known.map((_, at) =>
      describeRequest(pick(at), known, (at * 31 + Math.floor(at / MIX.length)) % TASKS),
    );
    writeFileSync(path, lines.join(""));
    return path;
  };
  const requests = {
    "list of 50": write("list", () => "list of 50"),
    "get one": write("get", () => "get one"),
    create: write("create", () => "create"),
    complete: write("complete", () => "complete"),
    mixed: write("mixed", (at) => MIX[at % MIX.length] ?? "get one"),
  };
  return { database, secret, fill, requests };
}

async function makeUser(user: string, secret: string) {
  return { user, token: await issueToken(user, secret) };
}

function makeDrafts(now: number): Edit[] {
  return makeSample(TASKS).map(({ due_date: dueDate, ...draft }, at) => ({
    id: Bun.randomUUIDv7(),
    fields: draftFields({ ...draft, dueDate }, new Date(now - (TASKS - at) * 1000).toISOString()),
  }));
}

/** Gives the tasks to the users, one after another: that of number 123 is user 23's. */
async function fillStore(
  store: Store,
  users: readonly Omit<Known, "id">[],
  { drafts, now }: { readonly drafts: readonly Edit[]; readonly now: number },
): Promise<void> {
  for (const [first, { user }] of users.entries()) {
    const edits = drafts.filter((_, at) => at % USERS === first);
    await store.commit(user, { action: "import", now, edits, returning: false });
  }
}

function describeRequest(operation: Operation, known: readonly Known[], at: number): string {
  const { user = "", token = "", id = "" } = known[at] ?? {};
  const [method, path, body] = REQUESTS[operation](id, at);
  return `${[method, path, token, user, body].join("\t")}\n`;
}

const REQUESTS = {
  "list of 50": () => ["GET", "/api/tasks", ""],
  "get one": (id) => ["GET", `/api/tasks/${id}`, ""],
  create: (_, at) => ["POST", "/api/tasks", NEW_TASKS[at % NEW_TASKS.length] ?? ""],
  // Without a body it turns the state round, so that each one has something to write.
  complete: (id) => ["PATCH", `/api/tasks/${id}/complete`, ""],
} as const satisfies Record<Operation, (id: string, at: number) => readonly [string, string, string]>;
