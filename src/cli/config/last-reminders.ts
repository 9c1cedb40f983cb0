import { TodoError } from "../../domain/errors.ts";
import type { Io } from "../platform/io.ts";
import { findXdgFolder } from "./xdg.ts";

/** Moments by database. */
type Noted = Readonly<Record<string, unknown>>;

/** The moment up to which the reminders of a database were listed, or undefined if nothing says so. Throws `usage` without a home folder. */
export function readLastReminders(io: Io, database: string): string | undefined {
  const moment = parse(io.readPrivateFile(findPath(io)))[database];
  return typeof moment === "string" && !Number.isNaN(Date.parse(moment)) ? moment : undefined;
}

/** Notes that moment. */
export function noteLastReminders(io: Io, database: string, moment: string): void {
  const path = findPath(io);
  io.makePrivateFolder(path.slice(0, path.lastIndexOf("/")));
  io.updatePrivateFile(path, (text) => `${JSON.stringify({ ...parse(text), [database]: moment })}\n`);
}

function findPath({ env }: Io): string {
  const folder = findXdgFolder(env, "state");
  if (folder) return `${folder}/todo/reminders.json`;
  throw new TodoError("usage", "--since last needs a folder to note in when that was", {
    hints: ["Set HOME or XDG_STATE_HOME, or say since when: --since -5min"],
  });
}

/** A file that can't be read says nothing, and is replaced. */
function parse(text: string | null): Noted {
  try {
    const noted: unknown = JSON.parse(text ?? "{}");
    return typeof noted === "object" && noted !== null ? { ...noted } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
