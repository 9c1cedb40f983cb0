import { TodoError } from "../domain/errors.ts";
import { authenticateRequest } from "./limits/authenticate-request.ts";
import { ENDPOINTS } from "./endpoints.ts";
import type { PageTable } from "./pages/page-file.ts";
import type { RequestContext } from "./request-context.ts";
import { replyWithProblem } from "./http/problem.ts";
import { PATCH_TYPES } from "./http/read-body.ts";
import type { Reply } from "./http/reply.ts";

/** A name in braces, once the path is escaped. */
const PARAMETER = /\\\{.+?\\\}/g;

/** The paths that a server knows, with their methods as in the Allow header. */
export type KnownPaths = readonly { readonly pattern: RegExp; readonly methods: string }[];

/**
 * Refuses an unknown route: 404, or 405 if another method exists. Under /api it first throws `unauthorized` without a
 * token, so that strangers learn nothing.
 */
export async function refusePath(context: RequestContext, path: string, known: KnownPaths): Promise<Reply> {
  if (path.startsWith("/api")) await authenticateRequest(context);
  const methods = known.find(({ pattern }) => pattern.test(path))?.methods;
  if (!methods) throw new TodoError("not_found", "there is no such route");
  const error = new TodoError("method_not_allowed", `This address takes ${methods}.`);
  const reply = replyWithProblem(error, context);
  const patch = methods.includes("PATCH") && { "accept-patch": PATCH_TYPES };
  return { ...reply, headers: { ...reply.headers, allow: methods, ...patch } };
}

/** The paths of the API and those of a server's pages. */
export function listPaths(pages: PageTable): KnownPaths {
  const routes = [...ENDPOINTS, ...Object.keys(pages).map((path) => ({ method: "get", path }))];
  return [...Map.groupBy(routes, ({ path }) => path)].map(([path, all]) => ({
    pattern: new RegExp(`^${RegExp.escape(path).replaceAll(PARAMETER, "[^/]+")}$`),
    methods: all
      .flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]))
      .toSorted()
      .join(", "),
  }));
}
