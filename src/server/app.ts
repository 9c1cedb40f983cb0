import { type Context, Hono } from "hono";
import type { TodoError } from "../domain/errors.ts";
import { networkOf } from "./limits/address.ts";
import { allowOrigins } from "./http/cors.ts";
import { createDeadline, type Deadline } from "./limits/deadline.ts";
import { servePage } from "./pages/pages.ts";
import type { Endpoint, PathNames } from "./endpoint.ts";
import { ENDPOINTS } from "./endpoints.ts";
import type { RequestContext, ServerDeps } from "./request-context.ts";
import { describeFailure, replyWithProblem, toTodoError } from "./http/problem.ts";
import { readAddress } from "./limits/client-address.ts";
import type { ConnectionPorts } from "./limits/connection-users.ts";
import { MAX_BODY_BYTES, refuseLarge } from "./http/read-body.ts";
import { listPaths, refusePath } from "./refuse-path.ts";
import { complete, render } from "./http/render.ts";
import type { Reply } from "./http/reply.ts";

/** The part of Bun's server that a request needs. Tests without a socket pass nothing. */
type Socket = {
  readonly port?: number | undefined;
  readonly requestIP?: (request: Request) => { readonly address: string; readonly port?: number } | null;
  readonly timeout?: (request: Request, seconds: number) => void;
};
type Env = { Bindings: Socket };
type Work = (context: RequestContext) => Reply | Response | Promise<Reply | Response>;

/** Stands for paths of another program on this host. No route begins without a slash. */
const NO_PATH = "none";

const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The HTTP API: a function from request to response, `fetch`. */
export function createApp(deps: ServerDeps): Hono<Env> {
  const app = new Hono<Env>({ getPath: createPathReader(deps.basePath) });
  const cors = allowOrigins(deps.origins);

  /**
   * Does everything that all routes share. It is no middleware, because a chain of them costs a tenth of the
   * throughput.
   */
  const handle = async (
    c: Context<Env>,
    route: string,
    work: Work,
    maxBodyBytes = MAX_BODY_BYTES,
  ): Promise<Response> => {
    const begin = performance.now();
    const deadline = createDeadline(deps.deadlineMs);
    const context = openContext(c, deps, deadline);
    let error: TodoError | undefined;
    const response = await cors(c.req.raw, async () => {
      const answered = await answer(context, deadline, work, maxBodyBytes);
      error = answered.error;
      return answered.response;
    });
    if (!response.headers.has("x-request-id")) complete(response, context);
    const ms = Math.round((performance.now() - begin) * 1000) / 1000;
    const { id, user } = context;
    deps.log({ request: id, route, status: response.status, ms, user, ...(error && describeFailure(error)) });
    return response;
  };

  const known = listPaths(deps.pages);
  const refuse = (c: Context<Env>) => handle(c, "none", (context) => refusePath(context, c.req.path, known));
  const serveEndpoint = ({ method, path, respond, maxBodyBytes }: Endpoint) => {
    const route = `${method.toUpperCase()} ${path}`;
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ":$1"), (c) => {
      const read = (name: keyof PathNames) => c.req.param(name) ?? "";
      const names = { id: read("id"), note: read("note"), name: read("name") };
      return handle(c, route, (context) => respond(context, names), maxBodyBytes);
    });
  };

  const plain = ENDPOINTS.filter(({ path }) => !path.includes("{"));
  plain.forEach(serveEndpoint);
  // By no method is such a path that of a task: `GET /api/tasks/parse` is none with the id `parse`.
  for (const path of new Set(plain.map((endpoint) => endpoint.path))) app.all(path, refuse);
  ENDPOINTS.filter(({ path }) => path.includes("{")).forEach(serveEndpoint);
  for (const [path, file] of Object.entries(deps.pages)) {
    app.get(path, (c) => handle(c, `GET ${path}`, ({ request }) => servePage(path, file, request, deps.basePath)));
  }
  app.notFound(refuse);
  return app;
}

function openContext(c: Context<Env>, deps: ServerDeps, { extend }: Deadline): RequestContext {
  const request = c.req.raw;
  const given = request.headers.get("x-request-id");
  return {
    request,
    id: given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID(),
    deps,
    readPeer: () => c.env?.requestIP?.(request)?.address,
    readPorts: () => readPorts(c.env, request),
    allowSilence: (seconds) => c.env?.timeout?.(request, seconds),
    extendDeadline: extend,
    user: null,
  };
}

function readPorts(socket: Socket | undefined, request: Request): ConnectionPorts | undefined {
  const client = socket?.requestIP?.(request)?.port;
  const server = socket?.port;
  return client === undefined || server === undefined ? undefined : { client, server };
}

/** Reads the path of a request below the base path, and NO_PATH for one that is not below it. */
function createPathReader(basePath: string): (request: Request) => string {
  if (basePath === "") return readPath;
  return (request) => {
    const path = readPath(request);
    if (path === basePath) return "/";
    return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : NO_PATH;
  };
}

/** The path of an address, without a trailing slash. An HTTP/1.0 request without a host has no address, only a path. */
function readPath({ url }: Request): string {
  const start = url.startsWith("/") ? 0 : url.indexOf("/", "https://".length);
  const query = url.indexOf("?", start);
  const path = url.slice(start, query === -1 ? undefined : query);
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** A response, and the error that it tells of. */
type Answered = { readonly response: Response; readonly error?: TodoError };

/** Runs a route within its deadline, and makes a response of any result. */
async function answer(
  context: RequestContext,
  deadline: Deadline,
  work: Work,
  maxBodyBytes: number,
): Promise<Answered> {
  const { request, deps } = context;
  try {
    deps.checkHost(request);
    refuseLarge(request, maxBodyBytes);
    deps.limitAddress.consume(() => networkOf(readAddress(context)));
    const reply = await deadline.limit(Promise.resolve(work(context)));
    return { response: reply instanceof Response ? reply : render(reply, context) };
  } catch (cause) {
    const error = toTodoError(cause);
    return { response: render(replyWithProblem(error, context), context), error };
  }
}
