import { TodoError } from "../domain/errors.ts";
import { defineOpen, type OpenDescription } from "./account-endpoint.ts";
import type { Endpoint } from "./endpoint.ts";
import { requireOwnPage } from "./http/own-page.ts";

/**
 * A route that this server's own page alone may call. Cookies say who is signed in there, and a browser sends them for other
 * pages too, so where a request comes from is looked at first.
 */
export function defineForPage<Body>(spec: OpenDescription<Body>): Endpoint {
  const endpoint = defineOpen({ ...spec, errors: ["forbidden", "not_found", ...(spec.errors ?? [])] });
  return {
    ...endpoint,
    respond: (context, names) => {
      if (context.deps.web === null) throw new TodoError("not_found", "this server has no page");
      requireOwnPage(context);
      return endpoint.respond(context, names);
    },
  };
}
