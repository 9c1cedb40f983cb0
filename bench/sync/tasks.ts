import { openSqlite } from "../../src/db/sqlite/database.ts";
import { draftFields } from "../../src/domain/task/fields.ts";
import type { Edit } from "../../src/ports/store.ts";
import { LOCAL_USER } from "../../src/services/workspace.ts";
import { createRandom } from "../../test/support/random.ts";

/** What people write down. No two of a hundred are alike, because what repeats costs nothing on the wire. */
const TITLES = readList(`
  Pay the rent | Call the dentist about the crown | Water the tomatoes | Book the night train to Leipzig | Renew passport |
  Send invoice 2026-114 to Kessler | Clean the coffee machine | Review Jonas' draft of chapter 3 | Buy a bicycle lock |
  Fix the dripping tap in the bathroom | Write to the landlord (heating!) | Get milk, oats and apples | Return library books |
  Prepare slides for Thursday | Order cat food | Update my CV | Plan Maria's birthday | Cancel the gym before March |
  Sort the photos of last summer | Bleed the radiators upstairs | Answer the tax office | Winter tyres on | Back up the laptop |
  Register for the half marathon | Sign the printer's contract | Bring the grey coat to the tailor | Ask Ben for his lasagne recipe |
  Vote by mail | Read Priya's proposal | Upgrade the router firmware | Dishwasher salt | Measure the kitchen window |
  Compare offers for electricity | Thank-you card for grandma | Migrate the staging database | Repair the garden fence |
  Find a babysitter for the 14th | Rotate the API keys | Learn the bass part of "Valerie" | Defrost freezer | Check smoke detectors |
  Print boarding passes | Transfer 240 € to Sven | Unsubscribe from that newsletter | Sharpen the knives | Visa for Vietnam? |
  Draft the agenda for the offsite | Vaccination appointment for Luna | Replace battery of the bathroom scale | Hang up the shelf |
  Submit travel expenses | Look for a used cargo bike | Refactor the export job | New soles for brown boots | Pick up parcel |
  Talk to HR about parental leave | Tidy the cellar | Seeds: radish, chard, borage | Quarterly report, first version |
  Delete old branches | Invite neighbours for a barbecue | Get the piano tuned | Write unit tests for the parser | Insurance claim |
  Cut the hedge | Choose a present for Tomás | Translate the leaflet into Spanish | Ring up Aunt Ingrid | Oil the bicycle chain |
  Proofread the press release | Empty the rain barrel | Set up monitoring for the queue | Flea treatment | Recycle glass bottles |
  Schedule 1:1 with Amira | Test the new microphone | Pack for the hut | Clear out the wardrobe | Descale kettle | Tip for the postman |
  Ask about the deposit | Make an appointment for new glasses | Finish "The Overstory" | Plant garlic | Donate the old monitor |
  Collect signatures for the crossing | Bake two cakes for the school fair | Fill in form 27b | Call the plumber back |
  Postpone the demo to Monday | Buy stamps | Sew on the button | Pay the parking fine | Ask Lena about the key | Draw the floor plan |
  Change the password of the old account | Walk Luna | Order 500 g of espresso | Check the brakes | Weed the path | Book a table for six | Download bank statements | Water filter | Rehearse the talk`);
const DETAILS = readList(`
  before the weekend | and take the receipt along | (see mail) | again | with Priya | in the afternoon | when the shop is open |
  and tell Mum | or ask Tom to do it | at the office | while it rains | for Saturday`);
const PROJECTS = ["Home", "Work", "Garden", "Travel", "Club"];
const TAGS = ["errand", "phone", "waiting", "deep", "quick"];
const PRIORITIES = ["high", "medium", "low"] as const;

const DAY_MS = 86_400_000;

/** A change of a task, and when it is made. */
export type Dated = { readonly now: number; readonly edit: Edit };

/** Makes tasks as people have them, the same at every run but for their ids. Each call goes on where the last one ended. */
export function createWriter() {
  const random = createRandom(2026);
  let drafts = 0;
  let now = Date.now() - 300 * DAY_MS;
  /** Some hours later, at any millisecond. */
  const moveOn = () => (now += random.below(DAY_MS / 4));
  const title = () => {
    const words = TITLES[(drafts += 1) % TITLES.length] ?? "";
    return random.chance(0.25) ? `${words} ${random.pick(DETAILS)}` : words;
  };
  const day = () => new Date(now + random.below(30 * DAY_MS)).toISOString().slice(0, 10);
  return {
    /** A new task, and when it is written down. */
    draft: (): Dated => {
      const fields = draftFields(
        {
          title: title(),
          dueDate: random.chance(0.5) ? day() : null,
          priority: random.chance(0.3) ? random.pick(PRIORITIES) : null,
          project: random.chance(0.5) ? random.pick(PROJECTS) : null,
          tags: random.chance(0.4) ? [random.pick(TAGS)] : [],
        },
        new Date(moveOn()).toISOString(),
      );
      return { now, edit: { id: Bun.randomUUIDv7("hex", now), fields } };
    },
    /** Two other values for a task. */
    change: (id: string): Dated => ({
      now: moveOn(),
      edit: { id, fields: { due_date: day(), priority: random.pick(PRIORITIES) } },
    }),
  };
}

/** Writes them to a database one after another, as commands do. */
export async function writeTasks(database: string, dated: readonly Dated[]): Promise<void> {
  const { store } = openSqlite(database);
  for (const { now, edit } of dated) await store.commit(LOCAL_USER, { action: "edit", now, edits: [edit] });
  await store.close();
}

function readList(text: string): string[] {
  return text.split("|").map((item) => item.trim());
}
