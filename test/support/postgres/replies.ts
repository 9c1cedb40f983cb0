import { expect, test } from "bun:test";
import { newId } from "../stores/test-user.ts";
import { expectDiscreet, PRIVATE_TITLE } from "../leaks.ts";
import type { Moment } from "./refusals.ts";
import type { Driver } from "./stores.ts";
import { useRefusingStore } from "./refusing-store.ts";
import { eventually } from "../server/server.ts";
import { useServedStores } from "../server/served-store.ts";

const REPLIES: readonly (readonly [state: string, at: Moment, status: number, code: string])[] = [
  ["53100", "write", 503, "full_disk"],
  ["25006", "write", 503, "read_only_store"],
  ["57P01", "commit", 503, "unavailable"],
  ["XX000", "commit", 503, "unavailable"],
  ["42501", "write", 503, "unavailable"],
  ["22P02", "write", 500, "internal"],
  ["23505", "commit", 500, "internal"],
  ["57014", "read", 503, "read_timed_out"],
  ["3D000", "read", 503, "unavailable"],
  ["42P01", "read", 503, "unavailable"],
  ["P0001", "read", 500, "internal"],
];

/** What HTTP and the log say of errors that PostgreSQL itself makes, whose words hold a statement and a value. */
export function describeReplies(driver: Driver): void {
  const opened = useRefusingStore(driver);
  const serveStore = useServedStores();

  test.each(REPLIES)(
    "%s at a %s is %d, and neither the reply nor the log repeats it",
    async (state, at, status, code) => {
      const { store, refusing } = opened();
      const { ask, log, token } = await serveStore(store, newId());
      await refusing.allow();
      expect((await ask("POST", "/api/tasks", { title: "before" })).status).toBe(201);
      await refusing.refuse({ state, at, times: 1000 });
      const add = () => ask("POST", "/api/tasks", { title: PRIVATE_TITLE });
      const reply = at === "read" ? await ask("GET", "/api/tasks") : await add();
      expect(reply).toMatchObject({ status, body: { code } });
      expect(reply.headers.get("retry-after")).toEqual(status === 503 ? expect.stringMatching(/^[1-9]\d*$/) : null);
      expectDiscreet(JSON.stringify([reply.body, ...reply.headers]), token);
      await eventually("it is logged", () => log().includes(`"status":${status}`));
      expectDiscreet(log(), token);
      await refusing.allow();
      expect((await ask("GET", "/api/tasks")).body).toMatchObject([{ title: "before" }]);
    },
  );
}
