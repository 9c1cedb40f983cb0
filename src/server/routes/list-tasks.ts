import { z } from "zod";
import { type Condition, KEPT, SEARCHED, type TaskQuery } from "../../domain/query/query.ts";
import { toBound } from "../../domain/dates/bounds.ts";
import { type ListQuery, listQuery } from "../../contract/query.ts";
import { wireTaskWithIncludes } from "../../contract/include.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { defineEndpoint, noBody } from "../endpoint.ts";
import { readRequestFilter } from "../http/read-filter.ts";
import { toWireWithIncludes } from "../http/includes.ts";
import { replyWith } from "../http/reply.ts";
import { readInTurns } from "../http/turns.ts";
import type { Workspace } from "../../services/workspace.ts";

/** The zone without `tz`. */
const UTC = "UTC";

/** A page of more, or what is computed from other tasks, takes long enough for others to come in between. */
const MAX_QUICK_TASKS = 50;

export const listTasks = defineEndpoint({
  method: "get",
  path: "/api/tasks",
  access: "read",
  operation: "listTasks",
  summary: "List your tasks",
  description:
    "In pages: the Link header leads to the next one, also where a page of large tasks is shorter than its limit. Tasks without a due date come last in both orders of due_date.",
  query: listQuery,
  body: noBody,
  responses: { 200: { description: "A page of tasks", schema: z.array(wireTaskWithIncludes), headers: ["Link"] } },
  handle: async ({ workspace, query, deps }) => {
    const waitForTurn = () => deps.waitForTurn(workspace.user);
    if (query.include || query.limit > MAX_QUICK_TASKS) await waitForTurn();
    const inTurns = { ...workspace, store: readInTurns(workspace.store, waitForTurn) };
    const page = await workspace.store.find(workspace.user, toTaskQuery(query, await readConditions(inTurns, query)));
    const reply = replyWith(200, await toWireWithIncludes(workspace, page.tasks, query.include));
    if (!page.next) return reply;
    const next = toSearch({
      ...query,
      status: query.status ?? (query.filter === undefined ? "all" : undefined),
      tz: query.tz === UTC ? undefined : query.tz,
      include: query.include?.join(","),
      cursor: encodeCursor(query, page.next),
    });
    const link = `<${deps.basePath}/api/tasks?${next}>; rel="next"`;
    return { ...reply, headers: { link } };
  },
});

function toTaskQuery({ sort, limit, order, cursor, filter, tz }: ListQuery, where: readonly Condition[]): TaskQuery {
  return {
    where,
    sort,
    reverse: order === "desc",
    limit,
    isSearch: true,
    ...(cursor !== undefined && { after: decodeCursor({ sort, order, filter, tz }, cursor) }),
  };
}

/** What the parameters ask for, all of which must hold. What a filter says of the status counts only if none is given beside it. */
async function readConditions(workspace: Workspace, query: ListQuery): Promise<Condition[]> {
  const { filter, tz } = query;
  if (filter === undefined) return [toStatus(query.status ?? "all"), ...toConditions(query)];
  const otherwise = query.status === undefined ? "pending" : "all";
  const filtered = await readRequestFilter(workspace, { filter, tz, otherwise });
  return [...(query.status === undefined ? [] : [toStatus(query.status)]), ...filtered, ...toConditions(query)];
}

function toStatus(status: NonNullable<ListQuery["status"]>): Condition {
  return status === "all" ? KEPT : { kind: "status", status };
}

function toConditions(query: ListQuery): Condition[] {
  const { q: text, tag: tags = [], project, priority, due_before: before, due_after: after, tz } = query;
  const zone = { timeZone: () => tz };
  const due = {
    ...(after !== undefined && { from: toBound(after, "end", zone) }),
    ...(before !== undefined && { before: toBound(before, "start", zone) }),
  };
  return [
    ...tags.map((tag): Condition => ({ kind: "tag", tag })),
    ...(text ? [{ kind: "text", text, fields: SEARCHED } as const] : []),
    ...(project === undefined ? [] : [{ kind: "project", project } as const]),
    ...(priority === undefined ? [] : [{ kind: "priority", priority } as const]),
    ...(before === undefined && after === undefined ? [] : [{ kind: "dated", date: "dueDate", ...due } as const]),
  ];
}

function toSearch(query: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) for (const each of [value].flat()) search.append(name, String(each));
  }
  return search.toString();
}
