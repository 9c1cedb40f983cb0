import { writeKeyed } from "../../../domain/keys.ts";
import { PRIORITIES } from "../../../domain/task/task.ts";
import { projects, tags } from "./lists.ts";

const SHOWN = 8;
const DAYS = ["today", "tomorrow", "friday", "saturday", "monday", "next week", "eom"];

/** What the last word of a text may be completed to, as whole words of quick add or of a filter. */
export function suggestWords(text: string): readonly string[] {
  const word = text.slice(findLastWord(text));
  const found = listFor(word).filter((each) => fold(each).startsWith(fold(word)) && each !== word);
  return found.slice(0, SHOWN);
}

/** The text with its last word in the form of a suggestion, ready for the next word. */
export function takeSuggestion(text: string, suggestion: string): string {
  return `${text.slice(0, findLastWord(text))}${suggestion} `;
}

/** Where the last word begins. A space in quotes ends no word. */
function findLastWord(text: string): number {
  const isQuoted = text.split('"').length % 2 === 0;
  const before = isQuoted ? text.slice(0, text.lastIndexOf('"')) : text;
  return before.length - (/\S*$/u.exec(before)?.[0].length ?? 0);
}

function listFor(word: string): readonly string[] {
  if (word.startsWith("+")) return tags.value.map(([name]) => `+${name}`);
  const key = /^(project|due|scheduled|wait|priority):/iu.exec(word)?.[1]?.toLowerCase();
  if (key === undefined) return [];
  if (key === "project") return projects.value.map(([value]) => writeKeyed({ key, value }));
  return (key === "priority" ? PRIORITIES : DAYS).map((value) => writeKeyed({ key, value }));
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll('"', "");
}
