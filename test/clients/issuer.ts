import { Database } from "bun:sqlite";
import { afterAll } from "bun:test";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { jwt, type JwtOptions } from "better-auth/plugins/jwt";
import { z } from "zod";

export type IssuerOptions = {
  readonly keys?: NonNullable<JwtOptions["jwks"]>["keyPairConfig"];
  /** The session cookie is a JWT too: of the secret, or of the key set. */
  readonly cookies?: "secret" | "key set";
};

/** All that somebody has who just signed up. */
export type Account = {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  /** For APIs: what `/api/auth/token` gives out. */
  readonly jwt: string;
  /** What the server answers to a browser, and the cookies that it sets, by their names. */
  readonly session: string;
  readonly cookies: ReadonlyMap<string, string>;
  /** The token in the mail that asks whether the address is the user's. */
  readonly mail: string;
};

export type Issuer = {
  readonly url: string;
  readonly secret: string;
  readonly signUp: (name: string) => Promise<Account>;
  /** Makes it have other keys from now on. */
  readonly changeKeys: () => void;
  readonly stop: () => Promise<void>;
};

const signedUp = z.object({
  token: z.string(),
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
});
const issued = z.object({ token: z.string() });

/** Starts real Better Auth servers, which end after the last test of the file. */
export function useIssuers(): (options?: IssuerOptions) => Promise<Issuer> {
  const issuers: Issuer[] = [];
  afterAll(() => Promise.all(issuers.map((issuer) => issuer.stop())));
  return async (options = {}) => {
    const issuer = await startIssuer(options);
    issuers.push(issuer);
    return issuer;
  };
}

/** With the jwt plugin as it is without settings, in this process, over a database in memory. */
async function startIssuer({ keys, cookies }: IssuerOptions): Promise<Issuer> {
  const secret = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  const mails = new Map<string, string>();
  const database = new Database(":memory:");
  let handle: (request: Request) => Promise<Response> = () => Promise.reject(new Error("it has not begun yet"));
  // The address is needed before there is anything to serve.
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: (request) => handle(request) });
  const url = server.url.origin;
  const auth = betterAuth({
    baseURL: url,
    secret,
    database,
    emailAndPassword: { enabled: true },
    emailVerification: {
      sendOnSignUp: true,
      sendVerificationEmail: async ({ user, token }) => void mails.set(user.email, token),
    },
    session: { cookieCache: { enabled: cookies !== undefined, strategy: "jwt" } },
    plugins: [jwt({ sessionCookieCache: cookies === "key set", ...(keys && { jwks: { keyPairConfig: keys } }) })],
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  handle = auth.handler;
  return {
    url,
    secret,
    signUp: async (name) => {
      const { mail, ...account } = await signUp(`${url}/api/auth`, name);
      return { ...account, mail: mails.get(mail) ?? "" };
    },
    changeKeys: () => database.run("delete from jwks"),
    stop: () => server.stop(true),
  };
}

/** As a front end does it. */
async function signUp(api: string, name: string): Promise<Account> {
  const email = `${name.toLowerCase()}@todo.test`;
  const made = await call(`${api}/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, email, password: "correct horse battery staple" }),
  });
  const cookie = made.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const { token: session, user } = signedUp.parse(await made.json());
  const token = await call(`${api}/token`, { headers: { cookie } });
  const cookies = new Map(new Bun.CookieMap(cookie));
  return { user, session, cookies, mail: email, jwt: issued.parse(await token.json()).token };
}

async function call(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response;
}
