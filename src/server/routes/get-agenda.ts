import { agendaQuery, MAX_AGENDA_CHARACTERS, MAX_AGENDA_ITEMS, wireAgenda } from "../../contract/agenda-schema.ts";
import { toWireAgenda } from "../../contract/agenda.ts";
import { TodoError } from "../../domain/errors.ts";
import { findClosedStatus } from "../../domain/query/query.ts";
import { inZone } from "../../ports/time-zone.ts";
import { readAgenda } from "../../services/tasks/agenda.ts";
import { defineEndpoint, noBody } from "../endpoint.ts";
import { readRequestFilter } from "../http/read-filter.ts";
import { replyWith } from "../http/reply.ts";
import { readInTurns } from "../http/turns.ts";

const LIMIT = { items: MAX_AGENDA_ITEMS, characters: MAX_AGENDA_CHARACTERS };

export const getAgenda = defineEndpoint({
  method: "get",
  path: "/api/agenda",
  access: "read",
  operation: "getAgenda",
  summary: "List what is due, planned and to come, day by day",
  description:
    "Of open tasks. Under a day stands first what is overdue, then what has a time, then all else. What is overdue, or was planned for a " +
    `day that is over, is for today, and of what is overdue only the oldest. An answer has at most ${MAX_AGENDA_ITEMS} items, and fewer if ` +
    "tasks are long. If there are more, `more` is true and the last day may lack some: ask again from that day on, with fewer days or a filter.",
  query: agendaQuery,
  body: noBody,
  responses: { 200: { description: "Each day in turn", schema: wireAgenda } },
  handle: async ({ workspace, query: { from: asked, days, filter, tz }, deps }) => {
    const wait = () => deps.waitForTurn(workspace.user);
    const inTurns = { ...workspace, store: readInTurns(workspace.store, wait), system: inZone(deps.system, tz) };
    const where = await readRequestFilter(inTurns, { filter, tz });
    const closed = findClosedStatus(where);
    if (closed !== undefined) throw refuse("filter", `an agenda is of open tasks, and this asks for status:${closed}`);
    const today = inTurns.system.today();
    const from = asked ?? today;
    if (from < today) throw refuse("from", `it is before today, which is ${today} in the zone ${tz}`);
    const agenda = await readAgenda(inTurns, where, { from, days, limit: LIMIT });
    await wait();
    return replyWith(200, toWireAgenda(agenda, tz));
  },
});

function refuse(path: string, message: string): TodoError {
  return new TodoError("invalid_input", message, { issues: [{ path, message }] });
}
