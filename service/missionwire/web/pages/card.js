// One event, or one gap, as elements. Everything an event says goes in as text: nothing here parses HTML, and a link is
// made only to this service or to an http(s) address.

import { pieces } from "./text.js";
import {
  count, familyOf, gapInWords, missionInWords, narrationInWords, plain, sureness, timeInWords, typeInWords,
} from "./words.js";

const MAX_CORRECTIONS = 300;
const MAX_PEOPLE = 40;
const MAX_FACTS = 8;
const MAX_FACT_CHARS = 160;
const MIN_TOLD_CHARS = 40;
/** Text beyond this many characters is folded until asked for. */
const FOLD_CHARS = 700;

/** Members of `data` that have a place of their own on the card, or that only machines want. */
const PLACED = new Set([
  "title", "text", "language", "url", "mission", "crew", "agencies", "time_precision", "narration", "original",
  "corrections", "ext", "provenance", "errors", "article", "evidence", "mission_inferred",
]);

/** Makes an element: `make("p", "note", "text or elements", …)`. Strings become text nodes, nothing is ever markup. */
function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content.filter((part) => part !== null && part !== ""));
  return element;
}

function list(value) {
  return Array.isArray(value) ? value : [];
}

function object(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}

function string(value) {
  return typeof value === "string" ? value : "";
}

/** What an event is called in one line, for an announcement. */
export function headline(event) {
  const mission = missionOf(event);
  return mission ? `${typeInWords(string(event.type))}, ${mission}` : typeInWords(string(event.type));
}

function missionOf(event) {
  return string(object(event.data).mission) || missionInWords(string(event.subject));
}

/** The card of an event. `linkTo(name, value)` gives the address of this page with that one filter. */
export function card(event, linkTo) {
  const data = object(event.data);
  const article = make("article", "card");
  article.dataset.family = familyOf(string(event.type));
  article.append(
    when(event, data),
    make("div", "body",
      head(event, data, linkTo),
      title(data),
      text(data),
      people(data, linkTo),
      facts(data),
      foot(event, data),
    ),
  );
  return article;
}

function when(event, data) {
  const { date, clock, machine } = timeInWords(string(event.time), data.time_precision);
  const time = make(machine ? "time" : "span", machine ? "when" : "when unknown",
    make("span", "date", date), clock ? make("span", "clock", clock) : null);
  if (machine) time.dateTime = machine;
  if (machine.length > "2021-10-17".length) time.title = `${new Date(machine).toLocaleString()} where you are`;
  return time;
}

function head(event, data, linkTo) {
  const type = string(event.type);
  const name = make("a", "type", typeInWords(type));
  name.href = linkTo("type", type);
  name.title = type;
  const heading = make("h2", "", name);
  const mission = missionOf(event);
  if (mission) {
    const link = make("a", "mission", mission);
    link.href = linkTo("mission", string(event.subject) || mission);
    heading.append(" ", link);
  }
  const line = make("header", "head", heading);
  if (data.mission_inferred === true) {
    line.append(badge("mission inferred", "The text does not name the mission; it follows from crew and date", "inferred"));
  }
  const meaning = narrationInWords(data.narration);
  if (meaning) line.append(badge(data.narration, meaning, "narration"));
  return line;
}

function badge(words, meaning, kind) {
  const made = make("span", `badge ${kind}`, words);
  made.title = meaning;
  return made;
}

function title(data) {
  if (!string(data.title)) return null;
  return make("p", "title", ...marked(data, "title"));
}

function text(data) {
  const published = string(data.text);
  if (!published.trim()) return null;
  const box = make("div", "text", make("p", "", ...marked(data, "text")));
  if (published.length <= FOLD_CHARS) return box;
  box.classList.add("folded");
  const more = make("button", "more", "Read all of it");
  more.type = "button";
  more.setAttribute("aria-expanded", "false");
  more.addEventListener("click", () => {
    const isFolded = box.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!isFolded));
    more.textContent = isFolded ? "Read all of it" : "Fold";
  });
  return make("div", "", box, more);
}

function correctionsOf(data) {
  return list(data.corrections).slice(0, MAX_CORRECTIONS).map(object)
    .filter((one) => typeof one.original === "string" && typeof one.replacement === "string");
}

function asSent(data, field) {
  const sent = object(data.original)[field];
  return typeof sent === "string" ? sent : string(data[field]);
}

/** The text of a field with its corrections marked where they stand; as it is, where the marks would not fit. */
function marked(data, field) {
  const published = string(data[field]);
  const parts = pieces(asSent(data, field), published,
    correctionsOf(data).filter((one) => (one.field ?? "text") === field));
  return parts === null ? [published] : parts.flatMap(({ kind, text: words, correction }) => {
    if (kind === "same") return [words];
    const reason = tooltip(correction);
    if (kind === "suggested") {
      const suggestion = make("span", "suggested", words);
      suggestion.title = `Suggested, not applied: ${correction.replacement || "leave it out"}. ${reason}`;
      return [suggestion];
    }
    const old = words ? make("del", "", words) : null;
    const made = correction.replacement ? make("ins", "", correction.replacement) : null;
    for (const element of [old, made]) if (element) element.title = reason;
    return [old, old && made ? "\u2009" : null, made].filter((part) => part !== null);
  });
}

function tooltip(correction) {
  return [string(correction.reason), [string(correction.plugin), sureness(correction.confidence)].filter(Boolean).join(", ")]
    .filter(Boolean).join(" \u2014 ");
}

function people(data, linkTo) {
  const items = [
    ...list(data.crew).slice(0, MAX_PEOPLE).map((item) => person(item, linkTo)),
    ...list(data.agencies).slice(0, MAX_PEOPLE).map((item) => agency(item, linkTo)),
  ].filter((item) => item !== null);
  return items.length ? make("ul", "people", ...items) : null;
}

