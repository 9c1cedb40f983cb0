import { type AccountApi, type Bearer } from "./account-api.ts";

export const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";

type Codes = { readonly device_code: string };

/** What a device asks again and again (RFC 8628, 3.4). */
export function askForToken(api: AccountApi, { device_code }: Codes) {
  return api.ask("POST", "/api/auth/device/token", { json: { grant_type: GRANT_TYPE, device_code } });
}

/** What a device is told: that it was let in, or why not. */
export async function poll(api: AccountApi, codes: Codes): Promise<string> {
  const { status, body } = await askForToken(api, codes);
  return status === 200 ? "let in" : body.error;
}

/** Lets a device in, or refuses it. */
export function decide(api: AccountApi, as: Bearer, user_code: string, approve = true) {
  return api.ask("POST", "/api/auth/device/decision", { as, json: { user_code, approve } });
}

/** Which device waits with a user code. */
export function show(api: AccountApi, as: Bearer, user_code: string) {
  return api.ask("GET", `/api/auth/device?${new URLSearchParams({ user_code }).toString()}`, { as });
}
