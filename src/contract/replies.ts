import { z } from "zod";
import { ERROR_CODES, QUOTA_NAMES } from "../domain/errors.ts";

/** The user a token belongs to. */
export const wireIdentity = z
  .strictObject({
    id: z.string().meta({ description: "The token's `sub`, which owns the tasks" }),
    email: z.string().nullable(),
    name: z.string().nullable(),
    issuer: z.string().nullable(),
    scopes: z.array(z.string()).nullable().meta({ description: "null: the token may do everything" }),
    expires_at: z.iso.datetime().nullable().meta({ description: "null: the token has no end" }),
  })
  .meta({ id: "Identity" });

export type WireIdentity = z.infer<typeof wireIdentity>;

/** The health of a server. */
export const wireHealth = z.strictObject({ status: z.literal("ok"), version: z.string() }).meta({ id: "Health" });

/** A problem (RFC 9457). */
export const wireProblem = z
  .strictObject({
    type: z.literal("about:blank"),
    title: z.string().meta({ description: "The name of the status" }),
    status: z.int().min(400).max(599),
    code: z.enum(ERROR_CODES).meta({ description: "What went wrong, for programs" }),
    detail: z.string().optional().meta({ description: "What went wrong, for people" }),
    errors: z
      .array(
        z.strictObject({
          path: z.string(),
          message: z.string(),
          at: z.int().optional().meta({
            description: "Where in a filter it is wrong, in UTF-16 code units; behind its end if something is missing",
          }),
          length: z.int().optional(),
          suggestion: z
            .string()
            .optional()
            .meta({ description: "What may be meant, for people: `Did you mean friday?`" }),
        }),
      )
      .optional()
      .meta({ description: "What is wrong with the input, and where" }),
    server_time: z.iso
      .datetime()
      .optional()
      .meta({ description: "What the server's clock says, where yours is wrong" }),
    quota: z
      .strictObject({ name: z.enum(QUOTA_NAMES), limit: z.int(), used: z.int() })
      .optional()
      .meta({ description: "The limit that is reached, and how much of it is used" }),
    matched: z
      .int()
      .min(0)
      .optional()
      .meta({ description: "How many tasks the filter finds, where these are too many or not as many as expected" }),
    oldest_protocol: z
      .int()
      .min(1)
      .optional()
      .meta({ description: "The oldest version that the server speaks, where it does not speak yours" }),
    newest_protocol: z.int().min(1).optional(),
    request_id: z
      .string()
      .optional()
      .meta({ description: "Names the request in the server's log, where that is all there is to say" }),
  })
  .meta({ id: "Problem" });
