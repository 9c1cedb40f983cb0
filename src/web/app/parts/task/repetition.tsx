import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatDue } from "../../../../domain/dates/format-date.ts";
import { describeSeries } from "../../../../domain/recurrence/describe-series.ts";
import { readSeries } from "../../../../domain/recurrence/series.ts";
import type { Task } from "../../../../domain/task/task.ts";
import { change } from "../../data/act.ts";
import { clock } from "../../data/clock.ts";
import { useReplica } from "../../session/session.ts";
import { TextField } from "./fields.tsx";

const SHOWN = 3;

/** How a task repeats, in the words of `every:`, and what comes next. */
export function Repetition({ task }: { readonly task: Task }) {
  const coming = useSignal<readonly string[]>([]);
  const { id, recurrence, revision } = task;
  useEffect(() => {
    if (recurrence === null) return;
    void useReplica()
      .ask("coming", { id, count: SHOWN })
      .then((dates) => (coming.value = dates));
  }, [id, recurrence, revision]);
  return (
    <>
      <TextField
        label="Repeats"
        value={recurrence === null ? "" : describe(recurrence)}
        save={(text) =>
          change("patch", { ids: [id], patch: { every: text.trim() === "" ? null : text.replace(/^every /, "") } })
        }
      />
      {recurrence !== null && coming.value.length > 0 && (
        <p class="quiet">Then {coming.value.map((date) => formatDue(date, clock)).join(", ")}</p>
      )}
    </>
  );
}

/** A later version may have rules that this one can't put into words. */
function describe(recurrence: string): string {
  const series = readSeries(recurrence);
  return series ? describeSeries(series, clock) : recurrence;
}
