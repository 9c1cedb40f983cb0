import { afterAll, expect, test } from "bun:test";
import { openSqliteSync } from "../../support/sync/stores.ts";
import { useApis } from "../../support/server/api.ts";
import { newId } from "../../support/stores/test-user.ts";
import { arriving } from "../../support/sync/following.ts";
import { useScratch } from "../../support/disks/scratch.ts";

const openApi = useApis();
const scratch = useScratch();
const opened = openSqliteSync(scratch("server.db"));
afterAll(() => opened.close());

const HELLO = { protocol: 1, replica: "laptop" };
const CLOCK = "019a9f3c51c80000a1b2c3d4";
const LATER = "019a9f3c51c80001a1b2c3d4";

/** Somebody who has never been there before. Each reply is compared with the document. */
function open() {
  const { ask } = openApi({ sync: opened.sync });
  const user = `user-${crypto.randomUUID()}`;
  /** Sends changes as JSON text, which can say what no value of this program is. */
  const send = (changes: readonly string[]) =>
    ask("POST", "/api/sync", { as: user, text: JSON.stringify(HELLO).replace("}", `,"changes":[${changes.join()}]}`) });
  const pull = async (cursor: string | null = null) =>
    (await ask("POST", "/api/sync", { as: user, json: { ...HELLO, replica: "phone", cursor } })).body;
  return { user, send, pull };
}

/** A change as JSON, with registers as they are written. */
const change = (id: string, registers: string) => `{"id":${id},"registers":${registers}}`;
const register = (key: string, value: string) => `${key}:${JSON.stringify(CLOCK + value)}`;

test("of one batch each change that is not allowed is named with its id and field, and all others are there", async () => {
  const { send, pull } = open();
  const ids = Array.from({ length: 6 }, newId);
  const [bidi, proto, long, last, ...wrong] = ids.map((id) => JSON.stringify(id));
  const title = register('"title"', '"x"');
  const { status, body } = await send([
    change(`${bidi}`, `{${register('"title"', JSON.stringify("\u202eevil\u2066"))},${register('"\\u202e"', "1")}}`),
    change(`${wrong[0]}`, `{${title},${register('"a\\u0000b"', "1")}}`),
    change(`${proto}`, `{${title},${register('"__proto__"', "true")},${register('"tag:__proto__"', "true")}}`),
    change(`${wrong[1]}`, `{${register('"\\ud800"', "1")}}`),
    change('"\\ud800"', `{${title}}`),
    change('"__proto__"', `{${title}}`),
    change(`${long}`, `{${register('"description"', JSON.stringify("é".repeat(10_000)))},${title}}`),
    change(JSON.stringify(newId().slice(1)), `{${title}}`),
    change(`${last}`, `{"title":"${CLOCK}\\"first\\"","title":"${CLOCK}\\"second\\""}`),
  ]);
  expect([status, body.accepted]).toEqual([200, 4]);
  const named = body.rejected.map(({ id, field }: { id: string; field: string }) => [id, field]);
  expect(named.slice(0, 4)).toEqual([
    [ids[4], "a\0b"],
    [ids[5], "\ud800"],
    ["\ud800", ""],
    ["__proto__", ""],
  ]);
  expect(named).toHaveLength(5);
  const { changes } = await pull();
  expect(changes.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 4));
  expect(changes[0].registers).toEqual({ title: `${CLOCK}"\u202eevil\u2066"`, "\u202e": `${CLOCK}1` });
  expect(Object.keys(changes[1].registers)).toContain("__proto__");
  // The last of two members of one name counts, as everywhere in JSON.
  expect(changes[3].registers).toEqual({ title: `${CLOCK}"second"` });
});

test("a task that is three times in one batch is there once, with the latest of each field", async () => {
  const { send, pull } = open();
  const id = newId();
  const text = JSON.stringify(id);
  const { body } = await send([
    change(text, `{"title":"${LATER}\\"late\\""}`),
    change(text, `{"title":"${CLOCK}\\"early\\"","tag:a":"${CLOCK}true"}`),
    change(text, `{"title":"${CLOCK}\\"\\""}`),
    change(text, `{"tag:a":"${LATER}false","tag:b":"${CLOCK}true"}`),
  ]);
  expect(body).toMatchObject({ accepted: 3, rejected: [{ id, field: "title" }], changes: [] });
  expect((await pull()).changes).toEqual([
    {
      id,
      revision: body.head,
      registers: { title: `${LATER}"late"`, "tag:a": `${LATER}false`, "tag:b": `${CLOCK}true` },
    },
  ]);
});

test("a server that has counted nearly as far as a number goes still counts one by one, as text", async () => {
  const { user, send, pull } = open();
  const first = arriving({ title: "first" });
  await send([JSON.stringify(first)]);
  const far = 2n ** 53n - 6n;
  await opened.byHand(`update users set revision = ${far} where id = '${user}'`);
  const { cursor, head } = await pull();
  expect(head).toBe(String(far));
  const later = Array.from({ length: 4 }, (_, turn) => arriving({ title: `${turn}` }));
  for (const each of later) expect((await send([JSON.stringify(each)])).status).toBe(200);
  const { changes, head: last, cursor: next } = await pull(cursor);
  expect(changes).toEqual(later.map((each, turn) => ({ ...each, revision: String(far + 1n + BigInt(turn)) })));
  expect(last).toBe(String(far + 4n));
  expect(await pull(next)).toMatchObject({ changes: [], head: last, more: false });
});
