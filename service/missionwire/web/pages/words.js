// What the fields of an event are called on the page. Pure: values in, plain strings out.
// NAMES is written as JSON and kept equal to its twin in missionwire/cli/words.py; a test compares the two.

const NAMES = {
  "launch.lifted-off": "Lift-off",
  "launch.held": "Countdown held",
  "launch.resumed": "Countdown resumed",
  "launch.cleared": "Launch declared go",
  "orbit.inserted": "Orbit reached",
  "eva.started": "Spacewalk started",
  "eva.ended": "Spacewalk ended",
  "eva.scheduled": "Spacewalk scheduled",
  "eva.rescheduled": "Spacewalk rescheduled",
  "reentry.started": "Re-entry started",
  "landing.completed": "Landing",
  "splashdown.completed": "Splashdown",
  "docking.completed": "Docking",
  "undocking.completed": "Undocking",
  "flyby.completed": "Flyby",
  "crew.egressed": "Crew out of the spacecraft",
  "recovery.deployed": "Recovery teams set out",
  "event.corrected": "Correction of an earlier event",
  "event.retracted": "Earlier event withdrawn"
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_IN_FULL = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

const FAMILIES = {
  launch: "ascent", stage: "ascent", payload: "ascent",
  orbit: "flight", maneuver: "flight", flyby: "flight", docking: "flight", undocking: "flight",
  spacecraft: "flight", hatch: "flight",
  crew: "people", eva: "people", experiment: "people", filming: "people", test: "people",
  reentry: "return", landing: "return", splashdown: "return", recovery: "return",
  anomaly: "trouble",
};

/** Parts of designations that are written in capitals, and those whose number hangs on a hyphen. */
const CAPITALS = new Set(["ms", "tma", "tm", "sts", "crs", "ng", "htv", "atv", "iss", "vss", "cst"]);
const HYPHENED = new Set(["crew", "cargo", ...CAPITALS]);

const NARRATIONS = {
  planned: "Told as a plan, not as something that happened",
  background: "History, told in passing",
  quoted: "Known only from someone's words",
};

const GAP_REASONS = {
  trimmed: "those events were trimmed to make room",
  epoch: "the place belongs to another history of this wire",
  ahead: "the place lies after the end of this wire",
  malformed: "the place could not be read",
};

const RFC3339_UTC = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/;

/** A type in plain words: `missionwire.docking.completed` is "Docking"; a foreign type stays as it is. */
export function typeInWords(type) {
  if (!type.startsWith("missionwire.")) return type;
  const name = type.slice("missionwire.".length);
  if (Object.hasOwn(NAMES, name)) return NAMES[name];
  const words = name.replace(/[.-]+/g, " ").trim();
  return words ? words[0].toUpperCase() + words.slice(1) : type;
}

/** A mission's slug as it is written: `soyuz-ms-18` is "Soyuz MS-18"; what is no slug stays as it is. */
export function missionInWords(subject) {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(subject)) return subject;
  return subject.split("-").map((part, index, parts) => {
    const word = CAPITALS.has(part) || /^\d+[a-z]$/.test(part) ? part.toUpperCase() : part[0].toUpperCase() + part.slice(1);
    if (index === 0) return word;
    return /^\d/.test(part) && HYPHENED.has(parts[index - 1]) ? `-${word}` : ` ${word}`;
  }).join("");
}

/** Which colour a type has: ascent, flight, people, return, trouble or other. */
export function familyOf(type) {
  const [, noun = "", verb = ""] = type.split(".");
  if (["failed", "aborted", "scrubbed"].includes(verb)) return "trouble";
  return Object.hasOwn(FAMILIES, noun) ? FAMILIES[noun] : "other";
}

/** A time with no more precision than its source gave: `{date, clock, machine}`, each a string, empty where unknown. */
export function timeInWords(time, precision) {
  if (!time) return { date: "time not known", clock: "", machine: "" };
  const found = RFC3339_UTC.exec(time);
  const month = found ? Number(found[2]) : 0;
  if (!found || month < 1 || month > 12) return { date: time, clock: "", machine: "" };
  const [, year, monthDigits, day, hour, minute, second] = found;
  const date = `${Number(day)} ${MONTHS[month - 1]} ${year}`;
  const next = String((Number(hour) + 1) % 24).padStart(2, "0");
  switch (precision) {
    case "year": return { date: year, clock: "year only", machine: year };
    case "month":
      return { date: `${MONTHS_IN_FULL[month - 1]} ${year}`, clock: "month only", machine: `${year}-${monthDigits}` };
    case "day": return { date, clock: "day only", machine: `${year}-${monthDigits}-${day}` };
    case "hour": return { date, clock: `${hour}:00–${next}:00 UTC`, machine: time };
    case "minute": return { date, clock: `${hour}:${minute} UTC`, machine: time };
    case "second": return { date, clock: `${hour}:${minute}:${second} UTC`, machine: time };
    case "unknown": return { date, clock: `${hour}:${minute} UTC, precision not known`, machine: time };
    default: return { date, clock: `${hour}:${minute}${second === "00" ? "" : `:${second}`} UTC`, machine: time };
  }
}

/** What a way of telling means, or "" for an event that is the news itself. */
export function narrationInWords(narration) {
  return Object.hasOwn(NARRATIONS, narration) ? NARRATIONS[narration] : "";
}

/** Why a gap is there. */
export function gapInWords(reason) {
  return Object.hasOwn(GAP_REASONS, reason) ? GAP_REASONS[reason] : "the reason was not given";
}

/** `spaceflight-participant` is "spaceflight participant", `time_precision` is "time precision". */
export function plain(slug) {
  return slug.replace(/[-_]+/g, " ").trim();
}

/** A confidence of 0..1 as "95% sure", or "" where none is given. */
export function sureness(confidence) {
  return typeof confidence === "number" && confidence >= 0 && confidence <= 1
    ? `${Math.round(confidence * 100)}% sure` : "";
}

/** "1 correction", "2 corrections". */
export function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
