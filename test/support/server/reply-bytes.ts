/** A reply down to its bytes, without what is its own each time. */
export async function readBytes(response: Response) {
  const headers = [...response.headers].filter(([name]) => name !== "x-request-id" && name !== "date");
  return { status: response.status, headers, body: await response.text() };
}
