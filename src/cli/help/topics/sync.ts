import type { Section } from "../sections.ts";

/** The help on sync. */
export const SYNC: readonly Section[] = [
  {
    paragraphs: [
      "Each device has all your tasks in a database of its own and works without a network. Syncing sends what you changed here to a server and gets what you changed elsewhere.",
    ],
  },
  {
    heading: "Examples",
    examples: ["todo login https://todo.example.com", "todo sync", "todo sync --status", "todo sync --watch"],
  },
  {
    heading: "When it happens",
    paragraphs: [
      "You log in once on each device, which also syncs for the first time. If there are tasks here already, you are asked before they are uploaded.",
      "From then on it happens by itself: a command that changed something, or that finds the last sync more than a minute old, starts one in the background. The command does not wait, so changes from elsewhere appear one command later.",
      "todo sync syncs now and waits for it. todo sync --watch keeps syncing until Ctrl-C. todo config set sync.auto off leaves it all to you.",
    ],
  },
  {
    heading: "What is sent",
    paragraphs: ["Only the fields that changed are sent, deletions included. Settings and logins stay on the device."],
  },
  {
    heading: "Conflicts",
    paragraphs: [
      "If two devices edit different fields of a task, or its tags, both edits count. If they edit the same field, the later edit counts. todo log shows which value it replaced, and todo undo brings that back.",
    ],
  },
  {
    heading: "Offline, and when it fails",
    paragraphs: [
      "Nothing is lost: changes wait until the server can be reached. todo sync then ends with exit code 6. After a day of failures, commands say so once a day. If you were logged out, every command says so.",
      "todo sync --status shows the account, what is unsent, the last failure, and what the server refused.",
    ],
  },
  {
    heading: "Several accounts",
    paragraphs: [
      "A database follows one account. If you log in as somebody else, commands switch to another database, whose path is the setting database. Log in as the first account again, and they switch back.",
    ],
  },
  {
    heading: "After a long absence",
    paragraphs: [
      "Deletions are remembered for 180 days. A device that was away longer downloads everything again and keeps what only it has.",
    ],
  },
  { paragraphs: ["The options of the command are in todo sync --help."] },
];
