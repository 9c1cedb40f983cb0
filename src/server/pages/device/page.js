// Approves a device by its user code (RFC 8628, 3.3). Tokens are kept only in memory: no cookie, no storage.
// Paths are relative to the page, because a server may be below a path.

/** The name of this page in the list of sessions, while it has one. */
const NAME = "Browser at /device";
/** Milliseconds to wait for an answer. The server itself gives up after 15 seconds. */
const PATIENCE = 20_000;
const CODE_LENGTH = 8;

const SILENCE = "The server did not answer. Check your connection and try again.";
const STILL_OPEN = "This page could not sign itself out. It tries again when you close it.";

const OVER = { step: "sign-in", message: "Your session is over. Sign in again." };
const UNKNOWN = {
  step: "find",
  field: "user_code",
  message:
    "No device waits with this code. Compare it with the one on the device. If that was used before or is older than ten minutes, start again on the device.",
};
const USED = {
  step: "find",
  field: "user_code",
  message: "This code was used before. If the device is not signed in, start again on the device.",
};

/** The step that shows a refusal, and its words. The default is the refused step and the server's words. */
const PLACES = {
  "sign-in": { 401: { field: "password" } },
  create: { 409: { field: "email" } },
  find: { 401: OVER, 404: UNKNOWN, 409: USED, 429: { field: "user_code" } },
  decide: { 401: OVER, 404: UNKNOWN, 409: USED },
};

const codeField = document.querySelector("#find-code");

/** Refresh tokens of the sessions that this page began and that may not have ended yet. */
const begun = new Set();
let accessToken = null;
let expiry;
/** The code that is shown with Approve and Deny. */
let shownCode = "";
let isBusy = false;

/** The reason of a failure in words, and the field that it concerns. */
class Trouble extends Error {
  constructor(message, { status, field } = {}) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/** Asks the server. Throws `Trouble` if it refuses, and if no readable answer comes. */
async function send(method, path, body) {
  const { response, answer } = await exchange(method, path, body);
  if (!response.ok) throw toTrouble(response, answer);
  return answer;
}

async function exchange(method, path, body) {
  const headers = new Headers({ "Content-Type": "application/json" });
  if (accessToken !== null) headers.set("Authorization", `Bearer ${accessToken}`);
  // A request under way is completed even if the page goes away.
  const options = { method, headers, keepalive: true, signal: AbortSignal.timeout(PATIENCE) };
  try {
    const response = await fetch(path, { ...options, body: body && JSON.stringify(body) });
    return { response, answer: response.status === 204 ? null : await response.json() };
  } catch {
    throw new Trouble(SILENCE);
  }
}

function toTrouble({ status, headers }, { detail = "", errors = [] }) {
  if (status === 429) {
    return new Trouble(`Too many attempts. Try again in ${inWords(headers.get("Retry-After"))}.`, { status });
  }
  if (status >= 500) return new Trouble("The server can't do this now. Try again in a moment.", { status });
  const [flaw] = errors;
  return new Trouble(toSentence(flaw?.message ?? detail), { status, field: flaw?.path });
}

function toSentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function inWords(seconds) {
  if (seconds > 120) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === "1" ? "1 second" : `${seconds} seconds`;
}

/** Shows one step. The focus goes to its first field, else to the heading, which is then read out. */
function show(id) {
  for (const step of document.querySelectorAll(".step")) step.hidden = step.id !== id;
  const step = document.getElementById(id);
  clearProblems(step);
  const heading = step.querySelector("h1");
  document.title = `${heading.textContent} – todo`;
  const fields = [...step.querySelectorAll("input:not([type=checkbox])")];
  (fields.find(({ value }) => value === "") ?? fields[0] ?? heading).focus();
}

function clearProblems(step) {
  for (const problem of step.querySelectorAll(".problem")) problem.textContent = "";
  for (const field of step.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

/** Shows the problem below its field or at the end of the step. */
function tell(id, message, name) {
  const field = document.querySelector(`#${id} input[name="${CSS.escape(name ?? "")}"]`);
  document.getElementById(`${field ? field.id : id}-problem`).textContent = message;
  field?.setAttribute("aria-invalid", "true");
  field?.focus();
}

/** Goes to the step that can fix the problem, and shows it there. */
function fail(id, { status, field, message }) {
  const place = { step: id, field, message, ...PLACES[id][status] };
  if (place.step !== id) show(place.step);
  tell(place.step, place.message, place.field);
  if (place.step === OVER.step) void endSessions();
}

/** Runs a form's work on submit, one run at a time. */
function onSubmit(id, work) {
  const form = document.getElementById(id);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isBusy) void run(form, () => work(form.elements, event.submitter));
  });
}

