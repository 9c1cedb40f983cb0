import type { Terminal } from "./terminal.ts";

/** The words of tasks that differ in all that lists show. In Berlin it is Friday, 20 November 2026, 10:00. */
const TASKS: readonly (readonly string[])[] = [
  ["Pay rent", "due:yesterday", "priority:high", "project:House", "+home"],
  ["Prepare the slides for the board meeting on Thursday", "due:17:00", "project:Work.Reports", "+desk", "estimate:2h"],
  [
    "Book flights to Lisbon for the conference in March, and a hotel that is not far from it",
    "due:tomorrow 10:00",
    "priority:high",
    "project:Travel",
    "+money",
    "+phone",
    "+web",
    "+urgent",
  ],
  ["Water the plants", "every:sun", "project:house", "+Home"],
  ["Call Ann", "due:+5d", "priority:low", "remind:1h"],
  ["日本語の長いタイトルは二行に折り返されることがあります、ここでも", "due:2026-12-24", "project:仕事", "+日本"],
  ["Renew the passport", "due:2027-03-01", "scheduled:monday", "project:Travel"],
  ["Buy milk", "+shop"],
  ["Think about the garden", "priority:medium", "+someday"],
];

/** Adds them, with notes, a description, a part of another task, and one that is worked on. Answers their handles. */
export async function furnishList(terminal: Terminal): Promise<string[]> {
  const handles: string[] = [];
  for (const words of TASKS) handles.push((await terminal.add(...words)).handle);
  const [rent = "", slides = "", flights = ""] = handles;
  await terminal.add("Compare three offers", `parent:${flights}`, "--description", "By train, too");
  await terminal.print("note", rent, "The landlord has a new account");
  await terminal.print("start", slides);
  return handles;
}
