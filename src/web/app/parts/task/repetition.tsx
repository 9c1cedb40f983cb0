import { formatDue } from "../../../../domain/dates/format-date.ts";
import type { Task } from "../../../../domain/task/task.ts";
import type { Series } from "../../../protocol.ts";
import { change } from "../../data/act.ts";
import { useAnswer } from "../../data/answers.ts";
import { clock } from "../../data/clock.ts";
import { useReplica } from "../../session/session.ts";
import { TextField } from "./fields.tsx";

const SHOWN = 3;
const NOTHING: Series = { words: "", coming: [] };

/** How a task repeats, in the words of `every:`, and what comes next. */
export function Repetition({ task }: { readonly task: Task }) {
  const { id, recurrence, revision } = task;
  const ask = async () => (recurrence === null ? NOTHING : useReplica().ask("series", { id, count: SHOWN }));
  const { words, coming } = useAnswer(NOTHING, ask, [id, recurrence, revision]);
  return (
    <>
      <TextField
        label="Repeats"
        value={words}
        save={(text) =>
          change("patch", { ids: [id], patch: { every: text.trim() === "" ? null : text.replace(/^every /, "") } })
        }
      />
      {coming.length > 0 && <p class="quiet">Then {coming.map((date) => formatDue(date, clock)).join(", ")}</p>}
    </>
  );
}
