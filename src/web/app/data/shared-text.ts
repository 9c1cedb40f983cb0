/** What another app shares, on one line. Some put the address into the text. */
export function joinShared(params: URLSearchParams): string {
  const [title = "", text = "", url = ""] = ["title", "text", "url"].map((name) => params.get(name)?.trim());
  const parts = [title, text === title ? "" : text, text.includes(url) ? "" : url];
  return parts
    .filter((part) => part !== "")
    .join(" ")
    .replace(/\s+/gu, " ");
}
