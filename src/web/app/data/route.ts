import { signal } from "@preact/signals";
import { hideFailure } from "./toast.ts";

/** The lists that are always there. */
export const LISTS = ["all", "today", "upcoming", "next", "tree", "no-date", "waiting", "done", "deleted"] as const;
export type ListName = (typeof LISTS)[number];

/** The screens beside lists. */
export const SCREENS = ["log", "settings"] as const;
export type ScreenName = (typeof SCREENS)[number];

/** Where the person is. It stands behind the `#` of the address, so that going back works. */
export type Route =
  | { readonly kind: "list"; readonly list: ListName }
  | { readonly kind: "project" | "tag" | "filter"; readonly name: string }
  | { readonly kind: "screen"; readonly screen: ScreenName; readonly id?: string };

const HOME: Route = { kind: "list", list: "all" };

export const route = signal<Route>(HOME);
/** The task that is open beside the list, by its id. */
export const openTask = signal<string | null>(null);

/** Follows the address of the page. */
export function startRoutes(): void {
  const read = () => {
    route.value = readRoute(location.hash);
    openTask.value = readTask(location.hash);
    hideFailure();
  };
  window.addEventListener("hashchange", read);
  read();
}

/** Whether one of these lists is shown. */
export function isAt(...lists: readonly ListName[]): boolean {
  const { value: here } = route;
  return here.kind === "list" && lists.includes(here.list);
}

/** The address of a place, such as `#/project/House`. */
export function hrefOf(target: Route): string {
  if (target.kind === "list") return `#/${target.list}`;
  if (target.kind === "screen") return `#/${target.screen}${target.id === undefined ? "" : `/${target.id}`}`;
  return `#/${target.kind}/${encodeURIComponent(target.name)}`;
}

export function goTo(target: Route): void {
  location.hash = hrefOf(target);
}

/** Opens a task beside the list, or closes the one that is open. */
export function showTask(id: string | null): void {
  location.hash = id === null ? hrefOf(route.value) : `${hrefOf(route.value)}?task=${id}`;
}

function readRoute(hash: string): Route {
  const [kind = "", name] = (hash.slice(2).split("?")[0] ?? "").split("/");
  if ((kind === "project" || kind === "tag" || kind === "filter") && name) {
    return { kind, name: decode(name) };
  }
  const list = LISTS.find((each) => each === kind);
  if (list) return { kind: "list", list };
  const screen = SCREENS.find((each) => each === kind);
  return screen ? { kind: "screen", screen, ...(name && { id: decode(name) }) } : HOME;
}

function readTask(hash: string): string | null {
  return new URLSearchParams(hash.split("?")[1] ?? "").get("task");
}

/** An address can be typed by hand. */
function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
