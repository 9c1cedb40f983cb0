import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { type Ask, useApis } from "../../support/server/api.ts";
import { arriving } from "../../support/sync/following.ts";
import { useStartedServers } from "../../support/server/started-servers.ts";

const FRONT_END = "https://app.example.com";
const HELLO = { protocol: 1, replica: "laptop" };

const openApi = useApis();
const startServer = useStartedServers();

/** An API whose Ann has so many tasks, of about 100 bytes each. */
async function open(count: number) {
  const { store, sync } = openSqlite(":memory:");
  const changes = Array.from({ length: count }, (_, n) => arriving({ title: `é ${n}`, "tag:home": true }));
  await store.merge("ann", changes);
  const api = openApi({ store, sync, origins: [FRONT_END] });
  const take = (accepted: string, more: Ask = {}) =>
    api.send("POST", "/api/sync", { json: HELLO, ...more, headers: { "accept-encoding": accepted, ...more.headers } });
  return { ...api, take };
}

/** An answer without what is another one each time. */
function read(bytes: Uint8Array) {
  const { server_time: _, ...body }: ReturnType<typeof JSON.parse> = JSON.parse(new TextDecoder().decode(bytes));
  return body;
}

describe("a page for a replica", () => {
  test.each([30, 300, 500])("of %i tasks is compressed for who takes that", async (count) => {
    const { take } = await open(count);
    const plain = await take("identity");
    const [zstd, gzip] = [await take("gzip, deflate, br, zstd"), await take("zstd;q=0, gzip")];
    const codings = [plain, zstd, gzip].map(({ headers }) => headers.get("content-encoding"));
    expect(codings).toEqual([null, "zstd", "gzip"]);
    for (const { headers } of [plain, zstd, gzip]) {
      expect([headers.get("vary"), headers.get("content-type")]).toEqual(["accept-encoding", "application/json"]);
    }
    const text = new Uint8Array(await plain.arrayBuffer());
    const packed = [new Uint8Array(await zstd.arrayBuffer()), new Uint8Array(await gzip.arrayBuffer())] as const;
    for (const { length } of packed) expect(length).toBeLessThan(text.length / 2);
    expect(read(Bun.zstdDecompressSync(packed[0]))).toEqual(read(text));
    expect(read(Bun.gunzipSync(packed[1]))).toEqual(read(text));
    expect(read(text).changes).toHaveLength(count);
  });

  test("is sent as it is where it is small, and so is what was refused", async () => {
    const { take } = await open(1);
    for (const ask of [{}, { json: { ...HELLO, cursor: "x" } }, { json: { ...HELLO, protocol: 9 } }]) {
      const response = await take("gzip, zstd", ask);
      expect(response.headers.get("content-encoding")).toBeNull();
      expect(await response.json()).toBeObject();
    }
  });

  test("names in Vary what it depends on, for a page of a browser too", async () => {
    const { take } = await open(30);
    const { headers } = await take("gzip", { headers: { origin: FRONT_END } });
    expect(headers.get("vary")?.toLowerCase()).toBe("accept-encoding, origin");
    expect(headers.get("access-control-allow-origin")).toBe(FRONT_END);
  });

  test("comes whole over a socket, whatever its size", async () => {
    const { store, sync } = openSqlite(":memory:");
    const { url } = startServer({ store, sync, env: {} });
    const { tokenOf } = openApi();
    const changes = Array.from({ length: 1000 }, () => arriving({ title: crypto.randomUUID().repeat(3) }));
    await store.merge("ann", changes);
    const authorization = `Bearer ${await tokenOf("ann", { exp: Math.floor(Date.now() / 1000) + 3600 })}`;
    for (const limit of [20, 300, 1000]) {
      for (const coding of ["gzip", "zstd", "identity"]) {
        const response = await fetch(`${url}/api/sync`, {
          method: "POST",
          headers: { authorization, "content-type": "application/json", "accept-encoding": coding },
          body: JSON.stringify({ ...HELLO, limit }),
        });
        expect(response.headers.get("content-encoding")).toBe(coding === "identity" ? null : coding);
        expect(await response.json()).toMatchObject({ changes: changes.slice(0, limit) });
      }
    }
  });
});

test("no other route compresses what it says", async () => {
  const { send, add } = await open(300);
  await add();
  const headers = { "accept-encoding": "gzip, zstd" };
  for (const path of ["/api/tasks?limit=200", "/api/me/export"]) {
    const response = await send("GET", path, { headers });
    expect((await response.text()).length).toBeGreaterThan(10_000);
    expect([response.headers.get("content-encoding"), response.headers.get("vary")]).toEqual([null, null]);
  }
});
