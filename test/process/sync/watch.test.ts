import { afterEach, expect, test } from "bun:test";
import type { Synced } from "../../../src/services/sync/synchronize.ts";
import { useHomes } from "../../support/cli/home.ts";
import { eventually } from "../../support/server/server.ts";
import { type Fellow, restart, startFleet, syncUntilQuiet } from "../../support/sync/fleet.ts";

const newHome = useHomes();
const proxies: Bun.Server<undefined>[] = [];

afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop(true)));
});

/** A watch that runs, and what it has said until now. */
function startWatch(fellow: Fellow) {
  const child = fellow.start(["sync", "--watch", "--json"]);
  const lines: Synced[] = [];
  const reading = (async () => {
    let rest = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + chunk).split("\n");
      rest = parts.pop() ?? "";
      lines.push(...parts.map((line): Synced => JSON.parse(line)));
    }
  })();
  const sum = (what: "sent" | "received") => lines.reduce((total, line) => total + line[what], 0);
  return {
    sum,
    received: (count: number) => eventually(`it received ${count}`, () => sum("received") === count),
    sent: (count: number) => eventually(`it sent ${count}`, () => sum("sent") === count),
    stop: async (signal: NodeJS.Signals) => {
      const begin = performance.now();
      child.kill(signal);
      await Promise.all([child.exited, reading]);
      return { exitCode: child.exitCode, err: await child.stderr.text(), ms: performance.now() - begin };
    },
  };
}

/** Whoever stands between and lets no stream pass. */
function startProxy(origin: string): string {
  const proxy = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request, server) => {
      server.timeout(request, 0);
      const { pathname } = new URL(request.url);
      if (pathname.endsWith("/events")) return new Response("no streams here", { status: 502 });
      const { method, headers, body, signal } = request;
      return fetch(origin + pathname, { method, headers, body, signal, decompress: false });
    },
  });
  proxies.push(proxy);
  return `http://127.0.0.1:${proxy.port}`;
}

test("a watch brings what others do within a moment and sends what is done here, over a restart of the server", async () => {
  const { machine, server, fellows } = await startFleet(newHome, 2, async ({ url }) => url);
  const [laptop, phone] = fellows;
  if (!laptop || !phone) throw new Error("there are two");
  const watch = startWatch(phone);
  await laptop.print("add", "Milk");
  await laptop.sync();
  await watch.received(1);
  expect(JSON.parse(await phone.print("list", "--json"))).toMatchObject([{ title: "Milk" }]);
  await phone.print("add", "Tea");
  await watch.sent(1);
  await server.kill("SIGKILL");
  await laptop.print("add", "Bread");
  const again = await restart(machine, server);
  expect(await laptop.sync()).toMatchObject({ sent: 1, received: 1 });
  await watch.received(2);
  const { exitCode, err, ms } = await watch.stop("SIGINT");
  expect([exitCode, err]).toEqual([0, expect.stringMatching(/^(127.0.0.1|localhost):\d+ can't be reached\n$/)]);
  expect(ms).toBeLessThan(2000);
  await syncUntilQuiet(fellows);
  expect(await phone.export()).toBe(await laptop.export());
  await again.kill("SIGTERM");
});

test("a watch works where a proxy lets no stream pass, and ends at once when it is asked to", async () => {
  const { fellows } = await startFleet(newHome, 2, async ({ url }) => startProxy(url));
  const [laptop, phone] = fellows;
  if (!laptop || !phone) throw new Error("there are two");
  const watch = startWatch(phone);
  for (const [at, title] of ["Milk", "Tea"].entries()) {
    await laptop.print("add", title);
    await laptop.sync();
    await watch.received(at + 1);
  }
  const { exitCode, err, ms } = await watch.stop("SIGTERM");
  expect([exitCode, err]).toEqual([0, ""]);
  expect(ms).toBeLessThan(2000);
});
