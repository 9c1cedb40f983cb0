import { hasCode, TodoError, withHint } from "../../domain/errors.ts";
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
import type { Synced } from "../../services/sync/synchronize.ts";
import { writeSetting } from "../config/changes.ts";
import { findSetting } from "../config/config.ts";
import { type Credential, findCredential, keepCredential } from "../auth/credentials.ts";
import { escapeControls } from "../output/escape.ts";
import type { Io } from "../platform/io.ts";
import { printJson, printNote, printText } from "../output/print.ts";
import { askLine, askNewPassword, askSecret } from "../input/prompts.ts";
import { askServer, explainProblem, send } from "./connection.ts";
import { syncAfterLogin } from "../sync/first-sync.ts";
import { describeSynced, noteLosses } from "../sync/foreground-sync.ts";
import { endSession } from "./logout.ts";
import { toCredential } from "./server-client.ts";
import type { Invocation } from "../invocation.ts";
import { wait } from "../output/spinner.ts";
import { hostOf } from "../config/resolve-server.ts";

/** Characters of a device's name. The server refuses longer ones. */
const MAX_NAME_CHARACTERS = 100;
/** Between two polls at least, whatever a server says. */
const MIN_POLL_INTERVAL_S = 1;

/** How to log in to a server. The default is with a browser. */
export type LoginWays = {
  readonly password?: boolean;
  readonly email?: string;
  readonly token?: string;
  /** Whether the local tasks may be uploaded without asking. */
  readonly yes?: boolean;
};

/**
 * Logs in to a server, keeps the credential, and makes that server the default. Throws `usage`, or the server's
 * refusal.
 */
export async function loginToServer(invocation: Invocation, origin: string, ways: LoginWays): Promise<void> {
  const replaced = await findReplaced(invocation.io, origin);
  const credential = await signIn(invocation, origin, ways);
  await finishLogin(invocation, origin, { credential, replaced }, ways);
}

/** Creates an account on a server and logs in. */
export async function signUpOnServer(invocation: Invocation, origin: string, ways: LoginWays): Promise<void> {
  const { io } = invocation;
  const replaced = await findReplaced(io, origin);
  const email = ways.email ?? askLine(io, "E-mail: ");
  const password = askNewPassword(io);
  const invite = askLine(io, "Invitation, if you have one: ", true);
  const json = { email, password, ...nameDevice(io), ...(invite !== "" && { invite }) };
  const grant = await askForAccount(io, origin, json);
  const credential = toCredential(grant, io.system.now());
  await finishLogin(invocation, origin, { credential, replaced }, ways);
}

/** Says to whoever is not let in, which may be the one who runs the server, what lets them in. */
async function askForAccount(io: Io, origin: string, json: object): Promise<WireGrant> {
  try {
    return await askServer(io, origin, readGrant, { method: "POST", path: "/api/auth/register", json });
  } catch (error) {
    if (!hasCode(error, "forbidden")) throw error;
    throw withHint(error, "Invitations are made on the server's machine: todo admin invite");
  }
}

async function signIn(invocation: Invocation, origin: string, ways: LoginWays): Promise<Credential> {
  const { io } = invocation;
  if (ways.token !== undefined) return readTokenOf(io, origin);
  if (ways.password || ways.email !== undefined) return signInWithPassword(io, origin, ways.email);
  if (io.input.isTerminal()) return signInWithBrowser(invocation, origin);
  throw new TodoError("usage", "todo login needs a terminal, unless it is told how to log in", {
    hints: [`With a token: todo login ${origin} --token - < token.txt`, `Or: todo login ${origin} --password`],
  });
}

/** Asks the server whose token is on standard input. */
async function readTokenOf(io: Io, origin: string): Promise<Credential> {
  const token = askSecret(io, "Token: ");
  const me = await askServer(io, origin, readIdentity, { method: "GET", path: "/api/me", token });
  return {
    token,
    user: me.id,
    ...(me.email !== null && { email: me.email }),
    ...(me.expires_at !== null && { expiresAt: me.expires_at }),
  };
}

async function signInWithPassword(io: Io, origin: string, given: string | undefined): Promise<Credential> {
  const email = given ?? askLine(io, "E-mail: ");
  const password = askSecret(io, "Password: ");
  const json = { email, password, ...nameDevice(io) };
  const grant = await askServer(io, origin, readGrant, { method: "POST", path: "/api/auth/login", json });
  return toCredential(grant, io.system.now());
}

