/** How much of a file is looked at: its first objects are enough. */
const HEAD = 4096;

/** Whether a text is most probably an export of Taskwarrior: JSON whose objects have a description, and a status or an entry. */
export function looksLikeTaskwarrior(text: string): boolean {
  const head = text.slice(0, HEAD);
  if (!/^\s*[[{]/.test(head) || /"title"\s*:/.test(head)) return false;
  return /"description"\s*:/.test(head) && /"(?:status|entry)"\s*:/.test(head);
}
