import { effect, signal } from "@preact/signals";
import type { AgendaDay } from "../../../domain/agenda/agenda.ts";
import type { NextTask } from "../../protocol.ts";
import { account, useReplica } from "../session/session.ts";
import { takeAnswer } from "./answers.ts";
import { minute } from "./clock.ts";
import { poolRevision } from "./pool.ts";
import { isAt } from "./route.ts";

const FIRST_DAYS = 14;

/** What can be done next, in its order. */
export const nextTasks = signal<readonly NextTask[]>([]);
/** The days ahead, with what is due, planned and to come on each. */
export const agendaDays = signal<readonly AgendaDay[]>([]);
/** How many days ahead are shown. */
export const daysAhead = signal(FIRST_DAYS);

export function showMoreDays(): void {
  daysAhead.value += FIRST_DAYS;
}

/** Asks the worker for what the page can't compute itself, while that is shown and whenever tasks or the time change. */
export function startViews(): void {
  effect(() => {
    void minute.value;
    void poolRevision.value;
    if (account.value === null) return undefined;
    if (isAt("next")) return takeAnswer(useReplica().ask("next", null), (found) => (nextTasks.value = found));
    if (!isAt("upcoming")) return undefined;
    const asked = useReplica().ask("agenda", { days: daysAhead.value });
    return takeAnswer(asked, ({ days }) => (agendaDays.value = days));
  });
}
