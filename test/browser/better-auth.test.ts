import { expect, test } from "bun:test";
import { useIssuers } from "../clients/issuer.ts";
import { useBrowser } from "./in-browser.ts";
import { useProxies } from "./web/proxy.ts";

// The page beside the real Better Auth, which knows the person by a cookie of its own: bun run test:browser

const startIssuer = useIssuers();
const startProxy = useProxies();
const { origin, serve, admit, open } = useBrowser({ expected: /status of 401/ });

/** The host of a front end: Better Auth, and leave for the page to ask it with cookies. */
function startHost(issuer: string, allowed: () => string): string {
  return startProxy(issuer, async (_, pass) => {
    const answer = await pass();
    const headers = {
      "access-control-allow-origin": allowed(),
      "access-control-allow-credentials": "true",
      "content-type": answer.headers.get("content-type") ?? "text/plain",
    };
    return new Response(await answer.text(), { status: answer.status, headers });
  });
}

test("whoever is signed in at a front end with Better Auth has their tasks here, and nobody has before", async () => {
  const issuer = await startIssuer();
  let page = await open("/");
  let allowed = origin();
  const host = startHost(issuer.url, () => allowed);
  admit(host);
  allowed = await serve({
    TODO_JWKS_URL: `${issuer.url}/api/auth/jwks`,
    TODO_JWT_ISSUER: issuer.url,
    TODO_JWT_AUDIENCE: issuer.url,
    TODO_WEB_TOKEN_URL: `${host}/api/auth/token`,
    TODO_WEB_SIGNIN_URL: `${host}/login`,
  });

  await page.goto(allowed);
  expect(await page.getByRole("link", { name: "Sign in" }).getAttribute("href")).toBe(`${host}/login`);

  const { cookies } = await issuer.signUp("Ada");
  await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url: host })));
  await page.reload();
  await page.getByLabel("Add a task").fill("Pay rent due:friday");
  await page.getByLabel("Add a task").press("Enter");
  await page.getByText("Synced", { exact: true }).waitFor();

  await page.close();
  page = await open(allowed);
  await page
    .getByRole("button", { name: /Pay rent/ })
    .first()
    .waitFor();
  await page.getByText("Synced", { exact: true }).waitFor();
});
