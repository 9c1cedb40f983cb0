import { exchangeOrWait, type HoldOptions } from "../../services/sync/exchange-or-wait.ts";
import { MAX_TASK_BYTES, MAX_TASK_FIELDS } from "../../domain/task/size.ts";
import { MAX_REQUEST_BYTES } from "../../ports/sync.ts";
import { readWireSync, syncAnswer, syncRequest, toWireSync } from "../../contract/sync.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import type { RequestContext } from "../request-context.ts";
import { checkProtocol, checkProtocolHeader, PROTOCOL_HEADER } from "../http/protocol.ts";
import { replyWith } from "../http/reply.ts";

export const syncTasks = defineEndpoint({
  method: "post",
  path: "/api/sync",
  access: "write",
  operation: "syncTasks",
  summary: "Bring changes of a replica and take those of others",
  description:
    "One exchange, which may be repeated freely. Changes that are not allowed are named in `rejected` and hold up no other. " +
    `So are those that would give a task more than ${MAX_TASK_FIELDS} tags and fields of later versions, or ${MAX_TASK_BYTES} bytes of them. ` +
    "With " +
    "`wait` a request that brings nothing is answered as soon as there is something to take. The body may be encoded by gzip or " +
    "zstd, and the answer is for who takes that. `Todo-Protocol: 1` in the header says the version before the body is read.",
  query: noQuery,
  body: syncRequest,
  maxBodyBytes: MAX_REQUEST_BYTES,
  responses: { 200: { description: "What the replica lacks", schema: syncAnswer, headers: ["Todo-Protocol"] } },
  errors: ["account_mismatch", "history_changed", "cursor_expired", "clock_skew", "unsupported_protocol"],
  checkHeaders: checkProtocolHeader,
  waitSeconds: ({ wait }) => wait ?? 0,
  handle: async ({ workspace: { user }, deps: { sync, notifier, admit, countSettled }, body, context }) => {
    checkProtocol(body.protocol);
    const maxWaitMs = (body.wait ?? 0) * 1000;
    const exchanged = await withinLimit(context, user, maxWaitMs, () =>
      exchangeOrWait({ sync, user, notifier, admit, countSettled }, readWireSync(body), {
        maxWaitMs,
        ...holdOptions(context),
      }),
    );
    // Only here, because the pages are large and contain no secret. See `compressed` for why not everywhere.
    return { ...replyWith(200, toWireSync(user, exchanged)), headers: PROTOCOL_HEADER, compressed: true };
  },
});

/** Limits the waiting requests of a user. Throws `rate_limited` if there are too many. */
async function withinLimit<Result>(
  { deps }: RequestContext,
  user: string,
  maxWaitMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const release = maxWaitMs > 0 ? deps.streams.acquire(user) : undefined;
  try {
    return await work();
  } finally {
    release?.();
  }
}

function holdOptions({ request, deps }: RequestContext): Omit<HoldOptions, "maxWaitMs"> {
  const authorization = request.headers.get("authorization");
  // A device that was locked out meanwhile must not learn of later writes.
  return { signal: request.signal, authenticateAgain: async () => void (await deps.authenticate(authorization)) };
}
