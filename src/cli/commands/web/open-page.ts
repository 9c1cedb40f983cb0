import { hasCode, TodoError } from "../../../domain/errors.ts";
import { readPageCode } from "../../../contract/server-replies.ts";
import type { DatabaseFile } from "../../../ports/database.ts";
import { askServer } from "../../api-client/connection.ts";
import { findLocalServer, type LocalServer, signLocalToken } from "../../auth/local-token.ts";
import { requireFile } from "../../config/resolve-database-url.ts";
import type { Invocation } from "../../invocation.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import { startSyncIfDue } from "../../sync/start-if-due.ts";
import { serveFile } from "../serve/file.ts";
import { DEFAULT_HOST } from "../serve/read-host.ts";
import { readPort } from "../serve/read-port.ts";

const COMMAND = "web";

/** It asks for a code and is needed no longer. */
const TOKEN_LIFETIME_S = 60;
/** The server is on this machine. */
const REPLY_TIMEOUT_MS = 2000;
/** Between two looks whether what was edited in the page has to go to a server that the database follows. */
const SYNC_CHECK_INTERVAL_MS = 5000;

export type WebFlags = { readonly port?: string };

/** Opens the page of the server that runs on the database, or else serves it until a stop signal. */
export async function openPage(invocation: Invocation, flags: WebFlags): Promise<void> {
  const { io } = invocation;
  const place = requireFile(invocation, COMMAND, "Open the page of its server instead, at the address of that.");
  const port = readPort(io, flags.port);
  const database = await place.open({ isShared: true });
  const running = await findLocalServer(database);
  const link =
    running === null ? null : await askForLink(invocation, database, running.url).catch(explainRefusal(running));
  if (link !== null) return showPage(invocation, link);
  let timer: ReturnType<typeof setInterval> | undefined;
  const order = { place, host: DEFAULT_HOST, port, hasPage: true, isLogged: false };
  await serveFile(invocation, order, {
    onListening: async (address) => {
      showPage(invocation, await askForLink(invocation, database, address));
      printNote(invocation, "Press Ctrl-C to stop.");
      timer = setInterval(() => void startSyncIfDue(invocation, COMMAND), SYNC_CHECK_INTERVAL_MS);
    },
  }).finally(() => clearInterval(timer));
}

/** The address of the page with a code for the owner. The part behind # stays in the browser. */
async function askForLink({ io }: Invocation, { file }: DatabaseFile, server: string): Promise<string> {
  const { token } = await signLocalToken(io, TOKEN_LIFETIME_S, () => Promise.resolve(file));
  const ask = { method: "POST", path: "/api/web/codes", token, timeoutMs: REPLY_TIMEOUT_MS } as const;
  const { code } = await askServer(io, server, readPageCode, ask);
  return `${server}/#code=${code}`;
}

/** Answers null if there is no server any more: it may have been killed before it could say so. */
function explainRefusal({ address }: LocalServer) {
  return (error: unknown): null => {
    if (hasCode(error, "unavailable")) return null;
    if (!hasCode(error, "unauthorized", "forbidden", "not_found")) throw error;
    throw new TodoError("forbidden", `the server at ${address} does not let you in as the owner of the database`, {
      hints: [
        "One that others can reach, or that has no page, does not. Sign in there with an account, or stop it and try again.",
        "One that was started with other settings, such as a secret, needs the same here.",
      ],
      cause: error,
    });
  };
}

function showPage(invocation: Invocation, link: string): void {
  const { io, format } = invocation;
  if (format === "json") return printJson(invocation, { url: link });
  if (format === "quiet") return printText(invocation, link);
  if (io.openBrowser(link))
    return printText(invocation, escapeControls(`Your tasks are at ${link.replace(/#.*/, "")}`));
  printText(invocation, "Open this link within a minute, in a browser on this machine:");
  printText(invocation, escapeControls(link));
}
