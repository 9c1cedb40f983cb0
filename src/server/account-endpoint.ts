import { z } from "zod";
import { TodoError } from "../domain/errors.ts";
import type { AccountDeps } from "../services/accounts/account-deps.ts";
import { type Networks, networksOf } from "./limits/address.ts";
import { authenticateRequest } from "./limits/authenticate-request.ts";
import { readAddress } from "./limits/client-address.ts";
import { checkInput } from "./http/check-input.ts";
import { type RouteSpec, type Endpoint, noBody, noQuery } from "./endpoint.ts";
import type { RequestContext, ServerDeps } from "./request-context.ts";
import { readForm, readJson } from "./http/read-body.ts";
import { readQuery } from "./http/read-query.ts";
import type { Reply } from "./http/reply.ts";

/** The input of a handler for an account route. */
export type AccountCall<Body> = {
  readonly accounts: AccountDeps;
  readonly body: Body;
  readonly limits: ServerDeps["limits"];
  /** The networks of the client's address. Their budgets are spent. */
  readonly networks: Networks;
  readonly context: RequestContext;
};

/** A device that is signed in to an account. */
export type Holder = { readonly account: string; readonly session: string };

export type OpenDescription<Body> = RouteSpec & {
  readonly body: z.ZodType<Body>;
  /** True if the body may be a form too. */
  readonly form?: boolean;
  readonly handle: (call: AccountCall<Body>) => Promise<Reply>;
};

/** A route for signing up or in, which needs no token. */
export function defineOpen<Body>({ handle, ...spec }: OpenDescription<Body>): Endpoint {
  const { body, form = false } = spec;
  return {
    ...spec,
    access: "public",
    query: noQuery,
    respond: async (context) => {
      const call = openCall(context);
      return handle({ ...call, body: checkInput("the body", body, await readBody(context.request, form)) });
    },
  };
}

/** A route for a device that is signed in to an account. Personal tokens and users of other issuers are refused. */
export function defineForAccount<Query, Body>(
  spec: RouteSpec & {
    readonly query: z.ZodType<Query>;
    readonly body: z.ZodType<Body>;
    readonly handle: (
      call: AccountCall<Body> & { readonly holder: Holder; readonly query: Query; readonly id: string },
    ) => Promise<Reply>;
  },
): Endpoint {
  const { handle, ...endpoint } = spec;
  const { path, query, body } = endpoint;
  const takesBody = endpoint.body !== noBody;
  return {
    ...endpoint,
    access: "account",
    respond: async (context, { id }) => {
      const { request } = context;
      const { user, session } = await authenticateRequest(context);
      const call = openCall(context);
      if (session === null) throw notADevice();
      if (path.includes("{id}")) checkId(id);
      return handle({
        ...call,
        holder: { account: user, session },
        id: id.toLowerCase(),
        query: checkInput("the query", query, readQuery(request.url)),
        body: checkInput("the body", body, takesBody ? await readJson(request) : undefined),
      });
    },
  };
}

function openCall(context: RequestContext): Omit<AccountCall<unknown>, "body"> {
  const { accounts, limits } = context.deps;
  if (!accounts) {
    throw new TodoError("forbidden", "this server has no accounts: it needs a secret to sign tokens with, TODO_SECRET");
  }
  const { events, ...services } = accounts;
  const address = readAddress(context);
  const networks = networksOf(address);
  const origin = { address, network: networks[0], request: context.id };
  return { accounts: { ...services, record: (report) => events.record(report, origin) }, limits, networks, context };
}

function readBody(request: Request, form: boolean): Promise<unknown> {
  const isForm = form && /^application\/x-www-form-urlencoded\b/i.test(request.headers.get("content-type") ?? "");
  return isForm ? readForm(request) : readJson(request);
}

function checkId(id: string): void {
  if (z.guid().safeParse(id).success) return;
  throw new TodoError("invalid_input", "the address names nothing", {
    issues: [{ path: "id", message: "it is not a UUID" }],
  });
}

function notADevice(): TodoError {
  return new TodoError("forbidden", "only a device that is signed in to an account of this server can do this");
}
