// The npm package `cloudevents`: `read` parses what the service gives, `send` publishes in each mode.
// The work comes as JSON on standard input, the outcome goes as JSON to standard output.
import { readFileSync } from "node:fs";
import { CloudEvent, CONSTANTS, HTTP } from "cloudevents";

const work = {
  read: ({ messages }) => messages.map((message) => HTTP.toEvent(message)),

  send: async ({ url, events, mode }) => {
    const made = events.map((event) => new CloudEvent(event));
    const messages =
      mode === "batch"
        ? [{ headers: { "content-type": CONSTANTS.MIME_CE_BATCH }, body: JSON.stringify(made) }]
        : made.map((event) => HTTP[mode](event));
    const answers = [];
    for (const { headers, body } of messages) {
      const answer = await fetch(url, { method: "POST", headers, body });
      answers.push({ status: answer.status, body: await answer.json() });
    }
    return { answers, sent: made };
  },
};

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await work[process.argv[2]](asked)));
