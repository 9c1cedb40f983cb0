import type { Replied } from "./api.ts";
import type { AccountApi, AccountAsk } from "./account-api.ts";

/** What a browser sends with a request of a page for its own server. */
export const OWN = { "sec-fetch-site": "same-origin" };

/** The page in a browser, which keeps the cookies that it gets. */
export type Page = ReturnType<typeof openPage>;

export function openPage(api: Pick<AccountApi, "ask">, headers: Readonly<Record<string, string>> = OWN) {
  const cookies = new Map<string, string>();
  return {
    cookies,
    /** Asks a route of the page, and keeps the cookie of the reply. */
    post: async (path: string, json: unknown, { headers: more, ...ask }: AccountAsk = {}): Promise<Replied> => {
      const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
      const sent = { ...headers, ...(cookie !== "" && { cookie }), ...more };
      const reply = await api.ask("POST", `/api/web/${path}`, { json, ...ask, headers: sent });
      keepCookie(cookies, reply.headers.get("set-cookie"));
      return reply;
    },
  };
}

function keepCookie(cookies: Map<string, string>, header: string | null): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header ?? "") ?? [];
  if (header === null) return;
  if (/; Max-Age=0(?:;|$)/.test(header)) cookies.delete(name);
  else cookies.set(name, value);
}
