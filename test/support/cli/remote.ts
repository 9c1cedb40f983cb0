import { type JWTPayload, SignJWT } from "jose";
import { OPENING } from "../stores/test-user.ts";
import type { Setup } from "./terminal.ts";

/** What must never be shown. */
export const PASSWORD = "pw-9f3c7e1a";
export const SECRET = "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe";

export const DATABASE = `postgres://todo_app:${PASSWORD}@DB.example.com/todo?sslmode=require`;
/** The same for people, and for tokens. */
export const NAME = "db.example.com/todo";
export const ORIGIN = "postgres://db.example.com:5432/todo";
export const CREDENTIALS = "/home/ann/.config/todo/credentials.json";

const HOUR_S = 3600;

/** A token of a user that is good for an hour from the time at which terminals begin. */
export function tokenOf(user: string, claims: JWTPayload = {}, secret: string = SECRET): Promise<string> {
  return new SignJWT({ exp: OPENING / 1000 + HOUR_S, ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(user)
    .sign(new TextEncoder().encode(secret));
}

/** The settings of a user of the database, whose auth server has the secret. */
export function onServer(env: Record<string, string> = {}): Partial<Setup> {
  return { env: { TODO_DB: DATABASE, BETTER_AUTH_SECRET: SECRET, ...env } };
}

/** The same with a token. */
export async function signedIn(user = "ada", claims: JWTPayload = {}): Promise<Partial<Setup>> {
  return onServer({ TODO_TOKEN: await tokenOf(user, claims) });
}

/** The settings of a user whose tasks are in a file, with a token for the database. */
export async function withToken(user: string, claims: JWTPayload = {}): Promise<Partial<Setup>> {
  return { env: { BETTER_AUTH_SECRET: SECRET, TODO_TOKEN: await tokenOf(user, claims) } };
}
