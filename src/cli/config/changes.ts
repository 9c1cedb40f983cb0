import { TodoError } from "../../domain/errors.ts";
import type { JsonObject } from "../../services/tokens/strict-json.ts";
import { configPath, parseConfig } from "./config.ts";
import { type ConfigKey, type ConfigValue, PATHS, SETTINGS } from "./keys.ts";
import type { Io } from "../platform/io.ts";

/**
 * Writes a setting into the file, which is created if missing, and answers the stored value. Everything else in the
 * file stays. Throws `usage` for a value that is not allowed and for a file that can't be read, and `io_failed`.
 */
export function writeSetting(io: Io, key: ConfigKey, text: string): ConfigValue {
  const value = checkNew(key, text);
  const path = configPath(io);
  io.makePrivateFolder(path.slice(0, path.lastIndexOf("/")));
  io.changeFile(path, (bytes) => format({ ...(bytes && parseConfig(path, bytes)), [key]: value }));
  return value;
}

/**
 * Removes a setting from the file and answers whether it was there. Throws `usage` for a file that can't be read, and
 * `io_failed`.
 */
export function removeSetting(io: Io, key: ConfigKey): boolean {
  const path = configPath(io);
  if (!io.fileExists(path)) return false;
  let wasThere = false;
  io.changeFile(path, (bytes) => {
    const { [key]: value, ...others } = bytes ? parseConfig(path, bytes) : {};
    wasThere = value !== undefined;
    return wasThere ? format(others) : null;
  });
  return wasThere;
}

function checkNew(key: ConfigKey, text: string): ConfigValue {
  if (text === "") {
    throw new TodoError("usage", `the value for ${key} is empty`, { hints: [`Remove it: todo config unset ${key}`] });
  }
  // In the file a relative path would begin at the file's folder, and nobody who types it means that.
  if (PATHS.has(key) && !/^~?\//.test(text)) {
    throw new TodoError("usage", `${key} is not an absolute path`, { hints: ["Start it with / or ~/."] });
  }
  return SETTINGS[key].check(text, key);
}

function format(settings: JsonObject): string {
  return `${JSON.stringify(settings, null, 2)}\n`;
}
