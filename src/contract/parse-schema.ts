import { z } from "zod";
import { TodoError } from "../domain/errors.ts";
import { FIELD_KEYS } from "../domain/task/field-keys.ts";
import { countCodePoints } from "../domain/task/text.ts";
import { MAX_PARSE_ISSUES, MAX_PARSED_CHARACTERS } from "./parse.ts";
import { rule, wireTask } from "./task-schema.ts";
import { timeZone } from "./time-zone.ts";

function checkLength(text: string): string {
  const length = countCodePoints(text);
  if (length <= MAX_PARSED_CHARACTERS) return text;
  throw new TodoError("invalid_input", `it has ${length} characters, at most ${MAX_PARSED_CHARACTERS} are allowed`);
}

/** The text of a new task as somebody types it. */
export const parseRequest = z
  .strictObject({
    text: z.string().transform(rule(checkLength)).meta({ maxLength: MAX_PARSED_CHARACTERS }),
    tz: timeZone,
  })
  .meta({ id: "ParseRequest", examples: [{ text: "Pay rent due:friday +home", tz: "Europe/Berlin" }] });

const place = {
  at: z.int().min(0).meta({ description: "Where it begins in the text, in UTF-16 code units" }),
  length: z.int().min(0).meta({ description: "How long it is, in UTF-16 code units" }),
};

const field = z.string().meta({
  enum: [...FIELD_KEYS.map(({ name }) => name), "tag", "tags", "title"],
  description: "What it says something of, by the word that is typed",
});

const parsedTask = wireTask
  .pick({
    due_date: true,
    scheduled_date: true,
    wait_until: true,
    priority: true,
    project: true,
    tags: true,
    parent: true,
    depends_on: true,
    recurrence: true,
    estimate_minutes: true,
    reminders: true,
  })
  .extend({ title: z.string().nullable().meta({ description: "null if no word is left for it" }) })
  .meta({ id: "ParsedTask", description: "With a title it can be sent to `POST /api/tasks` as it is" });

/** What was understood of the text of a new task. */
export const parsedText = z
  .strictObject({
    task: parsedTask,
    repeats: z
      .strictObject({
        text: z.string(),
        first: z.string().meta({ description: "When it is due first" }),
        second: z.string().nullable().meta({ description: "And then, if that is known and not never" }),
      })
      .nullable()
      .meta({ description: "How it repeats, in words" }),
    pieces: z
      .array(z.strictObject({ ...place, field, value: z.string() }))
      .meta({ description: "The words that say something, in their order. All others are the title" }),
    notes: z.array(z.string()).meta({ description: "What may not have been meant, such as `recur:` in the title" }),
    issues: z
      .array(z.strictObject({ ...place, field, message: z.string(), hints: z.array(z.string()) }))
      .meta({ description: `The words that are not understood, at most ${MAX_PARSE_ISSUES}: todo add refuses them` }),
  })
  .meta({ id: "ParsedText" });

export type WireParsedText = z.infer<typeof parsedText>;
export type WireParseIssue = WireParsedText["issues"][number];
