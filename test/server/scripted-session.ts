import { idOf, type Api, type Ask } from "../support/server/api.ts";

/** A request of the session. `{etag}` in a header stands for the last entity tag that came, `{next}` for the last link to a page. */
export type Line = readonly [method: string, path: string, ask?: Ask];

/** A reply down to its bytes. */
export type Spoken = {
  readonly request: string;
  readonly status: number;
  readonly headers: string;
  readonly body: string;
};

const [RENT, MILK, BREAD, ROLLS] = [
  idOf("kqvzbdfghjkl"),
  idOf("kqvxbdfghjkl"),
  idOf("zzzxbdfghjkl"),
  idOf("bbbbbdfghjkl"),
];
const TASK = `/api/tasks/${RENT}`;
export const NOTE = "01a1f82f-1e80-7001-89c7-042307825391";
const NOBODY = "/api/tasks/1f8fad5b-d9cb-469f-a165-70867728950e";
const IF_SAME = { headers: { "if-match": "{etag}" } };

const READS: readonly Line[] = [
  ["GET", "/health", { as: null }],
  ["HEAD", "/ready", { as: null }],
  ["GET", "/ready", { as: null }],
  ["GET", "/app/config.json", { as: null }],
  ["GET", "/api/me", { claims: { scope: "tasks:read", email: "ann@example.com" } }],
  ["GET", "/api/me", { as: "Ädä; drop table users --" }],
  ["GET", "/api/tasks"],
  ["GET", TASK],
];

const CREATES: readonly Line[] = [
  [
    "POST",
    "/api/tasks",
    {
      json: {
        id: RENT,
        title: 'Pay "rent" \\ å',
        description: "one\ntwo\u2028\u0001\u007f",
        due_date: "2026-12-01T18:30:00+02:00",
        priority: "high",
        project: "Hørve",
        tags: ["å", "aa", "z", "Å", "🦊", "__proto__"],
      },
    },
  ],
  ["POST", "/api/tasks", { json: { id: RENT, title: "Another" } }],
  ["POST", "/api/tasks", { json: { id: MILK, title: "Milk", description: "" } }],
  ["POST", "/api/tasks", { json: { id: MILK.toUpperCase(), title: "Milk", description: "", tags: [] } }],
  ["POST", "/api/tasks", { json: { id: BREAD, title: "Cafe\u0301", due_date: "2026-12-01", priority: "low" } }],
  ["POST", "/api/tasks", { json: { title: "Without an id", project: "aa", due_date: null } }],
  ["POST", "/api/tasks/", { json: { title: "🦊".repeat(500), tags: Array.from({ length: 50 }, (_, at) => `t${at}`) } }],
  ["POST", "/api/tasks", { json: { title: "", priority: "x", a: 1, b: 2 } }],
  ["POST", "/api/tasks", { text: "{" }],
  ["POST", "/api/tasks", { text: `{"title":"${"x".repeat(70_000)}"}` }],
  ["POST", "/api/tasks", { json: { title: "x" }, headers: { "content-type": "text/plain" } }],
  ["POST", "/api/tasks", { json: { title: "x" }, claims: { scope: "tasks:read" } }],
  ["POST", "/api/tasks", { json: { title: "x" }, as: null }],
  ["POST", "/api/tasks", { json: { id: RENT, title: "Theirs" }, as: "ben" }],
];

