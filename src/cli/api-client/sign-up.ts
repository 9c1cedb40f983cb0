import { hasCode, type TodoError, withHint } from "../../domain/errors.ts";
import { checkEmail } from "../../contract/accounts.ts";
import { readGrant, type WireGrant } from "../../contract/server-replies.ts";
import { checkPassword } from "../../services/accounts/check-password.ts";
import { askLine, askNewPassword, askUntilValid, MAX_TRIES } from "../input/prompts.ts";
import type { Invocation } from "../invocation.ts";
import { printNote } from "../output/print.ts";
import type { Io } from "../platform/io.ts";
import { askServer } from "./connection.ts";
import { findReplaced, finishLogin } from "./finish-login.ts";
import { nameDevice } from "./name-device.ts";
import { toCredential } from "./server-client.ts";

export type SignUpWays = {
  readonly email?: string;
  /** What the device is called. */
  readonly name?: string;
  /** Whether the local tasks may be uploaded without asking. */
  readonly yes?: boolean;
};

/** Creates an account on a server and logs in. Answers are checked at once, and on a terminal asked for again. */
export async function signUpOnServer(invocation: Invocation, server: string, ways: SignUpWays): Promise<void> {
  const { io } = invocation;
  const replaced = await findReplaced(io, server);
  const device = nameDevice(io, ways.name);
  const email =
    ways.email === undefined ? askUntilValid(io, () => checkEmail(askLine(io, "E-mail: "))) : checkEmail(ways.email);
  const password = askNewPassword(io, (text) => checkPassword(text, email));
  const grant = await register(invocation, server, { email, password, ...device });
  const credential = toCredential(grant, io.system.now());
  await finishLogin(invocation, server, { credential, replaced, isAgreed: ways.yes ?? false });
}

/** Asks for an invitation if the server wants one. Without a terminal it is the next line, if there is one. */
async function register(invocation: Invocation, server: string, account: object): Promise<WireGrant> {
  const { io } = invocation;
  const isTerminal = io.input.isTerminal();
  let invite = isTerminal ? "" : askLine(io, "Invitation: ", true);
  for (let asked = 0; ; asked += 1) {
    try {
      return await registerWith(io, server, account, invite);
    } catch (error) {
      if (!isTerminal || !wantsInvitation(error) || asked === MAX_TRIES) throw error;
      printNote(invocation, asked === 0 ? "You need an invitation to sign up here." : "That invitation is not good.");
      invite = askLine(io, "Invitation: ", true);
      if (invite === "") throw error;
    }
  }
}

/** Says to whoever is not let in, which may be the one who runs the server, what lets them in. */
async function registerWith(io: Io, server: string, account: object, invite: string): Promise<WireGrant> {
  const json = { ...account, ...(invite !== "" && { invite }) };
  try {
    return await askServer(io, server, readGrant, { method: "POST", path: "/api/auth/register", json });
  } catch (error) {
    if (!wantsInvitation(error)) throw error;
    throw withHint(error, "Invitations are made on the server's machine: todo admin invite");
  }
}

function wantsInvitation(error: unknown): error is TodoError {
  return hasCode(error, "forbidden") && error.issues.some(({ path }) => path === "invite");
}
