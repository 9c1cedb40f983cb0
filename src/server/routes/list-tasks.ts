import { z } from "zod";
import { type Condition, KEPT, SEARCHED, type TaskQuery } from "../../domain/query/query.ts";
import { toBound } from "../../domain/dates/when.ts";
import { type ListQuery, listQuery } from "../../contract/query.ts";
import { wireTaskWithIncludes } from "../../contract/include.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { defineEndpoint, noBody } from "../endpoint.ts";
import { toWireWithIncludes } from "../http/includes.ts";
import { replyWith } from "../http/reply.ts";

/** A day has no time zone in a request, so it begins and ends in UTC. */
const IN_UTC = { timeZone: () => "UTC" };

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
    if (query.include || query.limit > MAX_QUICK_TASKS) await deps.waitForTurn(workspace.user);
    const page = await workspace.store.find(workspace.user, toTaskQuery(query));
    const reply = replyWith(200, await toWireWithIncludes(workspace, page.tasks, query.include));
    if (!page.next) return reply;
    const next = toSearch({
      ...query,
      include: query.include?.join(","),
      cursor: encodeCursor(query, page.next),
    });
    const link = `<${deps.basePath}/api/tasks?${next}>; rel="next"`;
    return { ...reply, headers: { link } };
  },
});

function toTaskQuery({ sort, limit, order, ...query }: ListQuery): TaskQuery {
  return {
    where: toConditions(query),
    sort,
    reverse: order === "desc",
    limit,
    ...(query.cursor !== undefined && { after: decodeCursor({ sort, order }, query.cursor) }),
  };
}

function toConditions(query: Omit<ListQuery, "sort" | "order" | "limit">): Condition[] {
  const { status, q: text, tag: tags = [], project, priority, due_before: before, due_after: after } = query;
  const due = {
    ...(after !== undefined && { from: toBound(after, "end", IN_UTC) }),
    ...(before !== undefined && { before: toBound(before, "start", IN_UTC) }),
  };
  return [
    status === "all" ? KEPT : { kind: "status", status },
    ...tags.map((tag): Condition => ({ kind: "tag", tag })),
    ...(text ? [{ kind: "text", text, fields: SEARCHED } as const] : []),
    ...(project === undefined ? [] : [{ kind: "project", project } as const]),
    ...(priority === undefined ? [] : [{ kind: "priority", priority } as const]),
    ...(before === undefined && after === undefined ? [] : [{ kind: "dated", date: "dueDate", ...due } as const]),
  ];
}

function toSearch(query: Omit<ListQuery, "include"> & { readonly include: string | undefined }): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) for (const each of [value].flat()) search.append(name, String(each));
  }
  return search.toString();
}
