import { TodoError } from "../../domain/errors.ts";
import type { Io } from "../platform/io.ts";

/** Characters of a device's name. The server refuses longer ones. */
const MAX_NAME_CHARACTERS = 100;

export type NamedDevice = { readonly device?: string };

/** The given name, else that of the machine. The server names one that has none. Throws `usage` for an empty name. */
export function nameDevice({ deviceName }: Io, name: string | undefined): NamedDevice {
  if (name?.trim() === "") throw new TodoError("usage", "--name is empty");
  const device = name ?? deviceName().trim().slice(0, MAX_NAME_CHARACTERS);
  return device === "" ? {} : { device };
}
