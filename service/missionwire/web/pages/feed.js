// One follower of /v1/feed. EventSource resumes by itself after a break; what is here is what it leaves out: giving up
// for good on any answer but 200, never noticing a dead line, and the named frames of this feed.

/** A live stream sends something about every 15 s; comments cannot be seen from here, so silence is asked about. */
const SILENCE_MS = 45_000;
const DELAY_MIN_MS = 1_000;
const DELAY_MAX_MS = 30_000;
/** A quick, quiet reopening after silence is no news to a reader; only a slow one is told. */
const QUIET_MS = 3_000;

/**
 * Follows the feed and keeps its place.
 *
 * `address(lastId)` gives the URL to open, `refusal()` a promise of why the service refuses such a request, or "" where
 * it does not. `hear` has `event(text, id)`, `gap(facts)` and `state(name, detail)` with the states `connecting`,
 * `live`, `waiting`, `busy`, `leaving`, `ended`, `refused` and `resting`.
 */
export class Feed {
  #address;
  #refusal;
  #hear;
  #source = null;
  #lastId = "";
  #failures = 0;
  #state = "";
  #silence = 0;
  #again = 0;
  #told = 0;

  constructor(address, refusal, hear) {
    this.#address = address;
    this.#refusal = refusal;
    this.#hear = hear;
  }

  /** Opens the stream at the place kept, or at its start; an open one is closed first. */
  open() {
    this.#connect(() => this.#tell("connecting"));
  }

  /** Forgets the place and opens at the start: after a change of filter. */
  restart() {
    this.#lastId = "";
    this.#failures = 0;
    this.open();
  }

  /** Closes the stream and keeps the place. */
  rest() {
    this.#close();
    this.#tell("resting");
  }

  #connect(tell) {
    this.#close();
    tell();
    const source = new EventSource(this.#address(this.#lastId));
    this.#source = source;
    const on = (name, act) => source.addEventListener(name, (frame) => {
      if (source === this.#source) act(frame);
    });
    on("message", (frame) => {
      this.#seen(frame);
      this.#hear.event(frame.data, frame.lastEventId);
    });
    on("position", (frame) => this.#seen(frame));
    on("gap", (frame) => {
      this.#seen(frame);
      this.#hear.gap(facts(frame.data));
    });
    on("goodbye", (frame) => {
      this.#seen(frame);
      this.#tell("leaving");
    });
    on("busy", () => {
      this.#listen();
      this.#tell("busy");
    });
    on("end", () => this.#finish("ended"));
    on("error", () => this.#broken(source));
    this.#listen();
  }

  #seen(frame) {
    if (frame.lastEventId) this.#lastId = frame.lastEventId;
    this.#failures = 0;
    clearTimeout(this.#told);
    this.#listen();
    this.#tell("live");
  }

  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#connect(() => {
      this.#told = setTimeout(() => this.#tell("connecting"), QUIET_MS);
    }), SILENCE_MS);
  }

  async #broken(source) {
    if (source.readyState !== EventSource.CLOSED) {
      // The browser comes back by itself; why it has to was perhaps told already.
      if (this.#state !== "busy" && this.#state !== "leaving") this.#tell("waiting");
      return;
    }
    this.#close();
    const delay = Math.min(DELAY_MAX_MS, DELAY_MIN_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    this.#tell("waiting", `next try in ${Math.ceil(delay / 1000)} s`);
    const again = setTimeout(() => this.#connect(() => {}), delay);
    this.#again = again;
    const why = await this.#refusal();
    if (why && this.#again === again) this.#finish("refused", why);
  }

  #tell(state, detail = "") {
    this.#state = state;
    this.#hear.state(state, detail);
  }

  #finish(state, detail = "") {
    this.#close();
    this.#tell(state, detail);
  }

  #close() {
    clearTimeout(this.#silence);
    clearTimeout(this.#again);
    clearTimeout(this.#told);
    this.#again = 0;
    this.#source?.close();
    this.#source = null;
  }
}

function facts(text) {
  try {
    const made = JSON.parse(text);
    return made && typeof made === "object" ? made : {};
  } catch {
    return {};
  }
}
