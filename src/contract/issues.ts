import type { z } from "zod";
import type { FieldIssue } from "../domain/errors.ts";
import { shorten } from "../domain/task/text.ts";

/** An input can have an issue in each of its bytes, and an answer that names them all is many times larger. */
const MAX_ISSUES = 20;
const MAX_PATH_CHARACTERS = 50;
const MAX_MESSAGE_CHARACTERS = 300;

/** What is wrong with an input and where: the first issues, then how many more there are. */
export function listIssues({ issues }: z.ZodError): FieldIssue[] {
  const all = issues.flatMap(splitIssue);
  const more = all.length - MAX_ISSUES;
  const first = all.slice(0, MAX_ISSUES).map(({ path, message }) => ({
    path: shorten(path.join("."), MAX_PATH_CHARACTERS),
    message: shorten(message, MAX_MESSAGE_CHARACTERS),
  }));
  return more > 0 ? [...first, { path: "", message: `and ${more} more` }] : first;
}

/** zod names all unknown members in one issue. */
function splitIssue(issue: z.core.$ZodIssue): { readonly path: readonly string[]; readonly message: string }[] {
  const path = issue.path.map(String);
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key], message: "there is no such member" }));
}
