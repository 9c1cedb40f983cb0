import { expect, test } from "bun:test";
import type { WireTask } from "../../../src/contract/task.ts";
import { useHomes } from "../../support/cli/home.ts";
import { entryOf } from "../../support/cli/people.ts";
import type { Server } from "../../support/server/server.ts";
import { type Fellow, restart, startFleet, syncUntilQuiet } from "../../support/sync/fleet.ts";
import { only } from "../../support/stores/test-user.ts";
import { startTcpProxy, type TcpProxy } from "../../support/server/tcp-proxy.ts";
import { createRandom, type Random } from "../../support/random.ts";

const newHome = useHomes();

/** What happens comes from this, but for when: that is up to the machine. */
const SEED = Number(process.env["SEED"] ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const DEVICES = 3;
/** Shells at each device, which work at once, and the commands in each. */
const SHELLS = 2;
const COMMANDS = 50;
/** What a command takes here, about. */
const COMMAND_MS = 60;
/** For so long the server runs, or is away, at most. */
const MAX_SHIFT_MS = 300;
/** For so long each answer is on its way, and others work. */
const DELAY_MS = 10;
/** Tasks to which all of this happens. */
const RECENT = 12;
/** What ends a command that was not killed: a task may be deleted, another may sync, and the server may be away. */
const ENDS = new Set<number | null>([0, 3, 5, 6]);

/** What somebody was told by commands that ended well. */
type Model = { readonly titles: string[]; readonly tags: { readonly handle: string; readonly tag: string }[] };

type Shell = { readonly fellow: Fellow; readonly device: number; readonly name: string; readonly random: Random };

type Order = { readonly args: readonly string[]; readonly title?: string; readonly tag?: string };

/** Who never takes back can be sure of each tag, which nobody else gives or takes. */
function chooseOrder({ device, name, random }: Shell, handle: string | undefined, turn: number): Order {
  const word = `${name}-${turn}`;
  const roll = random.next();
  if (handle === undefined || roll < 0.3) return { args: ["add", "--json", word], title: word };
  if (roll < 0.6) return { args: ["sync"] };
  if (roll < 0.75 && device === 0) return { args: ["edit", handle, `+${word}`], tag: word };
  if (roll < 0.8) return { args: ["edit", handle, "--description", word] };
  if (roll < 0.85 && device > 0) return { args: ["undo"] };
  return { args: [random.pick(["done", "reopen", "rm", "restore"]), handle] };
}

async function workAt(shell: Shell, handles: string[], model: Model): Promise<void> {
  const { fellow, random } = shell;
  for (let turn = 0; turn < COMMANDS; turn += 1) {
    const handle = handles.length > 0 ? random.pick(handles.slice(-RECENT)) : undefined;
    const { args, title, tag } = chooseOrder(shell, handle, turn);
    const isKilled = random.chance(0.2);
    const ended = await (isKilled ? fellow.kill(args, random.below(COMMAND_MS)) : fellow.todo(...args));
    if (ended.signal === "SIGKILL") fellow.forgetLease();
    else if (!ENDS.has(ended.exitCode)) throw new Error(`${args.join(" ")}: ${ended.exitCode} ${ended.err}`);
    if (ended.exitCode !== 0) continue;
    if (tag !== undefined && handle !== undefined) model.tags.push({ handle, tag });
    if (title === undefined) continue;
    const task: WireTask = JSON.parse(ended.out);
    model.titles.push(title);
    handles.push(task.handle);
  }
}

/** Kills the server again and again, and starts it where it was, until the work is done. */
async function troubleServer(start: () => Promise<Server>, first: Server, work: Promise<unknown>, random: Random) {
  const state = { server: first, deaths: 0, isDone: false };
  const done = work.catch(() => undefined).finally(() => (state.isDone = true));
  const pause = () => Promise.race([done, Bun.sleep(random.below(MAX_SHIFT_MS))]);
  while (!state.isDone) {
    await pause();
    await state.server.kill("SIGKILL");
    state.deaths += 1;
    await pause();
    state.server = await start();
  }
  return state;
}

async function openBehindProxy() {
  const ports: TcpProxy[] = [];
  const fleet = await startFleet(newHome, DEVICES, async ({ port }) => {
    const proxy = await startTcpProxy({ target: port });
    ports.push(proxy);
    return `http://localhost:${proxy.port}`;
  });
  return { ...fleet, proxy: only(ports) };
}

// Slow: some 300 processes, about four seconds.
test(`three devices that work, sync and are killed at once with their server end with the same, and nothing is lost: seed ${SEED}`, async () => {
  const random = createRandom(SEED);
  const { machine, server: first, proxy, fellows } = await openBehindProxy();
  proxy.mode = { delay: DELAY_MS };
  const model: Model = { titles: [], tags: [] };
  const handles: string[] = [];
  const shells = fellows.flatMap((fellow, device) =>
    Array.from({ length: SHELLS }, (_, shell) => {
      const name = `d${device}-${shell}`;
      return { fellow, device, name, random: createRandom(random.below(2 ** 32)) };
    }),
  );
  const work = Promise.all(shells.map((shell) => workAt(shell, handles, model)));
  const { server, deaths } = await troubleServer(() => restart(machine, first), first, work, random);
  await work;
  proxy.mode = "pass";
  await syncUntilQuiet(fellows);
  const exports = await Promise.all(fellows.map((fellow) => fellow.export()));
  const [text = ""] = exports;
  const token = entryOf(fellows[0]?.home ?? machine).token;
  const reply = await fetch(`${server.url}/api/me/export`, { headers: { authorization: `Bearer ${token}` } });
  const tasks: WireTask[] = JSON.parse(text);
  const titles = tasks.map(({ title }) => title);
  const tagsOf = new Map(tasks.map((task) => [task.handle, task.tags]));
  expect({
    others: exports.map((other) => other === text),
    server: await reply.text(),
    lost: model.titles.filter((title) => !titles.includes(title)),
    untagged: model.tags.filter(({ handle, tag }) => !tagsOf.get(handle)?.includes(tag)),
    twice: titles.length - new Set(titles).size,
    unsent: (await Promise.all(fellows.map((fellow) => fellow.status()))).map(({ unsent, rejected }) => [
      unsent,
      rejected,
    ]),
    doctor: await Promise.all(
      fellows.map(({ home, print }) => print("doctor").then((said) => said === `${home.db}: sound\n`)),
    ),
  }).toEqual({
    others: [true, true, true],
    server: text,
    lost: [],
    untagged: [],
    twice: 0,
    unsent: fellows.map(() => [0, []]),
    doctor: [true, true, true],
  });
  proxy.stop();
  // Else there was too little trouble to say anything.
  expect([deaths > 1, model.titles.length > 10, model.tags.length > 0]).toEqual([true, true, true]);
});
