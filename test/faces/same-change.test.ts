import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Registers } from "../../src/domain/task/registers.ts";
import type { Store } from "../../src/ports/store.ts";
import { LOCAL_USER } from "../../src/services/workspace.ts";
import { OPENING } from "../support/stores/test-user.ts";
import { openTerminal, type Terminal } from "../support/cli/terminal.ts";
import { type Api, createApi, openInMemory } from "../support/server/api.ts";

/** One change as a person types it, and as programs may ask for it: several requests say the same. */
type Step = {
  readonly typed: readonly string[];
  readonly asked: readonly { readonly method: string; readonly path: string; readonly json?: object }[];
};

const USER = "ann";

const anyPatch = fc.record(
  {
    title: fc.constantFrom("Pay rent", "Rent", "Milk"),
    due_date: fc.constantFrom("2026-12-01", "2026-11-27", null),
    project: fc.constantFrom("Home", "Work", null),
    priority: fc.constantFrom("high", "low", null),
    description: fc.constantFrom("one", "two", null),
  },
  { requiredKeys: [] },
);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  anyPatch
    .filter((patch) => Object.keys(patch).length > 0)
    .map((patch) => ({
      typed: ["edit", "ID", ...Object.entries(patch).map(([name, value]) => typeField(name, value))],
      asked: ["PATCH", "PUT"].map((method) => ({ method, path: "", json: patch })),
    })),
  fc.constant({ typed: ["done", "ID"], asked: askForCompletion(true) }),
  fc.constant({ typed: ["reopen", "ID"], asked: askForCompletion(false) }),
  fc.constant({
    typed: ["cancel", "ID"],
    asked: [
      { method: "PATCH", path: "/complete", json: { cancelled: true } },
      { method: "PATCH", path: "", json: { cancelled: true } },
      { method: "PUT", path: "", json: { completed: true, cancelled: true } },
    ],
  }),
  fc.constantFrom("mon", "2 weeks on tue,fri", "!10d", null).map((every) => ({
    typed: ["edit", "ID", every === null ? "--no-every" : `--every=${every}`],
    asked: ["PATCH", "PUT"].map((method) => ({ method, path: "", json: { recurrence: every && { every } } })),
  })),
  fc.constantFrom("skip", "detach").map((command) => ({
    typed: [command, "ID"],
    asked: [{ method: "POST", path: `/${command}` }],
  })),
  fc.constantFrom("2026-12-07", "2026-12-08").map((occurrence) => ({
    typed: ["done", "ID", `--occurrence=${occurrence}`],
    asked: [{ method: "PATCH", path: "/complete", json: { completed: true, occurrence } }],
  })),
  fc.constantFrom("start", "stop").map((command) => ({
    typed: [command, "ID"],
    asked: ["PATCH", "PUT"].map((method) => ({ method, path: "", json: { started: command === "start" } })),
  })),
  fc.constantFrom("one", "two").map((text) => ({
    typed: ["note", "ID", text],
    asked: [{ method: "POST", path: "/notes", json: { text } }],
  })),
  fc.constantFrom("OTHER", null).map((parent) => ({
    typed: ["edit", "ID", parent === null ? "--no-parent" : `--parent=${parent}`],
    asked: ["PATCH", "PUT"].map((method) => ({ method, path: "", json: { parent } })),
  })),
  fc.constant({
    typed: ["edit", "ID", "depends:OTHER"],
    asked: [{ method: "PATCH", path: "", json: { depends_on: ["OTHER"] } }],
  }),
  fc
    .constantFrom(
      { typed: ["--first"], json: { first: true } },
      { typed: ["--before", "OTHER"], json: { before: "OTHER" } },
      { typed: ["--under", "OTHER", "--last"], json: { parent: "OTHER", last: true } },
      { typed: ["--root"], json: { parent: null } },
    )
    .map(({ typed, json }) => ({ typed: ["move", "ID", ...typed], asked: [{ method: "POST", path: "/move", json }] })),
  fc.constant({
    typed: ["done", "OTHER", "--tree"],
    asked: [{ method: "PATCH", path: "OTHER/complete", json: { completed: true, subtasks: "complete" } }],
  }),
  fc.constant({ typed: ["rm", "OTHER", "--tree"], asked: [{ method: "DELETE", path: "OTHER?subtasks=delete" }] }),
  fc.constant({ typed: ["restore", "OTHER"], asked: [{ method: "POST", path: "OTHER/restore" }] }),
  fc.constant({ typed: ["rm", "ID"], asked: [{ method: "DELETE", path: "" }] }),
  fc.constant({ typed: ["restore", "ID"], asked: [{ method: "POST", path: "/restore" }] }),
);

