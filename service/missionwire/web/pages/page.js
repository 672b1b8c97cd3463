// The page at `/`: the filter in its address, the feed behind it, and the newest events on top.

import { card, gapMark, headline } from "./card.js";
import { Feed } from "./feed.js";
import { count } from "./words.js";

const MAX_CARDS = 200;
const FILTERS = ["type", "mission", "agency", "crew"];
const STARTS = ["now", "1h", "24h", "7d", "all"];
const DEFAULT_START = "24h";
/** A hidden page lets go of its stream after a while: browsers open only six to one host. */
const HIDDEN_MS = 30_000;
const ANNOUNCE_MS = 5_000;

const STATES = {
  connecting: "Connecting",
  live: "Live",
  waiting: "Not connected",
  busy: "The service is busy",
  leaving: "The service is restarting",
  ended: "The feed has ended",
  refused: "Not possible",
  resting: "Resting while hidden",
};

const byId = (id) => document.getElementById(id);
const wire = byId("wire");
const form = byId("filter");

/** What came and is not shown yet, oldest first; bounded like the page itself, because more could not be shown. */
let waiting = [];
let waitingCount = 0;
let isPaused = false;
let isDrawing = false;
let announced = 0;
let unannounced = [];
let hiddenTimer = 0;
const shown = new Map();

// --- The filter -------------------------------------------------------------------------------------------------------

/** Reads a query string into the filter: repeated members and commas both mean "any of". */
function readFilter(query) {
  const given = new URLSearchParams(query);
  const filter = Object.fromEntries(FILTERS.map((name) => [name,
    given.getAll(name).flatMap((value) => value.split(",")).map((value) => value.trim()).filter(Boolean)]));
  const since = given.get("since");
  return { ...filter, since: STARTS.includes(since) ? since : DEFAULT_START };
}

function queryOf(filter) {
  const query = new URLSearchParams();
  for (const name of FILTERS) for (const value of filter[name]) query.append(name, value);
  return query;
}

function pageAddress(filter) {
  const query = queryOf(filter);
  if (filter.since !== DEFAULT_START) query.set("since", filter.since);
  return query.size ? `/?${query}` : "/";
}

function feedAddress(filter, lastId) {
  const query = queryOf(filter);
  if (filter.since !== "now") query.set("since", filter.since);
  if (lastId) query.set("last_event_id", lastId);
  return `/v1/feed?${query}`;
}

let filter = readFilter(location.search);

function showFilter() {
  for (const name of FILTERS) form.elements[name].value = filter[name].join(", ");
  form.elements.since.value = filter.since;
  const isFiltered = FILTERS.some((name) => filter[name].length);
  byId("clear").hidden = !isFiltered;
  byId("filters").classList.toggle("active", isFiltered);
  const address = new URL(feedAddress(filter, ""), location.origin);
  byId("curl").textContent = `curl -N '${address.href.replaceAll("'", "%27")}'`;
}

function useFilter(next, isHistory) {
  filter = next;
  if (!isHistory) history.pushState(null, "", pageAddress(filter));
  showFilter();
  wire.replaceChildren();
  shown.clear();
  waiting = [];
  waitingCount = 0;
  showWaiting();
  showEmpty();
  feed.restart();
}

function filterInForm() {
  const query = new URLSearchParams();
  for (const name of FILTERS) query.append(name, form.elements[name].value);
  query.set("since", form.elements.since.value);
  return readFilter(query);
}

form.addEventListener("submit", (submission) => {
  submission.preventDefault();
  useFilter(filterInForm());
});
form.elements.since.addEventListener("change", () => useFilter(filterInForm()));
byId("clear").addEventListener("click", () => {
  useFilter({ ...readFilter(""), since: filter.since });
  form.elements.type.focus();
});
window.addEventListener("popstate", () => useFilter(readFilter(location.search), true));

