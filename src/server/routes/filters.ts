import { z } from "zod";
import { readSavedFilters } from "../../domain/query/saved-filters.ts";
import { newFilter, toWireFilter, wireFilter } from "../../contract/filter.ts";
import { findFilter } from "../../services/filters/find-filter.ts";
import { removeFilter } from "../../services/filters/remove-filter.ts";
import { saveFilter } from "../../services/filters/save-filter.ts";
import { defineEndpoint, noBody, noQuery } from "../endpoint.ts";
import { refuseNamed } from "../http/read-filter.ts";
import { replyWith } from "../http/reply.ts";

export const listFilters = defineEndpoint({
  method: "get",
  path: "/api/filters",
  access: "read",
  operation: "listFilters",
  summary: "List your saved filters",
  description: "All of them, by their names. A filter can be used in another one, as `filter:NAME`.",
  query: noQuery,
  body: noBody,
  responses: { 200: { description: "Your saved filters", schema: z.array(wireFilter) } },
  handle: async ({ workspace: { store, user } }) => {
    const filters = readSavedFilters(await store.profile(user));
    return replyWith(200, [...filters.values()].map(toWireFilter));
  },
});

export const getFilter = defineEndpoint({
  method: "get",
  path: "/api/filters/{name}",
  access: "read",
  operation: "getFilter",
  summary: "Read a saved filter",
  query: noQuery,
  body: noBody,
  errors: ["not_found"],
  responses: { 200: { description: "The filter", schema: wireFilter } },
  handle: async ({ workspace, name }) => replyWith(200, toWireFilter(await findFilter(workspace, name))),
});

export const putFilter = defineEndpoint({
  method: "put",
  path: "/api/filters/{name}",
  access: "write",
  operation: "putFilter",
  summary: "Save a filter",
  description:
    "A name is one word of at most 64 letters, digits, `-`, `_` and `.`. It replaces a filter whose name differs in case alone. " +
    "The text is read when it is saved, so it can be used afterwards.",
  query: noQuery,
  body: newFilter,
  responses: {
    200: { description: "The filter, which replaces another one", schema: wireFilter },
    201: { description: "The new filter", schema: wireFilter },
  },
  handle: async ({ workspace, name, body }) => {
    const { filter, before } = await refuseNamed(saveFilter(workspace, { name, text: body.filter }));
    return replyWith(before ? 200 : 201, toWireFilter(filter));
  },
});

export const deleteFilter = defineEndpoint({
  method: "delete",
  path: "/api/filters/{name}",
  access: "write",
  operation: "deleteFilter",
  summary: "Remove a saved filter",
  description: "Filters that use it can't be used until there is one of that name again.",
  query: noQuery,
  body: noBody,
  errors: ["not_found"],
  responses: { 204: { description: "The filter is removed" } },
  handle: async ({ workspace, name }) => {
    await removeFilter(workspace, name);
    return { status: 204 };
  },
});
