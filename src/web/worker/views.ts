import { MAX_AGENDA_DAYS } from "../../domain/agenda/agenda.ts";
import { TodoError } from "../../domain/errors.ts";
import { limitStatus } from "../../domain/query/limit-status.ts";
import { isBlank } from "../../domain/task/text.ts";
import { readAgenda } from "../../services/tasks/agenda.ts";
import { readNext } from "../../services/tasks/next-tasks.ts";
import { readFilter } from "../../services/tasks/read-filter.ts";
import { findComing } from "../../services/tasks/series/find-coming.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { describeSeries } from "../../domain/recurrence/describe-series.ts";
import { readSeries } from "../../domain/recurrence/series.ts";
import type { AccountMethods } from "./account-methods.ts";

/** Who asks what to do next reads no more. */
const MAX_NEXT = 200;
const MAX_AGENDA_ITEMS = 5000;
/** Further ahead nobody asks when a task is due. */
const YEARS_AHEAD = 20;

/** The methods that answer what the page can't compute from the tasks that it has. */
export const viewMethods = {
  filter: ({ workspace }, { text }) =>
    readFilter({ terms: isBlank(text) ? [] : [text] }, workspace.system, async () => workspace),
  next: async ({ workspace }) => {
    const items = await readNext(workspace, [], MAX_NEXT);
    return items.map(({ task, reason }) => ({ id: task.id, reason }));
  },
  agenda: ({ workspace }, { days }) => {
    if (days < 1 || days > MAX_AGENDA_DAYS) {
      throw new TodoError("invalid_input", `an agenda has 1 to ${MAX_AGENDA_DAYS} days, not ${days}`);
    }
    const limit = { items: MAX_AGENDA_ITEMS, characters: Number.POSITIVE_INFINITY };
    const { system } = workspace;
    return readAgenda(workspace, limitStatus("pending", system), { from: system.today(), days, limit });
  },
  series: async ({ workspace }, { id, count }) => {
    const task = await findTask(workspace, id);
    const from = Temporal.PlainDate.from(workspace.system.today());
    const span = { from: from.toString(), to: from.add({ years: YEARS_AHEAD }).toString() };
    const limit = { items: count, characters: Number.POSITIVE_INFINITY };
    const coming = await findComing(workspace, [{ kind: "among", ids: [id] }], span, limit);
    const series = readSeries(task.recurrence ?? "");
    return {
      // A later version may have rules that this one can't put into words.
      words: series ? describeSeries(series, workspace.system) : (task.recurrence ?? ""),
      coming: coming.slice(0, count).map(({ dueDate }) => dueDate),
    };
  },
} satisfies Partial<AccountMethods>;