/** Links to this page change the filter in place; with a modifier key they open as any link does. */
document.addEventListener("click", (click) => {
  const link = click.target.closest("a[href^='/?'], a[href='/']");
  if (!link || click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
  click.preventDefault();
  useFilter(readFilter(new URL(link.href).search));
  window.scrollTo({ top: 0 });
});

// --- The events -------------------------------------------------------------------------------------------------------

function linkTo(name, value) {
  return pageAddress({ ...readFilter(""), since: filter.since, [name]: [value.replaceAll(",", " ")] });
}

function take(item) {
  waiting.push(item);
  waitingCount += 1;
  if (waiting.length > MAX_CARDS) waiting.shift();
  if (isPaused) showWaiting();
  else if (!isDrawing) {
    isDrawing = true;
    requestAnimationFrame(draw);
  }
}

function draw() {
  isDrawing = false;
  if (isPaused) return;
  const isFirst = !shown.size;
  const items = waiting;
  waiting = [];
  waitingCount = 0;
  const fragment = document.createDocumentFragment();
  for (const item of items) {
    const row = item.gap ? rowOf(gapMark(item.gap)) : eventRow(item.text);
    if (!row) continue;
    if (!isFirst && items.length < 10) row.classList.add("fresh");
    fragment.prepend(row);
  }
  wire.prepend(fragment);
  while (wire.children.length > MAX_CARDS) forget(wire.lastElementChild);
  showWaiting();
  showEmpty();
  announce();
}

function rowOf(content) {
  const row = document.createElement("li");
  row.append(content);
  return row;
}

function eventRow(text) {
  let event;
  try {
    event = JSON.parse(text);
  } catch {
    return null;
  }
  if (event === null || typeof event !== "object") return null;
  const key = JSON.stringify([event.source, event.id]);
  if (shown.has(key)) forget(shown.get(key));
  const row = rowOf(card(event, linkTo));
  row.dataset.key = key;
  shown.set(key, row);
  unannounced.push(headline(event));
  return row;
}

function forget(row) {
  if (row.dataset.key) shown.delete(row.dataset.key);
  row.remove();
}

function showEmpty() {
  const isEmpty = !wire.children.length && byId("state").dataset.state === "live";
  byId("empty").hidden = !isEmpty;
  byId("all").hidden = !isEmpty || filter.since === "all";
  byId("all").href = pageAddress({ ...filter, since: "all" });
  byId("full").hidden = wire.children.length < MAX_CARDS;
}

/** Tells how many came unseen: while paused, or above the place where the reader is. */
function showWaiting() {
  const pill = byId("new");
  pill.hidden = !waitingCount || !isPaused;
  pill.textContent = `${count(waitingCount, "new event")}: show`;
}

/** One sentence for screen readers, at most every few seconds; a card read aloud would drown everything else. */
function announce() {
  clearTimeout(announced);
  announced = setTimeout(() => {
    const [first] = unannounced.slice(-1);
    if (first) byId("announcer").textContent = unannounced.length === 1 ? first : `${unannounced.length} new events, last ${first}`;
    unannounced = [];
  }, ANNOUNCE_MS);
}

function pause(isOn) {
  isPaused = isOn;
  const button = byId("pause");
  button.setAttribute("aria-pressed", String(isOn));
  button.textContent = isOn ? "Go on" : "Pause";
  if (!isOn) draw();
  showWaiting();
}

byId("pause").addEventListener("click", () => pause(!isPaused));
byId("new").addEventListener("click", () => {
  pause(false);
  window.scrollTo({ top: 0 });
});

// --- The feed ---------------------------------------------------------------------------------------------------------

/** Asks the same filter of the history, which can say what is wrong with it: an EventSource cannot. */
async function refusal() {
  const query = queryOf(filter);
  query.set("limit", "1");
  try {
    const answer = await fetch(`/v1/events?${query}`, { headers: { Accept: "application/json" } });
    if (answer.status < 400 || answer.status >= 500 || answer.status === 429) return "";
    const problem = await answer.json();
    return String(problem.detail || problem.title || `the service answered ${answer.status}`);
  } catch {
    return "";
  }
}

const feed = new Feed((lastId) => feedAddress(filter, lastId), refusal, {
  event: (text) => take({ text }),
  gap: (gap) => take({ gap }),
  state(name, detail) {
    const place = byId("state");
    place.dataset.state = name;
    const words = detail ? `${STATES[name]}: ${detail}` : STATES[name];
    if (place.textContent !== words) place.textContent = words;
    showEmpty();
  },
});

document.addEventListener("visibilitychange", () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) hiddenTimer = setTimeout(() => feed.rest(), HIDDEN_MS);
  else if (byId("state").dataset.state === "resting") feed.open();
});
window.addEventListener("online", () => {
  if (!["live", "refused", "ended"].includes(byId("state").dataset.state)) feed.open();
});
window.addEventListener("pagehide", () => feed.rest());
window.addEventListener("pageshow", (shown_) => {
  if (shown_.persisted) feed.open();
});

byId("copy").addEventListener("click", async () => {
  const button = byId("copy");
  try {
    await navigator.clipboard.writeText(byId("curl").textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(byId("curl"));
    button.textContent = "Selected";
  }
  setTimeout(() => { button.textContent = "Copy"; }, 2_000);
});

showFilter();
showEmpty();
feed.open();
