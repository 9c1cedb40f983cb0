import { z } from "zod";
import {
  wireDeviceOrder,
  wireDeviceRefusal,
  wireGrant,
  wireNewToken,
  wireSession,
  wireToken,
} from "./account-replies.ts";
import { wireAuthEvent } from "./auth-events.ts";
import { wireIdentity, wireProblem } from "./replies.ts";
import { wirePageCode } from "./web.ts";

/** Reads the JSON of a reply. Returns undefined for a shape that this program does not know. */
export type ReadReply<Value> = (json: unknown) => Value | undefined;

export type WireGrant = z.output<typeof wireGrant>;
export type WireDeviceRefusal = z.output<typeof wireDeviceRefusal>;
export type WireDeviceOrder = z.output<typeof wireDeviceOrder>;

export const readGrant = reader(wireGrant);
export const readIdentity = reader(wireIdentity);
/** A newer server may have codes that this program does not know. */
export const readProblem = reader(wireProblem.extend({ code: z.string() }));
export const readSessions = reader(z.array(wireSession));
/** A newer server may have events that this program does not know. */
export const readEvents = reader(z.array(wireAuthEvent.extend({ event: z.string(), outcome: z.string() })));
export const readTokens = reader(z.array(wireToken));
export const readNewToken = reader(wireNewToken);
export const readPageCode = reader(wirePageCode);
export const readDeviceOrder = reader(wireDeviceOrder);
export const readDeviceRefusal = reader(wireDeviceRefusal);
/** The reply without a body. */
export const readNothing: ReadReply<null> = (json) => (json === undefined ? null : undefined);

/** Members that only a newer server sends are dropped, as RFC 6749, 5.1 and RFC 9457, 3.2 demand. */
function reader<Schema extends z.ZodType>(schema: Schema): ReadReply<z.output<Schema>> {
  return (json) => {
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    const known = structuredClone(json);
    for (const issue of parsed.error.issues) {
      if (issue.code === "unrecognized_keys") dropMembers(known, issue);
    }
    return schema.safeParse(known).data;
  };
}

function dropMembers(value: unknown, { path, keys }: z.core.$ZodIssueUnrecognizedKeys): void {
  const place = path.reduce((at, key) => (isObject(at) ? Reflect.get(at, key) : undefined), value);
  if (isObject(place)) for (const key of keys) Reflect.deleteProperty(place, key);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