const CHANGES: readonly Line[] = [
  ["GET", TASK],
  ["GET", TASK, { headers: { "if-none-match": "{etag}" } }],
  ["HEAD", TASK],
  ["GET", "/api/tasks/kqv"],
  ["GET", "/api/tasks/KQVZ"],
  ["GET", "/api/tasks/019a9f3c"],
  ["GET", NOBODY],
  ["PATCH", TASK, { json: { title: "Rent", tags: ["aa", "new"] }, ...IF_SAME }],
  ["PATCH", TASK, { json: { title: "Rent", tags: ["new", "aa"] } }],
  ["PATCH", TASK, { json: { title: "x" }, headers: { "if-match": '"old"' } }],
  ["PATCH", TASK, { json: { title: "x" }, headers: { "if-match": "old" } }],
  ["PUT", TASK, { json: { description: null, priority: null, due_date: "2026-11-30", completed: true } }],
  ["PUT", TASK, { json: { title: null, handle: "x" } }],
  ["PATCH", NOBODY, { json: { title: "x" } }],
  ["PATCH", `${TASK}/complete`],
  ["PATCH", `${TASK}/complete`, { json: { completed: true } }],
  ["PATCH", `${TASK}/complete`, { json: { completed: "yes" } }],
  ["PATCH", `/api/tasks/${MILK}/complete`],
  ["POST", `/api/tasks/${MILK}/move`, { json: { before: BREAD } }],
  ["POST", `/api/tasks/${MILK}/move`, { json: { parent: BREAD } }],
  ["POST", `/api/tasks/${BREAD}/move`, { json: { parent: MILK } }],
  ["POST", `/api/tasks/${MILK}/move`, { json: {} }],
  ["GET", `/api/tasks/${BREAD}?include=subtasks,blocked`],
  ["POST", `/api/tasks/${MILK}/move`, { json: { parent: null, first: true }, ...IF_SAME }],
  ["PATCH", `/api/tasks/${MILK}`, { json: { recurrence: { every: "day" } } }],
  ["POST", `/api/tasks/${MILK}/skip`],
  ["POST", `/api/tasks/${MILK}/detach`, { json: { occurrence: "soon" } }],
  ["POST", `/api/tasks/${MILK}/detach`],
  ["GET", `/api/tasks/${MILK}/occurrences`],
  ["PATCH", `/api/tasks/${MILK}`, { json: { recurrence: null } }],
  ["DELETE", `/api/tasks/${BREAD}`, { headers: { "if-match": '"old"' } }],
  ["DELETE", `/api/tasks/${BREAD}`],
  ["DELETE", `/api/tasks/${BREAD}`],
  ["POST", "/api/tasks", { json: { id: BREAD, title: "Café" } }],
  ["POST", `/api/tasks/${BREAD}/restore`],
  ["POST", `/api/tasks/${BREAD}/restore`, IF_SAME],
  ["POST", `${NOBODY}/restore`],
  ["POST", `${TASK}/notes`, { json: { id: NOTE, text: "Café" } }],
  ["POST", `${TASK}/notes`, { json: { id: NOTE, text: "" } }],
  ["DELETE", `${TASK}/notes/${NOTE}`],
  ["DELETE", `${TASK}/notes/1`],
  [
    "POST",
    "/api/tasks",
    { json: { id: ROLLS, title: "Rolls", due_date: "2026-11-30T23:59:59.999Z", priority: "medium" } },
  ],
];

const LANGUAGE: readonly Line[] = [
  [
    "POST",
    "/api/tasks/parse",
    { json: { text: "Pay rent due:fridy parent:kqvz every:2 weeks +å recur:x", tz: "Europe/Berlin" } },
  ],
  ["POST", "/api/tasks/parse", { json: { text: "x", tz: "Berlin" } }],
  ["GET", "/api/tasks/parse"],
  ["POST", "/api/tasks/bulk", { json: { filter: "+aa", changes: { priority: "low" } } }],
  ["POST", "/api/tasks/bulk", { json: { filter: "+aa or", changes: { priority: "low" } } }],
  ["PUT", "/api/filters/Möbel", { json: { filter: "+aa or +å" } }],
  ["PUT", "/api/filters/möbel", { json: { filter: "due<=fridy" } }],
  ["GET", "/api/filters/möbel"],
  ["GET", "/api/filters"],
  ["DELETE", "/api/filters/möbel"],
  ["DELETE", "/api/filters/möbel"],
  ["GET", "/api/agenda"],
  ["GET", "/api/agenda?days=3&tz=Asia/Tokyo"],
  ["GET", "/api/stats"],
  ["GET", "/api/stats?period=this year&tz=Europe/Berlin"],
  ["GET", "/api/stats?period=today&filter=%2Baa or %2Bå"],
  ["GET", "/api/stats?period=fortnight"],
];

