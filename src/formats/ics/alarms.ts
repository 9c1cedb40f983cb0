import { tryRead } from "../../domain/errors.ts";
import { checkReminders } from "../../domain/task/task.ts";
import { readIcsDate } from "./dates.ts";
import type { Component, ContentLine } from "./lines.ts";

type Alarms = { readonly reminders: readonly string[]; readonly left: readonly string[] };

/** What alarms count from: a start of its own, if there is one, unless they say otherwise (RFC 5545, section 3.8.6.3). */
type Base = { readonly hasOtherStart: boolean; readonly zone: string };

/** The reminders of a task. An alarm that rings after something, or before a start that is not the due date, is named. */
export function readAlarms({ parts }: Component, base: Base): Alarms {
  const triggers = parts
    .filter(({ name }) => name === "VALARM")
    .map(({ lines }) =>
      readTrigger(
        lines.find(({ name }) => name === "TRIGGER"),
        base,
      ),
    );
  const reminders = [...new Set(triggers.filter((each) => each !== undefined))];
  const isLeft = triggers.includes(undefined);
  return { reminders, left: isLeft ? ["VALARM"] : [] };
}

function readTrigger(line: ContentLine | undefined, { hasOtherStart, zone }: Base): string | undefined {
  if (line === undefined) return undefined;
  const { value, params } = line;
  if (params.get("VALUE")?.toUpperCase() === "DATE-TIME") return check(readIcsDate(line, zone)?.date);
  const isOfStart = params.get("RELATED")?.toUpperCase() !== "END";
  return isOfStart && hasOtherStart ? undefined : check(value.trim().toUpperCase());
}

/** As it is stored, if reminders here can be so. */
function check(trigger: string | undefined): string | undefined {
  return trigger === undefined ? undefined : tryRead(() => checkReminders([trigger])[0]);
}
