import { z } from "zod";

const namedOccurrence = z.string().meta({
  description:
    "The occurrence of a task that repeats: a local day or date and time, as the task has it; default: the current one",
});

/** Without a member the state is toggled. */
export const completion = z
  .strictObject({
    completed: z.boolean().optional(),
    cancelled: z.literal(true).optional().meta({ description: "Close it without its being done" }),
    occurrence: namedOccurrence.optional(),
    subtasks: z
      .enum(["keep", "complete"])
      .optional()
      .meta({ description: "What becomes of the open tasks below it when it is completed; they are kept" }),
  })
  .refine(({ completed, cancelled }) => !cancelled || completed !== false, {
    path: ["cancelled"],
    message: "a cancelled task is completed, so it can't be open at the same time",
  })
  .refine(({ occurrence: named, completed, cancelled }) => named === undefined || completed === true || cancelled, {
    path: ["occurrence"],
    message: "only one that is to be completed or cancelled can be named; its record can be reopened like any task",
  })
  .meta({ id: "Completion", examples: [{ completed: true }, { completed: true, occurrence: "2030-12-16" }] });

/** An occurrence to skip or to detach. */
export const occurrenceChoice = z
  .strictObject({ occurrence: namedOccurrence.optional() })
  .meta({ id: "OccurrenceChoice", examples: [{ occurrence: "2030-12-16" }] });
