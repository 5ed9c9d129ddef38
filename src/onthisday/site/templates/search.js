// Of /search/: shows what is found while a person types. It asks index.json?q=… first. `serve` answers
// with what was found. On a static site the answer is a file that says where the words are; then this
// script finds the entries itself, as search/ does in Python: it folds, reads and marks alike.
const GIVEN = {};
const { tables, said } = GIVEN;

// Folding (search/folding.py): each character by itself.

const folds = new Map();
const isIn = (code, ranges) => ranges.some(([first, last]) => first <= code && code <= last);
const isUnspaced = (character) => isIn(character.codePointAt(0), tables.unspaced);
const areOneWord = (before, after) =>
  before !== " " && after !== " " && !isUnspaced(before) && !isUnspaced(after);

function foldLetter(letter) {
  const code = letter.codePointAt(0);
  if (isIn(code, tables.dropped)) return "";
  const zero = tables.zeros.find((zero) => zero <= code && code < zero + 10);
  if (zero) return String(code - zero);
  return tables.letters[letter] ?? (/[\p{L}\p{M}\p{N}]/u.test(letter) ? letter : " ");
}

function foldCharacter(character) {
  if (!folds.has(character)) {
    const letters = character.normalize("NFKD").toLowerCase().normalize("NFKD");
    folds.set(character, /\p{Cf}/u.test(character) ? "" : Array.from(letters, foldLetter).join(""));
  }
  return folds.get(character);
}

const fold = (text) => Array.from(text, foldCharacter).join("");
const split = (text) => text.split(/\s+/u).filter(Boolean);

// Words and questions (search/words.py, search/query.py).

function words(folded) {
  const found = [];
  for (const word of folded.split(" ").filter(Boolean)) {
    const runs = [];
    for (const character of word) {
      const last = runs.at(-1), unspaced = isUnspaced(character);
      if (last && last.unspaced === unspaced) last.characters.push(character);
      else runs.push({ unspaced, characters: [character] });
    }
    for (const { unspaced, characters } of runs) {
      if (unspaced) characters.forEach((_, place) => found.push(characters.slice(place, place + 2).join("")));
      else found.push(characters.slice(0, 64).join(""));
    }
  }
  return found;
}

function termOf(piece, typed) {
  const every = split(fold(piece)), text = every.slice(0, GIVEN.together_words).join(" ");
  const characters = Array.from(text), found = words(text);
  let begun = false;
  if (found.length && isUnspaced(found.at(-1))) {
    begun = characters.length < 2 || !isUnspaced(characters.at(-2));
    if (!begun) found.pop();
  }
  const goesOn = typed && every.length <= GIVEN.together_words && !begun && found.length > 0 && Array.from(found.at(-1)).length >= 2;
  return { text, words: found, begun: begun || goesOn, typed: goesOn };
}

