import type { z } from "zod";
import { TodoError } from "../../domain/errors.ts";

/** The parsed input. Throws `invalid_input` with every issue and its path. */
export function checkInput<Schema extends z.ZodType>(what: string, schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") return [{ path: path.join("."), message: issue.message }];
    return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "there is no such member" }));
  });
  throw new TodoError("invalid_input", `${what} is not as it must be`, { issues });
}