function person(item, linkTo) {
  const { name, link } = named("crew", item, linkTo);
  if (!name) return null;
  const facts = object(item);
  const trade = [...new Set([facts.role, facts.occupation].map(string).filter(Boolean).map(plain))].join(", ");
  const about = [string(facts.nationality), string(facts.agency)].filter(Boolean).join(", ");
  link.title = [string(facts.id) ? "" : "not resolved to a known person", about].filter(Boolean).join("; ");
  return make("li", string(facts.id) ? "person" : "person unresolved", link, trade ? make("span", "role", ` ${trade}`) : null);
}

function agency(item, linkTo) {
  const { name, link } = named("agency", item, linkTo);
  if (!name) return null;
  const role = string(object(item).role);
  return make("li", "agency", link, role && role !== "mentioned" ? make("span", "role", ` ${plain(role)}`) : null);
}

function named(filter, item, linkTo) {
  const name = typeof item === "string" ? item : string(object(item).name);
  const link = make("a", "", name);
  link.href = linkTo(filter, string(object(item).id) || name);
  return { name, link };
}

function facts(data) {
  const words = string(data.text);
  const told = Object.entries(data)
    .filter(([key, value]) => !PLACED.has(key) && !isTold(value, words))
    .map(([key, value]) => [plain(key), fact(value)])
    .filter(([, value]) => value)
    .slice(0, MAX_FACTS);
  if (!told.length) return null;
  return make("dl", "facts", ...told.map(([key, value]) => make("div", "", make("dt", "", key), make("dd", "", value))));
}

/** Whether a long value, such as a quote, stands in the text anyway. */
function isTold(value, words) {
  return typeof value === "string" && value.length > MIN_TOLD_CHARS && words.includes(value);
}

function fact(value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value) && value.length && value.every((item) => typeof item === "string")) {
    return shortened(value.slice(0, 10).join(", "));
  }
  return shortened(typeof value === "string" ? value : string(object(value).name));
}

function shortened(words) {
  const points = Array.from(words);
  return points.length > MAX_FACT_CHARS ? `${points.slice(0, MAX_FACT_CHARS).join("")}…` : words;
}

function foot(event, data) {
  const line = make("footer", "foot", corrections(data), sent(data), faults(data));
  const links = make("span", "links", make("span", "source", string(event.source)), original(data), read(data), json(event));
  line.append(links);
  return line;
}

function corrections(data) {
  const all = correctionsOf(data);
  if (!all.length) return null;
  const applied = all.filter((one) => one.applied === true).length;
  const words = [
    applied ? count(applied, "correction") : "", all.length > applied ? count(all.length - applied, "suggestion") : "",
  ].filter(Boolean).join(", ");
  return folded(words, () => make("ol", "corrections", ...all.map(correction)));
}

function correction(one) {
  const { original: was, replacement: is } = one;
  return make("li", one.applied === true ? "" : "open",
    make("span", "change", was ? make("del", "", was) : make("span", "nothing", "nothing"),
      make("span", "arrow", " → "), is ? make("ins", "", is) : make("span", "nothing", "left out")),
    one.applied === true ? null : make("span", "badge", "suggested, not applied"),
    make("span", "why", string(one.reason)),
    make("span", "by", [string(one.plugin), sureness(one.confidence),
      string(one.field) && one.field !== "text" ? `in ${plain(string(one.field))}` : ""].filter(Boolean).join(" · ")));
}

function sent(data) {
  const fields = Object.entries(object(data.original));
  if (!fields.length) return null;
  return folded("as sent", () => make("div", "sent", ...fields.map(([field, value]) => make("p", "",
    fields.length > 1 ? make("b", "", `${plain(field)}: `) : null,
    typeof value === "string" ? value : JSON.stringify(value)))));
}

function faults(data) {
  const all = list(data.errors).map(object);
  if (!all.length) return null;
  return folded(count(all.length, "plugin fault"), () => make("ul", "faults", ...all.slice(0, MAX_FACTS).map((one) =>
    make("li", "", [one.plugin, one.hook, one.kind].map(string).filter(Boolean).join(" · ")))));
}

/** Something that opens; what is inside is made the first time. */
function folded(words, inside) {
  const box = make("details", "", make("summary", "", words));
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) box.append(inside());
  });
  return box;
}

function original(data) {
  const url = string(data.url);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const link = make("a", "", "original");
  link.href = url;
  link.rel = "noopener noreferrer nofollow external";
  link.title = new URL(url).host;
  return link;
}

/** The article that the event was read from, as a document with all that was found in it. */
function read(data) {
  return ours("article", "/v1/articles/", string(data.article));
}

function json(event) {
  return ours("JSON", "/v1/events/", string(event.position));
}

/** A link to something of this service; none where its name could lead elsewhere. */
function ours(words, folder, name) {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name)) return null;
  const link = make("a", "", words);
  link.href = folder + name;
  return link;
}

/** The mark for a gap: events that this page can no longer show, said and not passed over. */
export function gapMark(facts) {
  const told = typeof facts.count === "number" ? `${count(facts.count, "event")} missing here` : "Events are missing here";
  const mark = make("div", "gap", make("strong", "", told), make("span", "", `: ${gapInWords(facts.reason)}.`));
  mark.setAttribute("role", "note");
  const link = Object.values(facts).find((value) => typeof value === "string" && /^\/v1\/[^\\]*$/.test(value));
  if (link) {
    const kept = make("a", "", "See what is kept");
    kept.href = link;
    mark.append(" ", kept);
  }
  return mark;
}