function termsOf(text) {
  const asked = Array.from(text.trimStart()).slice(0, GIVEN.longest).join("");
  const parts = asked.split(/["“”„«»]/u), found = [];
  parts.forEach((part, number) => {
    const pieces = number % 2 ? [part] : split(part);
    const isOpen = number === parts.length - 1 && !/\s$/u.test(part);
    pieces.forEach((piece, place) => found.push(termOf(piece, isOpen && place === pieces.length - 1)));
  });
  return few(found.filter((term) => term.words.length));
}

function few(terms) {
  const seen = new Set();
  let count = 0;
  const once = terms.filter((term) => !seen.has(JSON.stringify(term)) && seen.add(JSON.stringify(term)));
  return once.filter((term) => (count += term.text.split(" ").length) <= GIVEN.most_words);
}

// Marking (search/marking.py). Places are counted in code points.

function withPlaces(characters) {
  const folded = [], places = [];
  characters.forEach((character, place) => {
    for (const letter of foldCharacter(character)) {
      if (letter === " " && (!folded.length || folded.at(-1) === " ")) continue;
      folded.push(letter);
      places.push(place);
    }
  });
  return { folded, places };
}

function spansOf(folded, term) {
  const sought = Array.from(term.text), found = [];
  for (let start = 0; start + sought.length <= folded.length; start++) {
    const end = start + sought.length;
    if (!sought.every((letter, place) => folded[start + place] === letter)) continue;
    if (start && areOneWord(folded[start - 1], folded[start])) continue;
    if (end < folded.length && !term.begun && areOneWord(folded[end - 1], folded[end])) continue;
    found.push([start, end]);
  }
  return found;
}

const has = (text, term) => spansOf(withPlaces(Array.from(text)).folded, term).length > 0;

function marksOf(text, terms) {
  const characters = Array.from(text), { folded, places } = withPlaces(characters), marks = [];
  const spans = terms.flatMap((term) => spansOf(folded, term));
  for (const [start, end] of spans.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    let last = places[end - 1] + 1;
    while (last < characters.length && !foldCharacter(characters[last])) last++;
    const before = marks.at(-1);
    if (before && places[start] <= before[1]) before[1] = Math.max(before[1], last);
    else marks.push([places[start], last]);
  }
  return marks;
}

function snippet(shown, texts, terms) {
  const left = terms.filter((term) => !shown.some((text) => has(text, term)));
  let best = "", most = -1;
  for (const text of texts) {
    const hits = left.filter((term) => has(text, term)).length;
    if (hits > most) [best, most] = [text, hits];
  }
  return cut(Array.from(best), marksOf(best, terms));
}

function cut(characters, marks) {
  const room = GIVEN.room, length = characters.length;
  if (length <= room) return { text: characters.join(""), marks };
  const first = Math.min((marks.length ? marks[0][0] : 0) - 60, length - room);
  const start = first > 0 ? startAt(characters, first) : 0;
  const end = start + room >= length ? length : endAt(characters, start + room);
  const before = start ? "…" : "", moved = before.length - start;
  const text = before + characters.slice(start, end).join("") + (end < length ? "…" : "");
  return { text, marks: marks.filter((mark) => mark[1] <= end).map((mark) => mark.map((place) => place + moved)) };
}

function startAt(characters, place) {
  const space = characters.slice(place, place + 20).indexOf(" ");
  return space >= 0 ? place + space + 1 : atCluster(characters, place);
}

function endAt(characters, place) {
  const space = characters.slice(place - 20, place).lastIndexOf(" ");
  return space >= 0 ? place - 20 + space : atCluster(characters, place);
}

function atCluster(characters, place) {
  while (place < characters.length && /\p{M}/u.test(characters[place])) place++;
  return place;
}

// The files of a static site (site/browser_index.py).

const files = new Map();

async function load(name) {
  const reply = await fetch(name);
  const told = await reply.json();
  if (!reply.ok && !told.error) throw new Error(`${name}: ${reply.status}`);
  return told;
}

function file(name) {
  if (!files.has(name)) {
    files.set(name, load(name));
    files.get(name).catch(() => files.delete(name)); // the next search tries again
  }
  return files.get(name);
}

// Return the entries that have a word or, if it is begun, a word that begins so: number -> part.
async function entriesWith(word, begun, firsts) {
  const first = Math.max(0, firsts.findLastIndex((each) => each <= word));
  const past = firsts.findIndex((each) => each > word && !(begun && each.startsWith(word)));
  const numbers = firsts.slice(first, past < 0 ? undefined : past).map((_, place) => first + place);
  const found = new Map();
  for (const shard of await Promise.all(numbers.map((number) => file(`${GIVEN.folder}words/${number}.json`)))) {
    const fitting = begun ? Object.keys(shard).filter((each) => each.startsWith(word)) : [word];
    for (const each of fitting) {
      if (Object.hasOwn(shard, each)) shard[each].forEach((steps, part) => addTo(found, steps, part));
    }
  }
  return found;
}

function addTo(found, steps, part) {
  let number = 0;
  for (const step of steps) {
    number += step;
    found.set(number, Math.min(part, found.get(number) ?? Infinity));
  }
}

async function entriesWithTerm(term, begun, firsts) {
  const lists = await Promise.all(
    term.words.map((word, place) => entriesWith(word, begun && place === term.words.length - 1, firsts)),
  );
  return lists.reduce(both);
}

function both(one, other) {
  const found = new Map();
  for (const [number, part] of one) {
    if (other.has(number)) found.set(number, Math.max(part, other.get(number)));
  }
  return found;
}

// Return the numbers of the entries that have all terms, the best first.
async function ranked(terms, firsts) {
  const begun = await Promise.all(terms.map((term) => entriesWithTerm(term, term.begun, firsts)));
  const whole = await Promise.all(
    terms.map((term, place) => (term.typed ? entriesWithTerm(term, false, firsts) : begun[place])),
  );
  const exact = whole.reduce(both), ranks = new Map();
  for (const [number, part] of begun.reduce(both)) {
    ranks.set(number, Math.min(2 * part + 1, 2 * (exact.get(number) ?? Infinity)));
  }
  return [...ranks].sort((one, other) => one[1] - other[1] || one[0] - other[0]).map(([number]) => number);
}

async function shownOf(number) {
  const together = await file(`entries/${Math.floor(number / GIVEN.together)}.json`);
  return together[number % GIVEN.together];
}

async function findHere(asked, firsts) {
  const terms = termsOf(asked), hits = [];
  const phrases = terms.filter((term) => term.words.length > 1);
  const numbers = terms.length ? await ranked(terms, firsts) : [];
  for (let first = 0; first < Math.min(numbers.length, 400) && hits.length <= GIVEN.shown; first += GIVEN.shown + 1) {
    const entries = await Promise.all(numbers.slice(first, first + GIVEN.shown + 1).map(shownOf));
    for (const entry of entries) {
      const texts = [...entry.near, ...entry.answers, ...entry.documents];
      const shown = [entry.title, entry.when, entry.place ?? ""];
      if (!phrases.every((term) => [...shown, ...texts].some((text) => has(text, term)))) continue;
      const told = snippet(shown, texts, terms);
      const marks = { title: marksOf(entry.title, terms), snippet: told.marks };
      hits.push({ ...entry, snippet: told.text, marks });
    }
  }
  return { q: asked.trim(), hits: hits.slice(0, GIVEN.shown), more: hits.length > GIVEN.shown };
}

// The page.

const form = document.getElementById("search"), box = form.elements.q;
const status = document.getElementById("said"), list = document.getElementById("hits");
let manifest = null, latest = 0, waiting = 0;

async function find(asked) {
  if (!manifest) {
    const told = await load(`index.json?q=${encodeURIComponent(asked)}`);
    if (told.hits || told.error) return told;
    manifest = told;
  }
  return manifest.shards ? findHere(asked, manifest.shards) : { q: asked, error: said.too_many };
}

async function search() {
  const asked = box.value, turn = ++latest;
  history.replaceState(null, "", asked.trim() ? `?q=${encodeURIComponent(asked)}` : location.pathname);
  const told = asked.trim() ? await find(asked).catch(() => ({ error: said.failed })) : { q: "", hits: [] };
  if (turn !== latest) return; // the person has typed on meanwhile
  status.textContent = told.error ?? saidOf(told);
  list.replaceChildren(...(told.hits ?? []).map(item));
  if ([said.making, said.busy].includes(told.error)) waiting = setTimeout(search, 3000);
}

function saidOf({ q, hits, more }) {
  if (!q) return said.nothing;
  const asked = q.includes('"') ? q : said.quoted.replace("{asked}", () => q);
  return (more ? said.more : said.found[hits.length]).replace("{asked}", () => asked);
}

function item(hit) {
  const own = document.createElement("li"), when = document.createElement("p");
  const title = document.createElement("h2"), link = document.createElement("a"), text = document.createElement("p");
  when.className = "when";
  const place = hit.place && document.dir === "rtl" ? `\u2068${hit.place}\u2069` : hit.place;
  when.textContent = [hit.when, place, hit.withdrawn && said.withdrawn].filter(Boolean).join(" · ");
  title.className = "title";
  title.dir = text.dir = "auto";
  link.href = `../entries/${hit.id}/`;
  link.append(...pieces(hit.title, hit.marks.title));
  title.append(link);
  text.append(...pieces(hit.snippet, hit.marks.snippet));
  own.append(when, title, text);
  return own;
}

function pieces(text, marks) {
  const characters = Array.from(text), found = [];
  let end = 0;
  for (const [start, stop] of marks) {
    const mark = document.createElement("mark");
    mark.textContent = characters.slice(start, stop).join("");
    found.push(characters.slice(end, start).join(""), mark);
    end = stop;
  }
  return [...found, characters.slice(end).join("")];
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 200);
});
const asked = new URLSearchParams(location.search).get("q");
if (asked && !status.textContent) { // `serve` has answered already; a static site has not
  box.value = asked;
  search();
}
