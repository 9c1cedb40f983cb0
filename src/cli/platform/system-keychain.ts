import type { Keychain } from "./io.ts";

const service = "todo";

/** The keychain of macOS, the Secret Service of Linux desktops, or the Credential Manager of Windows. */
export const systemKeychain: Keychain = {
  get: (name) => Bun.secrets.get({ service, name }),
  set: (name, value) => Bun.secrets.set({ service, name, value }),
  delete: (name) => Bun.secrets.delete({ service, name }),
};
