export type Mistake = readonly [name: string, right: string, wrong: string, complaint: RegExp];

/** Mistakes that the author of client.ts.txt could make, and the words with which a type checker must complain in their line. */
export const MISTAKES: readonly Mistake[] = [
  ["a misspelt member of a body", '{ id, title: "Another" }', '{ id, titel: "Another" }', /'titel' does not exist/],
  ["a body without what it needs", '{ id, title: "Another" }', "{ id }", /'title' is missing/],
  [
    "a member of the wrong type",
    "{ completed: false, tags: null }",
    '{ completed: "no", tags: null }',
    /'string' is not assignable to type 'boolean'/,
  ],
  ["a member that cannot be null", '{ title: " " }', "{ title: null }", /'null' is not assignable to type 'string'/],
  [
    "a value that is none of a list's",
    'priority: "high",\n    project',
    'priority: "urgent",\n    project',
    /"urgent"/,
  ],
  ["an unknown parameter", 'Query = { sort: "title"', 'Query = { sorted: "title"', /sorted/],
  ["a wrong value of a parameter", 'Query = { sort: "title"', 'Query = { sort: "colour"', /"colour"/],
  ["a member that a reply has not", "turned.completed,", "turned.done,", /'done' does not exist/],
  ["what may be null, used as if not", "me.scopes?.join", "me.scopes.join", /'me.scopes' is possibly 'null'/],
  ["a member that a problem has not", "gone.error?.code", "gone.error?.kind", /'kind' does not exist/],
  ["a path that there is not", 'client.GET("/health")', 'client.GET("/healthz")', /Expected 2 arguments/],
  [
    "a method that a path has not",
    'client.POST("/api/tasks/{id}/restore"',
    'client.PUT("/api/tasks/{id}/restore"',
    /restore/,
  ],
  ["a path without its parameter", '{id}/restore", { params }', '{id}/restore", {}', /'params' is missing/],
  ["a header that is not taken", 'header: { "If-None-Match": etag }', 'header: { "If-Range": etag }', /If-Range/],
];
