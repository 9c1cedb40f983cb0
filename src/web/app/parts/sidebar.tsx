import type { ComponentChildren } from "preact";
import { countList, projects, tags } from "../data/lists.ts";
import { countUnseen, overrulings } from "../data/overruled.ts";
import { hrefOf, LISTS, type Route, route } from "../data/route.ts";
import { useSavedFilters } from "../data/saved-filters.ts";
import { LIST_TITLES } from "../data/titles.ts";
import { syncState } from "../session/session.ts";

/** The way to all lists, projects, tags and saved filters. */
export function Sidebar() {
  return (
    <nav class="sidebar" aria-label="Lists">
      <ul>
        {LISTS.map((list) => (
          <Place key={list} to={{ kind: "list", list }} count={countList(list)}>
            {LIST_TITLES[list]}
          </Place>
        ))}
      </ul>
      <SavedFilters />
      <Names title="Projects" names={projects.value} to={(name) => ({ kind: "project", name })} />
      <Names title="Tags" names={tags.value} to={(name) => ({ kind: "tag", name })} sign="+" />
      <ul>
        <Place to={{ kind: "screen", screen: "log" }} note={describeLog()}>
          Log
        </Place>
        <Place to={{ kind: "screen", screen: "settings" }}>Settings</Place>
      </ul>
    </nav>
  );
}

/** What there is to be looked at in the log. */
function describeLog(): string | undefined {
  const overruled = countUnseen(overrulings.value);
  const refused = "refused" in syncState.value ? syncState.value.refused : 0;
  if (overruled > 0) return `${overruled} overruled`;
  return refused > 0 ? `${refused} refused` : undefined;
}

type NamesProps = {
  readonly title: string;
  readonly names: readonly (readonly [string, number])[];
  readonly to: (name: string) => Route;
  readonly sign?: string;
};

function Names({ title, names, to, sign = "" }: NamesProps) {
  if (names.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {names.map(([name, count]) => (
          <Place key={name} to={to(name)} count={count}>
            {sign}
            {name}
          </Place>
        ))}
      </ul>
    </>
  );
}

function SavedFilters() {
  const filters = useSavedFilters();
  if (filters.length === 0) return null;
  return (
    <>
      <h2>Filters</h2>
      <ul>
        {filters.map(({ name }) => (
          <Place key={name} to={{ kind: "filter", name }}>
            {name}
          </Place>
        ))}
      </ul>
    </>
  );
}

type PlaceProps = {
  readonly to: Route;
  readonly count?: number | undefined;
  /** What there is to be seen. */
  readonly note?: string | undefined;
  readonly children: ComponentChildren;
};

function Place({ to, count, note, children }: PlaceProps) {
  const isHere = hrefOf(to) === hrefOf(route.value);
  return (
    <li>
      <a href={hrefOf(to)} aria-current={isHere ? "page" : undefined}>
        <span class="name">{children}</span>
        {note !== undefined && <span class="badge">{note}</span>}
        {count !== undefined && count > 0 && <span class="number">{count.toLocaleString("en")}</span>}
      </a>
    </li>
  );
}
