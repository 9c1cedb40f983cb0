import { MAX_PARSE_ISSUES } from "../../contract/parse.ts";
import { parsedText, parseRequest } from "../../contract/parse-schema.ts";
import { inZone } from "../../ports/time-zone.ts";
import { parseWords } from "../../services/tasks/parse-words.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import { replyWith } from "../http/reply.ts";

/** A longer text can have so many words that others are let in before it. */
const MAX_QUICK_CHARACTERS = 500;

export const parseTask = defineEndpoint({
  method: "post",
  path: "/api/tasks/parse",
  access: "read",
  operation: "parseTask",
  summary: "Say what the words of a new task mean",
  description:
    "The text is read as `todo add` reads the line behind it, and nothing is stored. White space separates words. A value with spaces goes " +
    'in quotes, as in `project:"Side work"`; other quotes are part of the title, and so is all of a text that begins with `--`. Words that ' +
    `are not understood are \`issues\`, at most ${MAX_PARSE_ISSUES}, and \`task\` says what the others mean.`,
  query: noQuery,
  body: parseRequest,
  responses: { 200: { description: "What was understood", schema: parsedText } },
  handle: async ({ workspace, deps, body: { text, tz } }) => {
    if (text.length > MAX_QUICK_CHARACTERS) await deps.waitForTurn(workspace.user);
    return replyWith(200, await parseWords({ ...workspace, system: inZone(workspace.system, tz) }, text));
  },
});
