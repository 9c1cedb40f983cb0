import { effect, signal } from "@preact/signals";
import type { AgendaDay } from "../../../domain/agenda/agenda.ts";
import type { NextTask } from "../../protocol.ts";
import { account, useReplica } from "../session/session.ts";
import { attempt } from "./act.ts";
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
    if (account.value === null) return;
    if (isAt("next")) void attempt(readNext);
    if (isAt("upcoming")) void attempt(() => readAgenda(daysAhead.value));
  });
}

async function readNext(): Promise<void> {
  nextTasks.value = await useReplica().ask("next", null);
}

async function readAgenda(days: number): Promise<void> {
  const agenda = await useReplica().ask("agenda", { days });
  agendaDays.value = agenda.days;
}
