import { TodoError } from "../../domain/errors.ts";
import type { RequestContext } from "../request-context.ts";
import { readBaseUrl } from "./base-url.ts";

/**
 * Throws `forbidden` for a request that does not come from this server's own page. Browsers say so in a header that no page can
 * set (https://www.w3.org/TR/fetch-metadata/). One that sends none names the origin of the page.
 */
export function requireOwnPage(context: RequestContext): void {
  const { headers } = context.request;
  const site = headers.get("sec-fetch-site");
  if (site === "same-origin") return;
  const origin = headers.get("origin");
  if (site === null && origin !== null && origin === new URL(readBaseUrl(context)).origin) return;
  throw new TodoError("forbidden", "only this server's own page can ask for this");
}
