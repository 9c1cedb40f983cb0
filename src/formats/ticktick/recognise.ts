const HEAD = 2048;

/** Whether a text is most probably a backup of TickTick. */
export function looksLikeTicktick(text: string): boolean {
  return /"List Name".*"taskId"/.test(text.slice(0, HEAD));
}