async function run(form, work) {
  setBusy(true);
  clearProblems(form);
  try {
    checkFields(form);
    await work();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    fail(form.id, error);
  } finally {
    setBusy(false);
  }
}

function setBusy(value) {
  isBusy = value;
  document.body.classList.toggle("busy", value);
}

/** Checks the fields before the server does, because the server allows only a few attempts. */
function checkFields(form) {
  for (const { name, value, required, minLength } of form.querySelectorAll("input")) {
    if (required && value === "") throw new Trouble("Please fill this in.", { field: name });
    if (value.length < minLength) throw new Trouble(`It needs at least ${minLength} characters.`, { field: name });
  }
}

/** Continues as the user who signed in. */
function enter({ access_token, refresh_token, expires_in, user }) {
  begun.add(refresh_token);
  accessToken = access_token;
  expiry = setTimeout(() => fail("find", { status: 401 }), expires_in * 1000);
  for (const place of document.querySelectorAll("[data-who]")) place.textContent = user.email;
  forgetPasswords();
  show("find");
}

function forgetPasswords() {
  for (const field of document.querySelectorAll("[name=password]")) field.value = "";
}

/** Ends every session of this page, so that none is left behind. Failed attempts are repeated. */
async function endSessions() {
  accessToken = null;
  clearTimeout(expiry);
  const ended = [...begun].map(async (refresh_token) => {
    await send("POST", "api/auth/logout", { refresh_token });
    begun.delete(refresh_token);
  });
  await Promise.allSettled(ended);
}

/** The letters of a code, however they were typed. */
function readCode(text) {
  return text.toUpperCase().replaceAll(/[^A-Z]/g, "");
}

function showCode(code) {
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;
}

/** Formats a whole code as the device shows it, and leaves any other text alone. */
function tidyCode() {
  const code = readCode(codeField.value);
  if (code.length === CODE_LENGTH) codeField.value = showCode(code);
}

/** Removes the code from the address, because it would stay in the history. */
function takeCode() {
  codeField.value = new URLSearchParams(location.search).get("user_code") ?? "";
  tidyCode();
  history.replaceState(null, "", location.pathname);
}

/** The device chose its name itself: it is shown as plain text only. */
function showDevice({ user_code, device, created_at }) {
  shownCode = user_code;
  document.querySelector("[data-code]").textContent = user_code;
  document.querySelector("[data-device]").textContent = device;
  const asked = document.querySelector("[data-asked]");
  asked.dateTime = created_at;
  asked.textContent = new Date(created_at).toLocaleTimeString();
  show("decide");
}

onSubmit("sign-in", async ({ email, password }) => {
  enter(await send("POST", "api/auth/login", { email: email.value, password: password.value, device: NAME }));
});

onSubmit("create", async ({ email, password, invite }) => {
  const account = { email: email.value, password: password.value, device: NAME };
  const code = invite.value.trim();
  enter(await send("POST", "api/auth/register", code === "" ? account : { ...account, invite: code }));
});

onSubmit("find", async () => {
  const code = readCode(codeField.value);
  if (code.length !== CODE_LENGTH) throw new Trouble("A code has eight letters: BCDF-GHJK", { field: "user_code" });
  showDevice(await send("GET", `api/auth/device?user_code=${code}`));
});

onSubmit("decide", async (_, button) => {
  const approve = button.value === "approve";
  await send("POST", "api/auth/device/decision", { user_code: shownCode, approve });
  document.querySelector("[data-outcome]").textContent = approve ? "Device approved" : "Device denied";
  show("done");
  await endSessions();
  if (begun.size > 0) tell("done", STILL_OPEN);
});

for (const button of document.querySelectorAll("[data-show]")) {
  button.addEventListener("click", () => {
    const { show: id } = button.dataset;
    document.getElementById(id).elements.email.value = button.form.elements.email.value;
    show(id);
  });
}

for (const choice of document.querySelectorAll("[name=reveal]")) {
  choice.addEventListener("change", () => {
    choice.form.elements.password.type = choice.checked ? "text" : "password";
  });
}

codeField.addEventListener("change", tidyCode);

// A browser may keep the page for the way back, and must not keep anybody signed in with it.
addEventListener("pagehide", () => {
  forgetPasswords();
  if (accessToken !== null) show("sign-in");
  void endSessions();
});

takeCode();
show("sign-in");
