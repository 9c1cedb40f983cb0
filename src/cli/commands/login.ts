import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { type CommandContext, defineCommand, NAME_OPTION } from "../context.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { requireUrl } from "../config/resolve-database-url.ts";
import { findServer } from "../config/resolve-server.ts";
import { completeUrl, namesServer } from "../config/server-url.ts";
import { agreeToHttp } from "../auth/agree-to-http.ts";

type LoginFlags = {
  readonly token?: string;
  readonly password?: boolean;
  readonly email?: string;
  readonly name?: string;
  readonly yes?: boolean;
  readonly insecureHttp?: boolean;
};

export function registerLogin(program: Command, context: CommandContext): void {
  defineCommand(program, "login", {
    summary: "log in to a server",
    examples: [
      "todo login todo.example.com   # opens a page in the browser",
      "todo login https://example.com/todo --password",
      "todo login todo.example.com --token - < token.txt",
      "todo login --token -   # where TODO_DB is a database on a server",
    ],
  })
    .argument("[server]", "a URL or a host; default: the one you logged in to last")
    .option("--password", "ask for your password here instead of opening a page")
    .option("--email <address>", "the e-mail address; otherwise you are asked")
    .option(...NAME_OPTION)
    .option("--token <->", "- reads a token from standard input")
    .option("--yes", "upload the tasks on this device without asking")
    .option("--insecure-http", "allow http in your own network without asking")
    .allowExcessArguments()
    .action((_: unknown, flags: CommonFlags & LoginFlags, command: Command) =>
      login(context.start(flags), flags, command.args),
    );
}

/**
 * Logs in to the server at a URL, or stores a token for the database. Throws `usage` for a secret on the command line
 * and if no server or database is given, and `unauthorized`.
 */
export async function login(invocation: Invocation, flags: LoginFlags, words: readonly string[] = []): Promise<void> {
  const [url, ...others] = words;
  // A word that names no server may be the token itself.
  const isWrong = others.length > 0 || (url !== undefined && !namesServer(url));
  if (isWrong || (flags.token ?? "-") !== "-") throw refuseCommandLine();
  if (flags.name !== undefined && flags.token !== undefined) {
    throw new TodoError("usage", "--name is for a device, and a token belongs to none");
  }
  const server = findServer(invocation, url && completeUrl(url));
  if (server !== undefined) {
    agreeToHttp(invocation, server, flags.insecureHttp ?? false);
    return (await import("../api-client/login.ts")).loginToServer(invocation, server, flags);
  }
  const database = requireUrl(invocation, "login", "Name a server with: todo login https://todo.example.com");
  if (flags.token === undefined) {
    throw new TodoError("usage", "todo login reads a token for a database from standard input", {
      hints: ["Give it with: todo login --token - < token.txt"],
    });
  }
  return (await import("../auth/database-login.ts")).loginToDatabase(invocation, database);
}

function refuseCommandLine(): TodoError {
  return new TodoError("usage", "a token on the command line can be read by others", {
    hints: [
      "Give it on standard input: todo login --token - < token.txt",
      "Name a server as todo.example.com, raspberrypi.local:8787 or https://example.com/todo",
    ],
  });
}
