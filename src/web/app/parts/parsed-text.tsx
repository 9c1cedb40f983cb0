import type { WireParsedText } from "../../../contract/parse-schema.ts";
import { describeDue } from "../../../domain/dates/format-date.ts";
import { formatDuration } from "../../../domain/dates/duration.ts";
import { clock } from "../data/clock.ts";
import { describeError } from "../data/describe-error.ts";

/** What a line was understood as: the title, then each field as a chip, and what is not understood. */
export function ParsedText({ parsed }: { readonly parsed: WireParsedText }) {
  const { task, repeats, notes, issues } = parsed;
  const chips = [
    task.due_date && `due ${describeDue(task.due_date, clock)}`,
    repeats && repeats.text,
    task.priority && `priority ${task.priority}`,
    task.project && `project ${task.project}`,
    ...(task.tags ?? []).map((tag) => `+${tag}`),
    task.scheduled_date && `planned for ${describeDue(task.scheduled_date, clock)}`,
    task.wait_until && `hidden until ${describeDue(task.wait_until, clock)}`,
    task.estimate_minutes && `takes ${formatDuration(task.estimate_minutes)}`,
  ].filter((chip) => typeof chip === "string");
  return (
    <>
      {task.title !== null && chips.length > 0 && <span class="title">{task.title}</span>}
      {chips.map((chip) => (
        <span key={chip} class="chip">
          {chip}
        </span>
      ))}
      {[...issues.map(describeError), ...notes].map((text) => (
        <span key={text} class="issue">
          {text}
        </span>
      ))}
    </>
  );
}
