import { DAY_MS } from "../../../src/domain/durations.ts";
import type { Store } from "../../../src/ports/store.ts";
import { newId } from "../stores/test-user.ts";

/** What a user asks for who wants most for least, by what makes it dear. Nothing fits but at the end of all tasks. */
export const HEAVY_PATHS = {
  "a search that finds nothing": "/api/tasks?q=zzz&limit=1",
  "fifty tags": `/api/tasks?limit=1&${Array.from({ length: 50 }, (_, at) => `tag=${at === 49 ? "none" : `tag-${at}`}`).join("&")}`,
  "a filter that finds nothing": `/api/tasks?limit=1&filter=${encodeURIComponent("status:all (zzz or note:zzz or not created:any)")}`,
  "an export": "/api/me/export",
  "an agenda": "/api/agenda?days=90",
  statistics: "/api/stats?period=this year",
} as const;

/** A description of the most characters that there may be, of which most ways to compare without case make more. */
const DESCRIPTION = "İ".repeat(9990);
const TAGS = Object.fromEntries(Array.from({ length: 49 }, (_, at) => [`tag:tag-${at}`, true] as const));
const BATCH = 100;

/** Gives a user many of the dearest tasks. */
export async function fillHeavily(store: Store, user: string, count: number): Promise<void> {
  await store.ensureUser(user);
  const day = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
  for (let start = 0; start < count; start += BATCH) {
    const edits = Array.from({ length: Math.min(BATCH, count - start) }, (_, at) => ({
      id: newId(),
      fields: {
        title: `Task ${start + at}`,
        description: DESCRIPTION,
        created_at: "2026-11-20T08:00:00.000Z",
        due_date: day,
        scheduled_date: day,
        recurrence: `due ${day} FREQ=DAILY`,
        occurrence: day,
        ...TAGS,
      },
    }));
    await store.commit(user, { action: "add", now: Date.now(), edits, returning: false });
  }
}
