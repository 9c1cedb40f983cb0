import { z } from "zod";
import { type ErrorCode, TodoError } from "../domain/errors.ts";
import { inUtc } from "../ports/time-zone.ts";
import { namesTask } from "../services/tasks/find-tasks.ts";
import type { Identity } from "../services/tokens/identity.ts";
import { requireScope } from "../services/tokens/scope.ts";
import type { Workspace } from "../services/workspace.ts";
import { checkInput } from "./http/check-input.ts";
import { authenticateRequest } from "./limits/authenticate-request.ts";
import type { RequestContext, ServerDeps } from "./request-context.ts";
import { readJson } from "./http/read-body.ts";
import { readQuery } from "./http/read-query.ts";
import type { Reply } from "./http/reply.ts";

/** Seconds that a connection may be silent beyond a wait. The deadline comes first. */
const ANSWER_TIME_S = 30;

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** The reply of one status: its description, its body, and headers beside the common ones. */
export type ResponseSpec = {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** The content type, if the body is not JSON. */
  readonly type?: "text/event-stream";
  readonly headers?: readonly ("ETag" | "Link" | "Location" | "Set-Cookie" | "Todo-Occurrence" | "Todo-Protocol")[];
};

/** A route of the API as the document describes it and as the server runs it. */
export type Endpoint = {
  readonly method: Method;
  /** As in OpenAPI: `/api/tasks/{id}`. */
  readonly path: string;
  /**
   * Public routes need no token, `token` routes any token. If the token has scopes, a read or write needs the one of
   * that name. An account route needs a signed-in device.
   */
  readonly access: "public" | "token" | "read" | "write" | "account";
  readonly operation: string;
  readonly summary: string;
  readonly description?: string;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  /** True if the body may be a form too. */
  readonly form?: boolean;
  /** Maximum size of the body in bytes, if it differs from the default. */
  readonly maxBodyBytes?: number;
  readonly conditional?: "If-Match" | "If-None-Match";
  readonly responses: Readonly<Record<number, ResponseSpec>>;
  /** Errors beside those that follow from the rest. */
  readonly errors?: readonly ErrorCode[];
  readonly respond: (context: RequestContext, names: PathNames) => Reply | Promise<Reply>;
};

/** What stands in the place of `{id}`, `{note}` and `{name}` in the path. Empty where the route has none. */
export type PathNames = { readonly id: string; readonly note: string; readonly name: string };

/** The input of a handler for users. */
export type HandlerInput<Query, Body> = {
  readonly workspace: Workspace;
  readonly deps: ServerDeps;
  readonly identity: Identity;
  /** The UUID or handle in the path. */
  readonly id: string;
  /** The UUID of a note in the path. */
  readonly note: string;
  /** The name of a saved filter in the path, as it came. */
  readonly name: string;
  readonly query: Query;
  readonly body: Body;
  readonly header: (name: string) => string | undefined;
  readonly context: RequestContext;
};

/** A route without its input schemas and its handler. */
export type RouteSpec = Omit<Endpoint, "access" | "query" | "body" | "form" | "respond">;

/** The scope that a token with scopes needs. */
const NEEDED_SCOPES = { token: null, read: "tasks:read", write: "tasks:write" } as const;

/** The schemas of a route without parameters, or without a body. */
export const noQuery = z.strictObject({});
export const noBody: z.ZodType<undefined> = z.undefined();

/** A route that anyone may call. */
export function definePublic(
  spec: RouteSpec & { readonly handle: (deps: ServerDeps) => Reply | Promise<Reply> },
): Endpoint {
  const { handle, ...endpoint } = spec;
  return { ...endpoint, access: "public", query: noQuery, body: noBody, respond: ({ deps }) => handle(deps) };
}

/** A route for users: it authenticates, checks the input, and calls the handler. */
export function defineEndpoint<Query, Body>(
  spec: RouteSpec & {
    readonly access: keyof typeof NEEDED_SCOPES;
    readonly query: z.ZodType<Query>;
    readonly body: z.ZodType<Body>;
    /** Throws for requests that are refused before the body is read. */
    readonly checkHeaders?: (headers: Headers) => void;
    /** Seconds that the client wants to wait. Neither the deadline nor the connection may end that wait. */
    readonly waitSeconds?: (body: Body) => number;
    readonly handle: (input: HandlerInput<Query, Body>) => Promise<Reply>;
  },
): Endpoint {
  const { handle, checkHeaders, waitSeconds, ...endpoint } = spec;
  const { access, path, query, body } = endpoint;
  const takesBody = endpoint.body !== noBody;
  const neededScope = NEEDED_SCOPES[access];
  // An address without parameters always parses to the same value.
  const bare = query.safeParse({});
  return {
    ...endpoint,
    respond: async (context, { id, note, name }) => {
      const { request, deps } = context;
      const identity = await authenticateRequest(context);
      if (neededScope !== null) requireScope(identity, neededScope);
      if (path.includes("{id}")) checkId(id);
      if (path.includes("{note}")) checkNoteInPath(note);
      checkHeaders?.(request.headers);
      const parameters =
        bare.success && !request.url.includes("?") ? bare.data : checkInput("the query", query, readQuery(request.url));
      const json = takesBody ? await readJson(request, endpoint.maxBodyBytes) : undefined;
      const input = checkInput("the body", body, json);
      if (waitSeconds) holdRequest(context, waitSeconds(input));
      const reply = await handle({
        workspace: { store: deps.store, user: identity.user, system: inUtc(deps.system) },
        deps,
        identity,
        id,
        note: note.toLowerCase(),
        name,
        query: parameters,
        body: input,
        header: (field) => request.headers.get(field) ?? undefined,
        context,
      });
      // Nobody waits for it, and it reports nothing.
      if (access === "write") void deps.purge(identity.user);
      return reply;
    },
  };
}

/** Keeps the deadline and the connection from ending a request that waits. */
function holdRequest({ extendDeadline, allowSilence }: RequestContext, seconds: number): void {
  if (seconds === 0) return;
  extendDeadline(seconds * 1000);
  allowSilence(seconds + ANSWER_TIME_S);
}

function checkId(id: string): void {
  if (namesTask(id)) return;
  const message = "it is neither a UUID nor a handle";
  throw new TodoError("invalid_input", "the address names no task", { issues: [{ path: "id", message }] });
}

function checkNoteInPath(note: string): void {
  if (z.guid().safeParse(note).success) return;
  throw new TodoError("invalid_input", "the address names no note", {
    issues: [{ path: "note", message: "it is not a UUID" }],
  });
}
