import { z } from "zod";
import type { Registers } from "../domain/task/registers.ts";
import { MAX_PAGE_TASKS, OLDEST_PROTOCOL, PROTOCOL, type SyncedTask } from "../ports/sync.ts";
import type { RemoteTask } from "../ports/store.ts";
import type { Rejection } from "./check-change.ts";
import { isRegisters } from "./read-sync-answer.ts";

/** Changes in one request. */
const MAX_CHANGES = 500;
/** Proxies cut off a request that is not answered for much longer. */
const MAX_WAIT_S = 25;

export type ExchangeRequest = {
  /** The user whom the replica follows, if it says so. */
  readonly user?: string;
  /** null: from the beginning. */
  readonly cursor: string | null;
  /** Maximum number of tasks in the answer. The default is a whole page. */
  readonly limit?: number;
  readonly changes: readonly RemoteTask[];
  /** Entries of the user's profile that changed, and the tag of the replica's whole profile. Absent from earlier versions. */
  readonly profile?: { readonly tag: string; readonly changes: Registers };
};

export type Exchanged = {
  readonly databaseId: string;
  /** The database's clock in Unix milliseconds. */
  readonly serverTime: number;
  readonly cursor: string;
  readonly head: number;
  readonly more: boolean;
  /** How many changes were merged or known already. */
  readonly accepted: number;
  readonly rejected: readonly Rejection[];
  readonly changes: readonly SyncedTask[];
  /** The user's profile, if the replica has another one. */
  readonly profile?: Registers;
};

/** zod's record would silently drop `__proto__`, which is a legal name. */
const registers = z.custom<Registers>(isRegisters, "it is not an object of texts").meta({
  override: {
    type: "object",
    description: "Fields by name, each a clock of 24 hex digits and the value as JSON",
    additionalProperties: { type: "string" },
  },
});

/** The request of a replica. Unknown members are left for later versions. */
export const syncRequest = z
  .object({
    protocol: z.int().meta({ description: `${OLDEST_PROTOCOL} to ${PROTOCOL}` }),
    replica: z.string().min(1).max(64).meta({ description: "Names the replica" }),
    user: z.string().max(128).optional().meta({
      description: "Whom the replica follows. A token of another user is refused before anything is merged",
    }),
    cursor: z.string().max(400).nullish().meta({ description: "Of the last answer. null: from the start" }),
    limit: z
      .int()
      .min(1)
      .max(MAX_PAGE_TASKS)
      .optional()
      .meta({ description: `Of the answer, else ${MAX_PAGE_TASKS}` }),
    wait: z.int().min(0).max(MAX_WAIT_S).optional().meta({
      description: "Seconds for which the answer may be held while there is nothing to bring and nothing to take",
    }),
    changes: z
      .array(z.object({ id: z.string().max(64), registers }))
      .max(MAX_CHANGES)
      .optional(),
    profile: registers.optional().meta({ description: "Entries of the user's profile that changed" }),
    profile_tag: z.string().max(64).optional().meta({
      description: "Tells the replica's whole profile from another one. Without it the answer has no profile",
    }),
  })
  .meta({ id: "SyncRequest", examples: [{ protocol: PROTOCOL, replica: "example", cursor: null, limit: 20 }] });

export type WireSyncRequest = z.output<typeof syncRequest>;

/** The answer of a server. Revisions are texts, because they can exceed a JSON number. */
export const syncAnswer = z
  .object({
    user: z.string(),
    epoch: z.string(),
    server_time: z.iso.datetime(),
    cursor: z.string(),
    head: z.string(),
    more: z.boolean(),
    accepted: z.int(),
    rejected: z.array(
      z.object({
        id: z.string(),
        code: z.enum(["invalid_input", "quota_exceeded"]).meta({
          description: "A change for which there is no room can be sent again later",
        }),
        field: z.string(),
        message: z.string(),
      }),
    ),
    changes: z.array(z.object({ id: z.string(), revision: z.string(), registers })),
    profile: registers
      .optional()
      .meta({ description: "The user's profile, if its tag is another one than the request's" }),
  })
  .meta({ id: "SyncAnswer" });

export type WireSyncAnswer = z.output<typeof syncAnswer>;

/** Maps the request's JSON to an exchange. */
export function readWireSync(request: WireSyncRequest): ExchangeRequest {
  const { user, cursor, limit, changes, profile = {}, profile_tag: tag } = request;
  return {
    cursor: cursor ?? null,
    changes: changes ?? [],
    ...(user !== undefined && { user }),
    ...(limit !== undefined && { limit }),
    ...(tag !== undefined && { profile: { tag, changes: profile } }),
  };
}

export function toWireSync(user: string, exchanged: Exchanged): WireSyncAnswer {
  const { databaseId, serverTime, cursor, head, more, accepted, rejected, changes, profile } = exchanged;
  return {
    user,
    epoch: databaseId,
    server_time: new Date(serverTime).toISOString(),
    cursor,
    head: String(head),
    more,
    accepted,
    rejected: [...rejected],
    changes: changes.map((task) => ({ ...task, revision: String(task.revision) })),
    ...(profile && { profile }),
  };
}
