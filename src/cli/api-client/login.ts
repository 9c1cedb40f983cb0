import { hasCode, TodoError } from "../../domain/errors.ts";
import {
  readDeviceOrder,
  readDeviceRefusal,
  readGrant,
  readIdentity,
  type WireDeviceOrder,
  type WireDeviceRefusal,
  type WireGrant,
} from "../../contract/server-replies.ts";
import { DEVICE_GRANT_TYPE } from "../../domain/accounts.ts";
import type { Credential } from "../auth/credentials.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { Io } from "../platform/io.ts";
import { askLine, askSecret } from "../input/prompts.ts";
import { askServer, explainProblem, send } from "./connection.ts";
import { findReplaced, finishLogin } from "./finish-login.ts";
import { nameDevice, type NamedDevice } from "./name-device.ts";
import { toCredential } from "./server-client.ts";
import type { Invocation } from "../invocation.ts";
import { wait } from "../output/spinner.ts";

/** Between two polls at least, whatever a server says. */
const MIN_POLL_INTERVAL_S = 1;

/** How to log in to a server. The default is with a browser. */
export type LoginWays = {
  readonly password?: boolean;
  readonly email?: string;
  readonly token?: string;
  /** What the device is called. The default is the name of the machine. */
  readonly name?: string;
  /** Whether the local tasks may be uploaded without asking. */
  readonly yes?: boolean;
};

/**
 * Logs in to a server, keeps the credential, and makes that server the default. Throws `usage`, or the server's
 * refusal.
 */
export async function loginToServer(invocation: Invocation, server: string, ways: LoginWays): Promise<void> {
  const replaced = await findReplaced(invocation.io, server);
  const credential = await signIn(invocation, server, ways);
  await finishLogin(invocation, server, { credential, replaced, isAgreed: ways.yes ?? false });
}

async function signIn(invocation: Invocation, server: string, ways: LoginWays): Promise<Credential> {
  const { io } = invocation;
  if (ways.token !== undefined) return readTokenOf(io, server);
  const device = nameDevice(io, ways.name);
  if (ways.password || ways.email !== undefined) return signInWithPassword(io, server, { device, email: ways.email });
  if (io.input.isTerminal()) return signInWithBrowser(invocation, server, device);
  throw new TodoError("usage", "todo login needs a terminal, unless it is told how to log in", {
    hints: [`With a token: todo login ${server} --token - < token.txt`, `Or: todo login ${server} --password`],
  });
}

/** Asks the server whose token is on standard input. */
async function readTokenOf(io: Io, server: string): Promise<Credential> {
  const token = askSecret(io, "Token: ");
  const me = await askServer(io, server, readIdentity, { method: "GET", path: "/api/me", token });
  return {
    token,
    user: me.id,
    ...(me.email !== null && { email: me.email }),
    ...(me.expires_at !== null && { expiresAt: me.expires_at }),
  };
}

async function signInWithPassword(
  io: Io,
  server: string,
  { device, email: given }: { readonly device: NamedDevice; readonly email: string | undefined },
): Promise<Credential> {
  const email = given ?? askLine(io, "E-mail: ");
  const password = askSecret(io, "Password: ");
  const json = { email, password, ...device };
  const grant = await askServer(io, server, readGrant, { method: "POST", path: "/api/auth/login", json });
  return toCredential(grant, io.system.now());
}

/** RFC 8628. The opened page is below the base URL that the user gave, whatever address the server claims. */
async function signInWithBrowser(invocation: Invocation, server: string, device: NamedDevice): Promise<Credential> {
  const { io } = invocation;
  const ask = { method: "POST", path: "/api/auth/device", json: device } as const;
  const started = await askServer(io, server, readDeviceOrder, ask);
  const page = `${server}/device?user_code=${encodeURIComponent(started.user_code)}`;
  io.err.write(escapeControls(`Open ${page}`) + "\n");
  io.err.write(escapeControls(`and let this device in. Its code is ${started.user_code}`) + "\n");
  io.openBrowser(page);
  const grant = await pollUntilDecided(invocation, server, started);
  return toCredential(grant, io.system.now());
}

async function pollUntilDecided(
  invocation: Invocation,
  server: string,
  { device_code, interval, expires_in }: WireDeviceOrder,
): Promise<WireGrant> {
  const { io } = invocation;
  const end = io.system.now() + expires_in * 1000;
  let intervalS = Math.max(interval, MIN_POLL_INTERVAL_S);
  while (io.system.now() < end) {
    await wait(invocation, "Waiting for you to let this device in", intervalS * 1000);
    const polled = await poll(io, server, device_code);
    if (!("error" in polled)) return polled;
    const { error, error_description: why = "the device was denied in the browser" } = polled;
    if (error === "access_denied") throw new TodoError("forbidden", why);
    if (error === "slow_down") intervalS += Math.max(interval, MIN_POLL_INTERVAL_S);
    else if (error !== "authorization_pending") break;
  }
  throw new TodoError("unauthorized", "the code has expired", { hints: [`Try again: todo login ${server}`] });
}

/** A poll that fails in transit counts as one that was too early. */
async function poll(io: Io, server: string, deviceCode: string): Promise<WireGrant | WireDeviceRefusal> {
  const json = { grant_type: DEVICE_GRANT_TYPE, device_code: deviceCode };
  try {
    const answered = await send(io, server, { method: "POST", path: "/api/auth/device/token", json });
    const decided = readGrant(answered.value) ?? readDeviceRefusal(answered.value);
    if (decided === undefined) throw explainProblem(server, answered);
    return decided;
  } catch (error) {
    if (hasCode(error, "unavailable")) return { error: "authorization_pending" };
    throw error;
  }
}
