import { z } from "zod";
import { AUTH_EVENT_KINDS, AUTH_OUTCOMES } from "../domain/auth-event.ts";
import type { AuthEvent } from "../ports/accounts.ts";
import { pageLimit } from "./query.ts";

/** The parameters of a list of security events. */
export const authLogQuery = z.strictObject({ limit: pageLimit("How many events at most") });

export const wireAuthEvent = z
  .strictObject({
    at: z.iso.datetime(),
    event: z.enum(AUTH_EVENT_KINDS),
    outcome: z.enum(AUTH_OUTCOMES).meta({
      description: "`failed`: a wrong password, code or token. `refused`: after too many of them, not looked at",
    }),
    address: z.string().nullable().meta({ description: "null: it was done on the server's machine" }),
    network: z.string().nullable().meta({ description: "The part of the address that limits count" }),
    subject: z.string().nullable().meta({ description: "The name of the device or token that it is about" }),
  })
  .meta({ id: "AuthEvent" });

export function toWireAuthEvent(event: AuthEvent): z.output<typeof wireAuthEvent> {
  const { at, kind, outcome, address, network, subject } = event;
  return { at: new Date(at).toISOString(), event: kind, outcome, address, network, subject };
}