const LISTS: readonly Line[] = [
  ["GET", "/api/tasks?limit=2"],
  ["GET", "{next}"],
  ["GET", "{next}"],
  ["GET", "/api/tasks?sort=due_date&order=desc&limit=3"],
  ["GET", "{next}"],
  ["GET", "/api/tasks?sort=priority&limit=3"],
  ["GET", "{next}"],
  ["GET", "/api/tasks?sort=updated&order=desc&limit=3"],
  ["GET", "{next}"],
  ["GET", "/api/tasks?status=completed&tag=aa&tag=new"],
  ["GET", "/api/tasks?q=CAF%C3%89&status=pending&due_before=2027-01-01&due_after=2026-11-30"],
  ["GET", "/api/tasks?project=aa"],
  ["GET", "/api/tasks?project=%C3%A5"],
  ["GET", "/api/tasks?limit=0&sort=x&page=2"],
  ["GET", "/api/tasks?cursor=abc"],
  ["GET", "/api/tasks", { as: "ben" }],
  ["GET", "/api/me/export"],
  ["GET", "/api/me/export", { as: "ben" }],
  ["GET", "/api/me/export", { as: "nobody" }],
  ["HEAD", "/api/me/export"],
  ["PATCH", "/api/tasks"],
  ["GET", "/api/nothing"],
  ["GET", "/nothing", { as: null }],
];

/** What is refused, because the rest of what replicas are answered is random. */
const EXCHANGES: readonly Line[] = [
  ["GET", "/api/sync/events", { as: null }],
  ["HEAD", "/api/sync/events"],
  ["POST", "/api/sync", { json: { protocol: 99, replica: "laptop" } }],
  ["POST", "/api/sync", { json: { protocol: 1, replica: "laptop", cursor: "abc" } }],
  ["POST", "/api/sync", { json: { protocol: 1, changes: [{ id: RENT, registers: { title: 1 } }] } }],
  ["POST", "/api/sync", { json: { protocol: 1, replica: "laptop" }, claims: { scope: "tasks:read" } }],
];

/** All routes and what can be wrong with a request for one, in an order in which each has something to do. */
export const SESSION: readonly Line[] = [...READS, ...CREATES, ...CHANGES, ...LANGUAGE, ...LISTS, ...EXCHANGES];

/** Sends lines one after another, a second apart, and answers what came back. */
export async function play(api: Api, lines: readonly Line[]): Promise<Spoken[]> {
  const spoken: Spoken[] = [];
  const last = { etag: "", next: "" };
  for (const [method, line, { headers = {}, ...ask } = {}] of lines) {
    api.clock.now += 1000;
    if (line === "{next}" && last.next === "") throw new Error(`there is no page behind that of line ${spoken.length}`);
    const path = line.replace("{next}", last.next);
    const filled = Object.entries(headers).map(([name, value]) => [name, value.replace("{etag}", last.etag)]);
    const fixed = { "x-request-id": `request-${spoken.length}`, ...Object.fromEntries(filled) };
    const reply = await api.send(method, path, { ...ask, headers: fixed });
    last.etag = reply.headers.get("etag") ?? last.etag;
    last.next = /^<(.+)>; rel="next"$/.exec(reply.headers.get("link") ?? "")?.[1] ?? "";
    const said = [...reply.headers].map(([name, value]) => `${name}: ${value}`).toSorted();
    spoken.push({
      request: `${method} ${path}`,
      status: reply.status,
      headers: said.join("\n"),
      body: await reply.text(),
    });
  }
  return spoken;
}
