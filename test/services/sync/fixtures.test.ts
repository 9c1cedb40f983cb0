import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { readSyncAnswer } from "../../../src/contract/read-sync-answer.ts";
import { readProblem } from "../../../src/contract/server-replies.ts";
import { readValue } from "../../../src/domain/task/registers.ts";
import { useApis } from "../../support/server/api.ts";
import { readProtocol, type Recorded } from "../../support/sync/fixtures.ts";

const openApi = useApis();

/** No token of another issuer may name an account. */
const ADA = "ada";
const RECORDED = readProtocol(ADA);
const SERIES = readProtocol(ADA, "protocol-1-series");

/** A server with nothing in it. Cursors that the recorded one gave are exchanged for those of this one. */
function replay() {
  const { store, sync } = openSqlite(":memory:");
  const { ask } = openApi({ store, sync });
  const cursors = new Map<unknown, unknown>();
  return async ({ request, answer }: Recorded) => {
    const cursor = cursors.get(request.cursor) ?? request.cursor;
    const reply = await ask("POST", "/api/sync", { as: ADA, json: { ...request, cursor } });
    if ("cursor" in answer) cursors.set(answer.cursor, reply.body.cursor);
    return reply;
  };
}

/** What an answer says, without what is another at each server. */
function meaningOf(answer: Recorded["answer"]) {
  if (!("changes" in answer)) return { code: answer.code };
  return {
    ...answer,
    epoch: expect.stringMatching(/^[\w-]+$/),
    server_time: expect.stringMatching(/^\d{4}-.*Z$/),
    cursor: expect.stringMatching(/^[\w-]+$/),
    head: expect.stringMatching(/^\d+$/),
    rejected: answer.rejected.map((each) => ({ ...each, message: expect.stringMatching(/\S/) })),
    changes: answer.changes.map((each) => ({ ...each, revision: expect.stringMatching(/^\d+$/) })),
  };
}

/** The same with a member more in each of its objects, as a later version may answer. */
function extend(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => extend(each));
  if (typeof value !== "object" || value === null || ["registers", "profile"].includes(name)) return value;
  return {
    ...Object.fromEntries(Object.entries(value).map(([key, member]) => [key, extend(member, key)])),
    later: [1],
  };
}

describe("this version", () => {
  test.each([
    ["each request of protocol 1", RECORDED],
    ["each request of an earlier version in whose account is a series", SERIES],
  ])("answers %s as it was answered then", async (_, conversation) => {
    const send = replay();
    for (const recorded of conversation) {
      const { status, body } = await send(recorded);
      expect([recorded.name, status]).toEqual([recorded.name, recorded.status]);
      expect(Object.keys(body)).toEqual(expect.arrayContaining(Object.keys(recorded.answer)));
      expect(body).toMatchObject(meaningOf(recorded.answer));
    }
  });

  test("makes one occurrence of what an earlier version completes of a series", () => {
    const [, , completed] = SERIES;
    if (!completed || !("changes" in completed.answer)) throw new Error("nothing was completed");
    const said = completed.answer.changes.map(({ registers }) =>
      Object.fromEntries(Object.entries(registers).map(([field, register]) => [field, readValue(register)])),
    );
    expect(said).toMatchObject([
      { title: "Water all plants", occurrence: "2026-11-30", completed_at: expect.any(String) },
      { title: "Water all plants", occurrence: "2026-12-07", due_date: "2026-12-07", completed_at: null },
      { title: "Fill the can", completed_at: null },
    ]);
  });

  test.each([...RECORDED, ...SERIES])(
    "understands the recorded answer $name, and passes over what a later one says besides",
    ({ status, answer }) => {
      const read = status === 200 ? readSyncAnswer : readProblem;
      const understood = read(answer);
      expect(understood).toBeDefined();
      expect(answer).toMatchObject(understood ?? {});
      expect(read(extend(answer))).toEqual(understood);
    },
  );
});
