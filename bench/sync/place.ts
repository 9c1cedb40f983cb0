import { mkdirSync, mkdtempSync } from "node:fs";
import { z } from "zod";
import { PASSWORD } from "../auth/sample.ts";
import { launch, TODO_ON_SERVER } from "../http/service.ts";
import { createDevice, type Device } from "./device.ts";

export const EMAIL = "ada@example.com";

const grant = z.object({ access_token: z.string(), user: z.object({ id: z.string() }) });

/** A server with one account, in a folder of its own. */
export type Place = Awaited<ReturnType<typeof openPlace>>;

/** Who asks the server without the program. */
export type Caller = { readonly url: string; readonly token: string; readonly user: string };

/** Starts the built program on a database of its own, and makes the account. */
export async function openPlace(within: string) {
  const folder = mkdtempSync(`${within}/place-`);
  const secret = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  const command = [TODO_ON_SERVER[0] ?? "", "serve", "--port", "0", "--db", `${folder}/server.db`];
  const env = { TODO_SIGNIN_LIMIT: "0", TODO_SIGNUP_LIMIT: "0" };
  const server = await launch({ name: "todo", command, folder, secret, limit: 0, env });
  const { url } = server;
  await send(`${url}/api/auth/register`, { email: EMAIL, password: PASSWORD, device: "bench" });
  return {
    ...server,
    folder,
    /** A device with an empty database, where nobody is logged in. */
    newDevice: (): Device => {
      const home = mkdtempSync(`${folder}/device-`);
      mkdirSync(`${home}/tmp`);
      return createDevice(home);
    },
    /** Logs a device in, which reaches the server here or at another address. */
    logIn: (device: Device, origin = url) =>
      device.run(["login", origin, "--password"], { input: `${EMAIL}\n${PASSWORD}\n` }),
    newCaller: async (): Promise<Caller> => {
      const reply = await send(`${url}/api/auth/login`, { email: EMAIL, password: PASSWORD, device: "bench" });
      const { access_token: token, user } = grant.parse(reply);
      return { url, token, user: user.id };
    },
  };
}

/** Sends JSON and answers that of the reply. Throws what the server refuses with. */
export async function send(url: string, json: unknown, token?: string): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(json),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
