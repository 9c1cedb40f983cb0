import { z } from "zod";
import {
  wireDeviceOrder,
  wireDeviceRefusal,
  wireGrant,
  wireNewToken,
  wireSession,
  wireToken,
} from "./wire-account-replies.ts";
import { wireIdentity, wireProblem } from "./wire-replies.ts";

/** What the JSON of a reply says, undefined where it is not what this program knows. */
export type ReadReply<Value> = (json: unknown) => Value | undefined;

export type WireGrant = z.output<typeof wireGrant>;
export type WireDeviceOrder = z.output<typeof wireDeviceOrder>;

export const readGrant = reader(wireGrant);
export const readIdentity = reader(wireIdentity);
export const readProblem = reader(wireProblem);
export const readSessions = reader(z.array(wireSession));
export const readTokens = reader(z.array(wireToken));
export const readNewToken = reader(wireNewToken);
export const readDeviceOrder = reader(wireDeviceOrder);
export const readDeviceRefusal = reader(wireDeviceRefusal);
/** The reply without a body. */
export const readNothing: ReadReply<null> = (json) => (json === undefined ? null : undefined);

function reader<Schema extends z.ZodType>(schema: Schema): ReadReply<z.output<Schema>> {
  return (json) => {
    const parsed = schema.safeParse(json);
    return parsed.success ? parsed.data : undefined;
  };
}
