import { z } from "zod";
import { TodoError } from "../domain/errors.ts";
import { cleanText, isBlank } from "../domain/task/text.ts";
import { DEVICE_GRANT_TYPE, TOKEN_SCOPES } from "../domain/accounts.ts";
import { rule } from "./task-schema.ts";

/** RFC 5321, 4.5.3.1.3. */
const MAX_EMAIL_CHARACTERS = 254;
const MAX_NAME_CHARACTERS = 100;
/** UTF-16 units that 256 code points can have before they are composed. */
const MAX_PASSWORD_UNITS = 1536;
/** Something, an @, something, and nothing invisible. The text can't tell whether mail arrives there. */
const EMAIL = /^[^\s@\p{C}]+@[^\s@\p{C}/?#:%\\[\]]+$/u;
const MAX_TOKEN_DAYS = 3650;

/** In the examples of the API's description. */
const EXAMPLE_PASSWORD = "nine quiet paper boats";

/** An e-mail address in the form in which it is unique: NFC, in lower case. */
export const email = z
  .string()
  .transform(rule(checkEmail))
  .meta({ maxLength: MAX_EMAIL_CHARACTERS, examples: ["ada@example.com"] });

/** The password as it was typed. The rules are for new ones only. */
const password = z.string().max(MAX_PASSWORD_UNITS);
const newPassword = z.string().max(MAX_PASSWORD_UNITS).meta({
  description: "12 to 256 characters. Not the e-mail address, and none of the commonest passwords",
});
const name = z.string().transform(rule(checkName)).meta({ minLength: 1, maxLength: MAX_NAME_CHARACTERS });
const device = name.default("unknown device").meta({ description: "What the device calls itself" });
const refreshToken = z.string().max(256);

export const registration = z
  .strictObject({
    email,
    password: newPassword,
    device,
    invite: z.string().max(256).optional().meta({ description: "The code of an invitation" }),
  })
  .meta({ id: "Registration", examples: [{ email: "ada@example.com", password: EXAMPLE_PASSWORD, device: "laptop" }] });

export const signIn = z
  .strictObject({ email, password, device })
  .meta({ id: "SignIn", examples: [{ email: "ada@example.com", password: EXAMPLE_PASSWORD, device: "laptop" }] });

/** A refresh token. It names its session by itself. */
export const refresh = z
  .strictObject({ refresh_token: refreshToken })
  .meta({ id: "Refresh", examples: [{ refresh_token: "todo_ref_…" }] });

export const passwordChange = z
  .strictObject({
    current_password: password,
    new_password: newPassword,
    keep_tokens: z.boolean().default(false).meta({ description: "Whether your personal tokens stay good" }),
  })
  .meta({
    id: "PasswordChange",
    examples: [{ current_password: EXAMPLE_PASSWORD, new_password: "seven tall green lamps" }],
  });

export const deletion = z
  .strictObject({ password })
  .meta({ id: "Deletion", examples: [{ password: EXAMPLE_PASSWORD }] });

export const tokenOrder = z
  .strictObject({
    password: password.meta({ description: "That of the account, once more: a token outlives the session" }),
    name,
    scopes: z
      .array(z.enum(TOKEN_SCOPES))
      .min(1)
      .default([...TOKEN_SCOPES])
      .meta({ description: "Who may write may read" }),
    days: z
      .int()
      .min(1)
      .max(MAX_TOKEN_DAYS)
      .nullable()
      .default(90)
      .meta({ description: "For how long it is good. null: until it is removed" }),
  })
  .meta({
    id: "TokenOrder",
    examples: [{ password: EXAMPLE_PASSWORD, name: "backup script", scopes: ["tasks:read"], days: 30 }],
  });

/** RFC 8628, 3.1. Other parameters are ignored. */
export const deviceOrder = z
  .object({ client_id: z.string().optional(), scope: z.string().optional(), device })
  .meta({ id: "DeviceOrder", examples: [{ device: "laptop" }] });

/** RFC 8628, 3.4. */
export const devicePoll = z
  .object({ grant_type: z.string(), device_code: z.string().max(256), client_id: z.string().optional() })
  .meta({ id: "DevicePoll", examples: [{ grant_type: DEVICE_GRANT_TYPE, device_code: "todo_dev_…" }] });

export const deviceDecision = z
  .strictObject({ user_code: z.string().max(64), approve: z.boolean() })
  .meta({ id: "DeviceDecision", examples: [{ user_code: "BCDF-GHJK", approve: true }] });

export const deviceQuery = z.strictObject({ user_code: z.string().max(64) });

/** The address in that form. Throws `invalid_input`. */
export function checkEmail(text: string): string {
  // NFC last: some small letters are composed although their capitals are not.
  const clean = cleanText("the e-mail address", text.trim().toLowerCase(), MAX_EMAIL_CHARACTERS);
  const spelled = EMAIL.test(clean) ? spellDomain(clean) : "";
  if (EMAIL.test(spelled)) return spelled;
  throw new TodoError("invalid_input", "it is not an e-mail address");
}

/** Browsers write the letters of a domain in ASCII (IDNA), terminals send them as typed. */
function spellDomain(address: string): string {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  if (/^\p{ASCII}*$/u.test(domain)) return address;
  return address.slice(0, -domain.length) + (URL.parse(`http://${domain}`)?.hostname ?? "");
}

function checkName(text: string): string {
  const clean = cleanText("the name", text.trim(), MAX_NAME_CHARACTERS);
  if (!isBlank(clean)) return clean;
  throw new TodoError("invalid_input", "the name is empty");
}