function typeField(name: string, value: string | null): string {
  const flag = name === "due_date" ? "due" : name;
  return value === null ? `--no-${flag}` : `--${flag}=${value}`;
}

function askForCompletion(completed: boolean): Step["asked"] {
  // What is absent from a change of fields stays, such as that it was cancelled.
  const json = completed ? { completed, cancelled: false } : { completed };
  return [
    { method: "PATCH", path: "/complete", json: { completed } },
    { method: "PATCH", path: "", json },
    { method: "PUT", path: "", json },
  ];
}

/** What is kept of a user's tasks and their log, but for who made it and the ids of notes. */
async function readAll(store: Store, user: string) {
  const [{ tasks }, log] = [await store.find(user, { where: [] }), await store.history(user, {})];
  const entries = log.map(({ clock, at, action, id, before, after }) => ({
    clock: clock.slice(0, 16),
    at,
    action,
    id,
    before: withoutNodes(before),
    after: withoutNodes(after),
  }));
  return {
    tasks: tasks.map(({ notes, time, ...task }) => ({
      ...task,
      notes: notes.map(({ text }) => text),
      time: Object.values(time),
    })),
    entries,
  };
}

function withoutNodes(registers: Registers): Registers {
  return Object.fromEntries(
    Object.entries(registers).map(([key, text]) => [
      key.replace(/^(note:|time:\d{4}-\d{2}:).+/, "$1"),
      text.slice(0, 16) + text.slice(24),
    ]),
  );
}

type Begun = { readonly terminal: Terminal; readonly api: Api; readonly id: string; readonly other: string };

async function begin(): Promise<Begun> {
  const terminal = openTerminal();
  const api = createApi({}, openInMemory, { now: OPENING });
  const { id } = await terminal.add("Pay rent", "due:2026-12-01", "+home");
  const json = { id, title: "Pay rent", due_date: "2026-12-01", tags: ["home"] };
  expect((await api.ask("POST", "/api/tasks", { as: USER, json })).status).toBe(201);
  const { id: other } = await terminal.add("House");
  const house = { id: other, title: "House" };
  expect((await api.ask("POST", "/api/tasks", { as: USER, json: house })).status).toBe(201);
  return { terminal, api, id, other };
}

test("the same changes through the command line and over HTTP leave the same registers and the same log", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyStep, fc.nat()), { maxLength: 12 }), async (steps) => {
      const { terminal, api, id, other } = await begin();
      const name = (text: string) => text.replace("OTHER", other).replace(/^ID$/, id);
      for (const [{ typed, asked }, choice] of steps) {
        terminal.setup.now += 1000;
        api.clock.now = terminal.setup.now;
        const request = asked[choice % asked.length] ?? { method: "", path: "" };
        await terminal.run(...typed.map(name));
        const { method } = request;
        const path = request.path.startsWith("OTHER") ? name(request.path) : `${id}${request.path}`;
        const json: unknown = request.json && JSON.parse(name(JSON.stringify(request.json)));
        await api.ask(method, `/api/tasks/${path}`, { as: USER, ...(json !== undefined && { json }) });
      }
      expect(await readAll(api.store, USER)).toEqual(await readAll(terminal.store(), LOCAL_USER));
      await Promise.all([terminal.close(), api.store.close()]);
    }),
    { numRuns: 60 },
  );
});
