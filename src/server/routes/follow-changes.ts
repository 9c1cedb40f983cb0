import { z } from "zod";
import { defineEndpoint, noBody, noQuery } from "../endpoint.ts";
import type { RequestContext } from "../request-context.ts";
import { openHintStream } from "../http/hint-stream.ts";

const HEADERS = {
  "content-type": "text/event-stream",
  // nginx would otherwise buffer the events until it has a buffer full.
  "x-accel-buffering": "no",
  // The connection may be silent for ever (see below), so it must close after the stream.
  connection: "close",
};

export const followChanges = defineEndpoint({
  method: "get",
  path: "/api/sync/events",
  access: "read",
  operation: "followChanges",
  summary: "Be told when there is something to take",
  description:
    "Server-sent events (HTML standard, section 9.2): an event `change` soon after something of yours changed. It does not say " +
    "what; ask `POST /api/sync`, and once after each connection too. The stream ends when the token does.",
  query: noQuery,
  body: noBody,
  responses: { 200: { description: "Hints, until one side ends it", schema: z.string(), type: "text/event-stream" } },
  handle: async ({ workspace: { user }, deps: { sync }, context }) => {
    const since = await sync.revision(user);
    return { status: 200, headers: HEADERS, open: () => openStream(context, user, since) };
  },
});

/** Throws `rate_limited` if the user has too many. */
function openStream({ request, deps, allowSilence }: RequestContext, user: string, since: number): ReadableStream {
  const { notifier, pace, streams, authenticate } = deps;
  const authorization = request.headers.get("authorization");
  const isAdmitted = async () => {
    try {
      return (await authenticate(authorization)).user === user;
    } catch {
      return false;
    }
  };
  const onEnd = streams.acquire(user);
  // Bun counts a connection as idle if only the server sends.
  allowSilence(0);
  return openHintStream({ notifier, user, since, pace, isAdmitted, onEnd });
}
