// Where the corrections of a text stand in it. Pure. Offsets are Unicode code points, so the text is taken apart by
// code point and never by UTF-16 unit.

/**
 * Cuts a text into pieces, in reading order: `{kind, text, correction}` with kind `same`, `edit` (`text` is what stood
 * there, `correction.replacement` what stands there now) or `suggested` (an edit that was not applied).
 *
 * Gives null where the applied corrections do not lead from `original` to `published`: then the marks would be wrong,
 * and the text is better shown without them.
 */
export function pieces(original, published, corrections) {
  const points = Array.from(original);
  const marks = corrections.filter((mark) => fits(points, mark)).sort(byPlace);
  const edits = marks.filter((mark) => mark.applied === true);
  if (!apart(edits) || read(points, edits) !== published) return null;
  const chosen = [...edits];
  for (const mark of marks) {
    if (mark.applied !== true && !chosen.some((other) => overlap(other, mark))) chosen.push(mark);
  }
  return cut(points, chosen.sort(byPlace));
}

/** Tells whether a correction is well formed and its `original` is what stands at its place. */
function fits(points, mark) {
  return Number.isInteger(mark.start) && Number.isInteger(mark.end)
    && mark.start >= 0 && mark.start <= mark.end && mark.end <= points.length
    && typeof mark.replacement === "string"
    && points.slice(mark.start, mark.end).join("") === mark.original;
}

function byPlace(one, other) {
  return one.start - other.start || one.end - other.end;
}

function apart(edits) {
  return edits.every((edit, index) => index === 0 || edits[index - 1].end <= edit.start);
}

function overlap(one, other) {
  return one.start < other.end && other.start < one.end
    || (one.start === one.end || other.start === other.end) && one.start <= other.end && other.start <= one.end;
}

function read(points, edits) {
  const parts = [];
  let place = 0;
  for (const edit of edits) {
    parts.push(points.slice(place, edit.start).join(""), edit.replacement);
    place = edit.end;
  }
  parts.push(points.slice(place).join(""));
  return parts.join("");
}

function cut(points, marks) {
  const made = [];
  let place = 0;
  const same = (end) => {
    if (end > place) made.push({ kind: "same", text: points.slice(place, end).join(""), correction: null });
  };
  for (const mark of marks) {
    same(mark.start);
    const text = points.slice(mark.start, mark.end).join("");
    made.push({ kind: mark.applied === true ? "edit" : "suggested", text, correction: mark });
    place = mark.end;
  }
  same(points.length);
  return made;
}
