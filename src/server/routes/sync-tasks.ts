import { exchangeOrWait, type Patience } from "../../services/sync/exchange-or-wait.ts";
import { readWireSync, syncAnswer, syncRequest, toWireSync } from "../../contract/sync.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import type { RequestContext } from "../request-context.ts";
import { checkProtocol, checkProtocolHeader, PROTOCOL_HEADER } from "../http/protocol.ts";
import { replyWith } from "../http/reply.ts";

const LARGEST_BODY = 1024 * 1024;
/** Seconds for which a connection may be silent beyond a wait. The deadline comes first. */
const TIME_TO_ANSWER = 30;

export const syncTasks = defineEndpoint({
  method: "post",
  path: "/api/sync",
  access: "write",
  operation: "syncTasks",
  summary: "Bring changes of a replica and take those of others",
  description:
    "One exchange, which may be repeated freely. Changes that are not allowed are named in `rejected` and hold up no other. With " +
    "`wait` a request that brings nothing is answered as soon as there is something to take. The body may be encoded by gzip or " +
    "zstd, and the answer is for who takes that. `Todo-Protocol: 1` in the header says the version before the body is read.",
  query: noQuery,
  body: syncRequest,
  largestBody: LARGEST_BODY,
  responses: { 200: { description: "What the replica lacks", schema: syncAnswer, headers: ["Todo-Protocol"] } },
  errors: ["account_mismatch", "history_changed", "cursor_expired", "clock_skew", "unsupported_protocol"],
  checkHeaders: checkProtocolHeader,
  handle: async ({ workspace: { user }, deps: { sync, bell, purge }, body, context }) => {
    checkProtocol(body.protocol);
    const exchanged = await whileSeated(context, user, body.wait ?? 0, (patience) =>
      exchangeOrWait({ sync, user, bell }, readWireSync(body), patience),
    );
    // Nobody waits for it, and it says nothing.
    void purge(user);
    // Only here, where pages are large and nothing in them is secret. See `compressed` for why not everywhere.
    return { ...replyWith(200, toWireSync(user, exchanged)), headers: PROTOCOL_HEADER, compressed: true };
  },
});

/** A request that waits takes one of the places of its user. Throws `rate_limited` where all are taken. */
async function whileSeated<Result>(
  context: RequestContext,
  user: string,
  seconds: number,
  work: (patience: Patience) => Promise<Result>,
): Promise<Result> {
  const leave = seconds > 0 ? context.deps.streams.acquire(user) : undefined;
  try {
    return await work(readPatience(context, seconds));
  } finally {
    leave?.();
  }
}

/** Neither the deadline nor the connection ends a request that waits. */
function readPatience(context: RequestContext, seconds: number): Patience {
  const { request, deps } = context;
  const authorization = request.headers.get("authorization");
  const ms = seconds * 1000;
  context.patience = ms;
  if (ms > 0) context.allowSilence(seconds + TIME_TO_ANSWER);
  // A device that was locked out meanwhile must not learn what is written from then on.
  return { ms, signal: request.signal, admitAgain: async () => void (await deps.authenticate(authorization)) };
}
