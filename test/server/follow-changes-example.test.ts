import { describe, expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import document from "../../openapi.json";
import { useScratch } from "../support/disks/scratch.ts";
import { useServedApis } from "../support/server/served-api.ts";

// The lines of docs/server.md that a front end would copy, run as they are.

const startApi = useServedApis();
const scratch = useScratch();

const SERVER_GUIDE = readFileSync(resolve(import.meta.dir, "../../docs/server.md"), "utf8");
const [, CODE = ""] = /^```js\n(.*?)^```$/ms.exec(SERVER_GUIDE) ?? [];
const SECRET = "kZ8r2v5uY1w4x7A0dF3gH6jK9mN2qR5t";

type FollowChanges = (url: string, token: string, onChange: () => void, signal?: AbortSignal) => Promise<void>;

async function load(): Promise<FollowChanges> {
  const path = scratch("follow-changes.js");
  writeFileSync(path, `${CODE}export { followChanges };\n`);
  const { followChanges }: { followChanges: FollowChanges } = await import(path);
  return followChanges;
}

async function open() {
  const { url, tokenOf } = startApi({ BETTER_AUTH_SECRET: SECRET });
  const token = await tokenOf("ann");
  const add = async (title: string) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const { status } = await fetch(`${url}/api/tasks`, { method: "POST", headers, body: JSON.stringify({ title }) });
    expect(status).toBe(201);
  };
  return { url, token, add };
}

describe("the example in docs/server.md that follows changes", () => {
  test("calls soon after each change, until it is stopped", async () => {
    const followChanges = await load();
    const { url, token, add } = await open();
    const stop = new AbortController();
    const seen = { calls: 0 };
    const onChange = () => void (seen.calls += 1);
    const following = followChanges(url, token, onChange, stop.signal);
    // The stream may not be open yet, so another change is made until one is told of.
    const addUntilCalled = async () => {
      const before = seen.calls;
      while (seen.calls === before) {
        await add("Milk");
        await Bun.sleep(20);
      }
    };
    await addUntilCalled();
    await addUntilCalled();
    stop.abort();
    expect(await following.catch((error: Error) => error.name)).toBe("AbortError");
  });

  test("reads events that come in pieces, and several at once", async () => {
    const followChanges = await load();
    const pieces = [": connected\n", "\nevent: ch", "ange\ndata: {}\n", "\n: keep-alive\n\n"];
    const all = "event: change\ndata: {}\n\n";
    const server = Bun.serve({
      port: 0,
      fetch: () => {
        const stream = async function* () {
          for (const piece of [...pieces, all + all, "event: other\n\n", all]) {
            yield new TextEncoder().encode(piece);
            await Bun.sleep(5);
          }
        };
        return new Response(stream());
      },
    });
    let calls = 0;
    await followChanges(server.url.origin, "x", () => void (calls += 1));
    await server.stop(true);
    // How many pieces arrive together is the network's choice.
    expect(calls).toBeWithin(1, 4);
  });

  test("says so when the token is not good", async () => {
    const followChanges = await load();
    const { url } = await open();
    const refused = followChanges(url, "bad", () => {}).catch((error: Error) => error.message);
    expect(await refused).toBe("status 401");
  });

  test("stands in the document too, word for word", () => {
    expect(CODE.split("\n").length).toBeLessThan(15);
    expect(document.info.description).toContain(CODE);
  });
});

describe("the document", () => {
  test("mentions 431, which is answered before any route", async () => {
    expect(document.info.description).toContain("431");
    const { url, token } = await open();
    const headers = { authorization: `Bearer ${token}`, "x-long": "x".repeat(20_000) };
    expect((await fetch(`${url}/api/me`, { headers })).status).toBe(431);
  });

  test("asks for no header that proxies drop", () => {
    const { headers } = document.paths["/api/sync"].post.responses["426"];
    expect(headers.Upgrade).not.toHaveProperty("required");
  });
});
