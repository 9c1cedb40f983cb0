import { createHmac } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import { type Authenticate, createAuthenticator } from "../../../src/services/tokens/authenticate.ts";
import type { TokenSettings } from "../../../src/services/tokens/settings.ts";

/** Unix milliseconds, and the same in seconds. */
export const NOW = Date.UTC(2026, 10, 20, 9);
export const SECONDS = NOW / 1000;

export const SECRET = "nD2mK9vQx7RfT4sWbY1zHc8LgJp3EuAo6iVtXeMqZ0k=";
export const OLD_SECRET = "Qf8yLr3ZtWn6HsVb1KxJd9GpCm5TuEa2oRiYw7XqN4c=";
export const ISSUER = "https://auth.todo.test";
export const AUDIENCE = "https://todo.test";
export const CLAIMS = { sub: "ada", iss: ISSUER, aud: AUDIENCE, iat: SECONDS, exp: SECONDS + 900 };

/** What a part of a token is made of: a text or bytes as they are, anything else as its JSON. */
export type Part = string | Uint8Array | object | null;

export function encode(part: Part): string {
  const bytes = part instanceof Uint8Array ? part : Buffer.from(typeof part === "string" ? part : JSON.stringify(part));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Not by Bun.CryptoHasher: with a key it throws what an import of a bad EC key left behind (Bun 1.4.4). */
export function hmac(text: string, secret: string | Uint8Array = SECRET, hash = "sha256"): string {
  return createHmac(hash, secret).update(text).digest("base64url");
}

/** A token with a right HMAC, however wrong the rest of it is. */
export function signed(payload: Part, header: Part = { alg: "HS256" }, secret: string | Uint8Array = SECRET): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${hmac(text, secret)}`;
}

export type KeyPair = { readonly alg: string; readonly kid: string; readonly jwk: JWK; readonly privateKey: CryptoKey };

export async function makeKey(alg: string, kid: string, options: { modulusLength?: number } = {}): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true, ...options });
  return { alg, kid, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" }, privateKey };
}

/** A token by jose with one of an issuer's keys. Members of the header that are undefined are left out. */
export function sign({ alg, kid, privateKey }: KeyPair, claims: JWTPayload = CLAIMS, header: object = {}) {
  return new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
}

export const [ed, es, rs] = await Promise.all([
  makeKey("EdDSA", "ed-1"),
  makeKey("ES256", "es-1"),
  makeKey("RS256", "rs-1"),
]);

export const ALL_KEYS: readonly KeyPair[] = [ed, es, rs];

/** A key set server. What it answers can be changed, and its requests are counted. */
export function serveKeys(keys: readonly JWK[] = ALL_KEYS.map(({ jwk }) => jwk)) {
  const state = { requests: 0, answer: (): Response | Promise<Response> => Response.json({ keys }) };
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () => {
      state.requests += 1;
      return state.answer();
    },
  });
  return Object.assign(state, {
    url: `http://127.0.0.1:${server.port}/jwks`,
    publish: (...published: readonly JWK[]) => {
      state.answer = () => Response.json({ keys: published });
    },
    stop: () => server.stop(true),
  });
}

/** A clock that stands until it is moved, by seconds. */
export function createClock() {
  let time = NOW;
  return { now: () => time, pass: (seconds: number) => void (time += seconds * 1000) };
}

export const SETTINGS: TokenSettings = {
  secrets: [SECRET],
  issuer: ISSUER,
  audience: AUDIENCE,
  keySetUrl: null,
  parties: null,
  maxLifetimeS: null,
  leewayS: 0,
};

/** Checks tokens, not whole headers, with the settings that are given and those above. */
export function createCheck(settings: Partial<TokenSettings> = {}, now: () => number = () => NOW) {
  const authenticate: Authenticate = createAuthenticator(
    { ...SETTINGS, ...settings },
    { now, fetch: (url, init) => fetch(url, init) },
  );
  const check = async (token: string) => authenticate(`Bearer ${token}`);
  return { authenticate, check };
}
