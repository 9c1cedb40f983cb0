import { bulkReply, type BulkRequest, bulkRequest, MAX_BULK_TASKS } from "../../contract/bulk.ts";
import { fromWire } from "../../contract/task.ts";
import { inZone } from "../../ports/time-zone.ts";
import { changeMatches, type BulkChange } from "../../services/tasks/bulk/change-matches.ts";
import { findMatches } from "../../services/tasks/bulk/find-matches.ts";
import { withoutWrites } from "../../services/tasks/dry-run.ts";
import { weighTasks } from "../limits/weigh-tasks.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import { readRequestFilter } from "../http/read-filter.ts";
import { replyWith } from "../http/reply.ts";
import { readInTurns } from "../http/turns.ts";

export const changeTasksInBulk = defineEndpoint({
  method: "post",
  path: "/api/tasks/bulk",
  access: "write",
  operation: "changeTasksInBulk",
  summary: "Change all tasks that a filter finds",
  description:
    `All of them or none, in one change, and at most ${MAX_BULK_TASKS} at once. A task that is changed by somebody else meanwhile is ` +
    "changed only if it still meets the filter. Try it with `dry_run`, then repeat it with `expect`: a filter that finds another number " +
    "is answered with 409, and `matched` says how many. It counts against the limit of requests by the number of tasks.",
  query: noQuery,
  body: bulkRequest,
  errors: ["conflict", "quota_exceeded"],
  responses: { 200: { description: "Which tasks were changed", schema: bulkReply } },
  handle: async ({ workspace, body, deps, identity }) => {
    const wait = () => deps.waitForTurn(identity.user);
    const inTurns = { ...workspace, store: readInTurns(workspace.store, wait), system: inZone(deps.system, body.tz) };
    const where = await readRequestFilter(inTurns, {
      filter: body.filter,
      tz: body.tz,
      otherwise: body.action === "reopen" ? "completed" : "pending",
    });
    const matches = await findMatches(inTurns, where, { expect: body.expect, max: MAX_BULK_TASKS });
    deps.limitUser.consume(() => identity.user, weighTasks(matches.tasks));
    const writable = body.dry_run ? withoutWrites(inTurns) : inTurns;
    const { changed, unchanged, alsoChanged = [] } = await changeMatches(writable, matches, readChange(body));
    const toIds = (tasks: readonly { readonly id: string }[]) => tasks.map(({ id }) => id);
    return replyWith(200, {
      matched: changed.length + unchanged.length,
      changed: toIds(changed),
      unchanged: toIds(unchanged),
      also_changed: toIds(alsoChanged),
      dry_run: body.dry_run ?? false,
    });
  },
});

function readChange({ changes, action, subtasks = "keep" }: BulkRequest): BulkChange {
  if (action === "complete" || action === "delete") return { kind: action, subtasks };
  if (action !== undefined) return { kind: action };
  const { completed, cancelled, started, add_tags: addTags, remove_tags: removeTags, ...fields } = changes ?? {};
  const tags = { ...(addTags && { addTags }), ...(removeTags && { removeTags }) };
  return { kind: "edit", edit: { ...fromWire(fields), ...tags, completed, cancelled, started } };
}
