import type { Agenda, AgendaKind } from "../domain/agenda/agenda.ts";
import { localTimeOfDay } from "../domain/dates/due-groups.ts";
import { toWire, type WireTask } from "./task.ts";

/** A task under a day. `at` is the user's time, `date` what puts it there. */
export type WireAgendaItem = {
  kind: AgendaKind;
  at: string | null;
  date: string;
  occurrence: string | null;
  task: WireTask;
};

export type WireAgenda = { days: { day: string; items: WireAgendaItem[] }[]; overdue: number; more: boolean };

/** The one mapper of an agenda to its JSON. */
export function toWireAgenda({ days, overdue, isCut }: Agenda, timeZone: string): WireAgenda {
  return {
    days: days.map(({ day, items }) => ({
      day,
      items: items.map(({ kind, task, date, occurrence }) => {
        return { kind, at: localTimeOfDay(date, timeZone), date, occurrence, task: toWire(task) };
      }),
    })),
    overdue,
    more: isCut,
  };
}