/** RFC 8628. The opened page is at the origin that the user gave, whatever address the server claims. */
async function signInWithBrowser(invocation: Invocation, origin: string): Promise<Credential> {
  const { io } = invocation;
  const ask = { method: "POST", path: "/api/auth/device", json: nameDevice(io) } as const;
  const started = await askServer(io, origin, readDeviceOrder, ask);
  const page = `${origin}/device?user_code=${encodeURIComponent(started.user_code)}`;
  io.err.write(escapeControls(`Open ${page}`) + "\n");
  io.err.write(escapeControls(`and let this device in. Its code is ${started.user_code}`) + "\n");
  io.openBrowser(page);
  const grant = await pollUntilDecided(invocation, origin, started);
  return toCredential(grant, io.system.now());
}

/** The server names a machine that has no name. */
function nameDevice({ deviceName }: Io): { readonly device?: string } {
  const device = deviceName().trim().slice(0, MAX_NAME_CHARACTERS);
  return device === "" ? {} : { device };
}

async function pollUntilDecided(
  invocation: Invocation,
  origin: string,
  { device_code, interval, expires_in }: WireDeviceOrder,
): Promise<WireGrant> {
  const { io } = invocation;
  const end = io.system.now() + expires_in * 1000;
  let intervalS = Math.max(interval, MIN_POLL_INTERVAL_S);
  while (io.system.now() < end) {
    await wait(invocation, "Waiting for you to let this device in", intervalS * 1000);
    const polled = await poll(io, origin, device_code);
    if (!("error" in polled)) return polled;
    const { error, error_description: why = "the device was denied in the browser" } = polled;
    if (error === "access_denied") throw new TodoError("forbidden", why);
    if (error === "slow_down") intervalS += Math.max(interval, MIN_POLL_INTERVAL_S);
    else if (error !== "authorization_pending") break;
  }
  throw new TodoError("unauthorized", "the code has expired", { hints: [`Try again: todo login ${origin}`] });
}

/**
 * The refresh token of the previous login. Throws whatever would prevent a new one, before any prompt. A corrupt file
 * is no obstacle: a copy of it is kept.
 */
async function findReplaced(io: Io, origin: string): Promise<string | undefined> {
  findSetting(io, "server");
  try {
    return (await findCredential(io, origin))?.credential.refreshToken;
  } catch (error) {
    if (hasCode(error, "unauthorized")) return undefined;
    throw error;
  }
}

/** A poll that fails in transit counts as one that was too early. */
async function poll(io: Io, origin: string, deviceCode: string): Promise<WireGrant | WireDeviceRefusal> {
  const json = { grant_type: DEVICE_GRANT_TYPE, device_code: deviceCode };
  try {
    const answered = await send(io, origin, { method: "POST", path: "/api/auth/device/token", json });
    const decided = readGrant(answered.value) ?? readDeviceRefusal(answered.value);
    if (decided === undefined) throw explainProblem(origin, answered);
    return decided;
  } catch (error) {
    if (hasCode(error, "unavailable")) return { error: "authorization_pending" };
    throw error;
  }
}

/** Keeps the credential, ends the session that it replaces if the server can be reached, and syncs. */
async function finishLogin(
  invocation: Invocation,
  origin: string,
  { credential, replaced }: { readonly credential: Credential; readonly replaced: string | undefined },
  ways: LoginWays,
): Promise<void> {
  const { io, format } = invocation;
  const aside = await keepCredential(io, origin, credential);
  if (replaced !== undefined) await endSession(io, origin, replaced).catch(() => undefined);
  if (aside !== undefined)
    printNote(invocation, escapeControls(`The tokens that were kept could not be read. They are in ${aside}`));
  if (findSetting(io, "server") !== origin && !io.env["TODO_SERVER"]) writeSetting(io, "server", origin);
  if (io.env["TODO_TOKEN"]) printNote(invocation, "TODO_TOKEN is set and goes before this login.");
  const { user = null, email = null } = credential;
  if (format === "text") printText(invocation, escapeControls(`Logged in as ${email ?? user} to ${hostOf(origin)}`));
  const synced = await follow(invocation, origin, credential, ways);
  if (format === "json") return printJson(invocation, { user, email, server: origin, synced });
  if (synced === null || format === "quiet") return;
  const done = describeSynced(synced);
  if (done !== null) printText(invocation, done);
  noteLosses(invocation, synced);
}

async function follow(
  invocation: Invocation,
  server: string,
  { user, email }: Credential,
  { yes = false }: LoginWays,
): Promise<Synced | null> {
  if (user === undefined) return null;
  return syncAfterLogin(invocation, { server, user, name: email ?? user }, yes);
}
