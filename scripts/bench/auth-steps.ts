import { z } from "zod";
import { type AuthSample, PASSWORD } from "./auth-sample.ts";

const grant = z.object({ refresh_token: z.string() });

/** Medians in milliseconds of what one client after another waits for. */
export type Steps = Readonly<Record<"one task" | "refresh" | "sign in", number>>;

/** Asks for each in turns, one request at a time, so that a busy moment touches all alike. */
export async function measureSteps(url: string, sample: AuthSample, rounds: number): Promise<Steps> {
  const times = { "one task": new Array<number>(), refresh: new Array<number>(), "sign in": new Array<number>() };
  const tokens = [...sample.refreshTokens];
  for (let round = 0; round < rounds; round += 1) {
    const at = round % tokens.length;
    times["one task"].push((await ask(`${url}${sample.one.path}`, sample.one.token)).ms);
    const renewed = await ask(`${url}/api/auth/refresh`, null, { refresh_token: tokens[at] });
    tokens[at] = grant.parse(renewed.json).refresh_token;
    times.refresh.push(renewed.ms);
    const credentials = { email: sample.emails[at], password: PASSWORD, device: "bench" };
    times["sign in"].push((await ask(`${url}/api/auth/login`, null, credentials)).ms);
  }
  return { "one task": median(times["one task"]), refresh: median(times.refresh), "sign in": median(times["sign in"]) };
}

async function ask(url: string, token: string | null, body?: unknown): Promise<{ ms: number; json: unknown }> {
  const begin = performance.now();
  const response = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", ...(token !== null && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const json: unknown = await response.json();
  const ms = performance.now() - begin;
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${JSON.stringify(json)}`);
  return { ms, json };
}

/** The one in the middle. */
export function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}
