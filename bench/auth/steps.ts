import { z } from "zod";
import { createPasswords } from "../../src/services/accounts/passwords.ts";
import { type AuthSample, PASSWORD } from "./sample.ts";

const grant = z.object({ refresh_token: z.string() });

/** Medians in milliseconds of what one client after another waits for. */
export type Steps = Readonly<Record<"one task" | "refresh" | "sign in" | "hash", number>>;

/** Asks for each in turns, one request at a time, so that a busy moment touches all alike. */
export async function measureSteps(url: string, sample: AuthSample, rounds: number): Promise<Steps> {
  const passwords = createPasswords();
  const hash = await passwords.hash(PASSWORD);
  const [tasks, refreshes, signIns, hashes]: [number[], number[], number[], number[]] = [[], [], [], []];
  const tokens = [...sample.refreshTokens];
  for (let round = 0; round < rounds; round += 1) {
    const at = round % tokens.length;
    tasks.push((await ask(`${url}${sample.one.path}`, sample.one.token)).ms);
    const renewed = await ask(`${url}/api/auth/refresh`, null, { refresh_token: tokens[at] });
    tokens[at] = grant.parse(renewed.json).refresh_token;
    refreshes.push(renewed.ms);
    const credentials = { email: sample.emails[at], password: PASSWORD, device: "bench" };
    signIns.push((await ask(`${url}/api/auth/login`, null, credentials)).ms);
    const begin = performance.now();
    await passwords.verify(PASSWORD, hash);
    hashes.push(performance.now() - begin);
  }
  return {
    "one task": median(tasks),
    refresh: median(refreshes),
    "sign in": median(signIns),
    hash: median(hashes),
  };
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
function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}
