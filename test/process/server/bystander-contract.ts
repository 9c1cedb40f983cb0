import { expect, test } from "bun:test";
import type { Store } from "../../../src/ports/store.ts";
import { readTokenSettings } from "../../../src/services/tokens/settings.ts";
import { signToken } from "../../../src/services/tokens/sign.ts";
import { fillHeavily, HEAVY_PATHS } from "../../support/server/heavy-user.ts";
import type { Server } from "../../support/server/server.ts";

export const BETTER_AUTH_SECRET = "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe";

/** Starts a server whose database was filled. */
export type Open = (fill: (store: Store) => Promise<void>) => Promise<Server>;

const TASKS = 150;
const CONCURRENCY = 2;
const BYSTANDS = 20;

/**
 * The bystander's shortest wait for three answers is compared with the heavy user's own for one, because a busy machine only makes some
 * of them longer. If a server does one thing after another none is short, and it is five times as long, else less than half.
 */
export function describeBystander(name: string, open: Open): void {
  test(`what one user asks ${name} keeps no other waiting, whatever it is`, async () => {
    const server = await open((store) => fillHeavily(store, "heavy", TASKS));
    const [heavy, other] = [await signFor("heavy"), await signFor("other")];
    const made = await server.ask("POST", "/api/tasks", { token: other, json: { title: "x" } });
    const path = `/api/tasks/${made.body.id}`;
    const bystand = async () => {
      expect((await server.ask("GET", "/api/tasks?limit=1", { token: other })).body).toHaveLength(1);
      expect((await server.ask("PATCH", path, { token: other, json: { title: "y" } })).status).toBe(200);
      expect((await server.ask("GET", path, { token: other })).body.title).toBe("y");
    };
    const waits: Record<string, number> = {};
    for (const [what, heavyPath] of Object.entries(HEAVY_PATHS)) {
      const ask = async () => {
        const response = await fetch(server.url + heavyPath, { headers: { authorization: `Bearer ${heavy}` } });
        // To parse it would keep the bystander waiting here.
        await response.bytes();
        // On a busy machine a search may take longer than it may.
        expect([200, 503]).toContain(response.status);
      };
      const { own, others } = await measureBoth(ask, bystand);
      if (others > own) waits[what] = others / own;
    }
    expect(waits).toEqual({});
  });
}

/** The shortest time of each of two kinds of work, the first with others of its kind beside it all the time. */
async function measureBoth(heavy: () => Promise<unknown>, light: () => Promise<unknown>) {
  const over = new AbortController();
  const own: number[] = [];
  const others: number[] = [];
  const load = async () => {
    while (!over.signal.aborted) own.push(await measure(heavy));
  };
  const loads = Array.from({ length: CONCURRENCY }, load);
  for (let count = 0; count < BYSTANDS; count += 1) others.push(await measure(light));
  over.abort();
  await Promise.all(loads);
  return { own: Math.min(...own), others: Math.min(...others) };
}

async function measure(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** A token of any user. */
export function signFor(user: string): Promise<string> {
  const settings = readTokenSettings({ BETTER_AUTH_SECRET }, () => "");
  return signToken(settings, { user, lifetimeS: 3600 }, Date.now());
}
