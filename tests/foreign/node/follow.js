// Follows a feed with the npm package `eventsource`, which does what browsers do: it comes back by itself, or gives up.
// Writes one JSON object a line: each frame as it came, and `told` for what happened to the connection.
import { EventSource } from "eventsource";

const tell = (told) => process.stdout.write(JSON.stringify(told) + "\n");

const source = new EventSource(process.argv[2], {
  fetch: async (url, init) => {
    tell({ told: "request", last: init.headers["Last-Event-ID"] ?? "" });
    const answer = await fetch(url, init);
    tell({ told: "answer", status: answer.status });
    return answer;
  },
});

for (const name of ["message", "position", "gap", "end", "goodbye", "busy"]) {
  source.addEventListener(name, (event) => tell({ event: name, id: event.lastEventId, data: event.data }));
}
source.onerror = (error) => {
  // nothing ends this program: once the source has given up for good, nothing is left for it to do
  tell({ told: source.readyState === source.CLOSED ? "over" : "broken", why: error.message ?? "" });
};
