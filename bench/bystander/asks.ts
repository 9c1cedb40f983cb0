import { HEAVY_PATHS } from "../../test/support/server/heavy-user.ts";

export type Ask = { readonly method: string; readonly path: string; readonly json?: unknown };

/** What one user asks for to cost most, by name. */
export function listAsks(id: string): [name: string, ask: Ask][] {
  return [
    ...Object.entries(HEAVY_PATHS).map(([name, path]): [string, Ask] => [name, { method: "GET", path }]),
    ["200 long tasks", { method: "GET", path: "/api/tasks?limit=200" }],
    [
      "all tasks, by a sync",
      { method: "POST", path: "/api/sync", json: { protocol: 1, replica: "r", cursor: null, changes: [] } },
    ],
    ["a long edit", { method: "PATCH", path: `/api/tasks/${id}`, json: { description: "İ".repeat(9990) } }],
    ["a task that is there, once more", { method: "POST", path: "/api/tasks", json: { id, title: "x" } }],
  ];
}
