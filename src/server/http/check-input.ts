import type { z } from "zod";
import { listIssues } from "../../contract/issues.ts";
import { TodoError } from "../../domain/errors.ts";

/** The parsed input. Throws `invalid_input` with its first issues and their paths. */
export function checkInput<Schema extends z.ZodType>(what: string, schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new TodoError("invalid_input", `${what} is not as it must be`, { issues: listIssues(parsed.error) });
}
