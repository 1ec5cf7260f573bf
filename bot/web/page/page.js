// The chat in the browser. What comes from the server is data: every text goes into the page as text,
// never as markup, and links lead only where `safe` lets them.

const words = document.body.dataset;
const byId = (id) => document.getElementById(id);
const token = document.querySelector('meta[name="token"]').content;
const phone = matchMedia("(max-width: 899px)");
const mouse = matchMedia("(pointer: fine)"); // on a phone, focus in the field would raise the keyboard
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const [log, scroll, text, composer, commands] = ["log", "scroll", "text", "composer", "commands"].map(byId);
const explanations = new Map();
let menu = [];
let editing = null;
let explained = null;

// ---- asking the server

async function ask(path, content = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Token": token },
      body: JSON.stringify(content),
    });
  } catch {
    lost(true);
    return false;
  }
  if (answer.status === 403) lost(true);
  return answer.ok;
}

function lost(yes) {
  byId("lost").hidden = !yes;
}

function listen() {
  const events = new EventSource("/events");
  events.onopen = () => lost(false);
  events.onerror = () => lost(true);
  events.onmessage = (event) => {
    const happened = JSON.parse(event.data);
    if (happened.do === "closed") {
      lost(true);
      events.close();
    } else shows[happened.do](happened);
  };
}

const shows = {
  screen(screen) {
    if (screen.language !== document.documentElement.lang) {
      sessionStorage.setItem("draft", text.value);
      location.reload(); // the page's own words come from the server
      return;
    }
    explanations.clear();
    log.replaceChildren();
    shows.menu(screen);
    shows.day(screen);
    // what was said before is not read out again
    log.setAttribute("aria-live", "off");
    screen.messages.forEach(put);
    requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
    started();
    toEnd();
    document.body.dataset.ready = "yes";
  },
  menu(happened) {
    menu = happened.menu;
    byId("about").querySelector("p").textContent = happened.about;
  },
  put(happened) {
    const follow = atEnd();
    const before = log.lastElementChild;
    const element = put(happened.message);
    started();
    if (element !== before && follow) comeIntoView(element);
    else if (follow) toEnd();
  },
  drop(happened) {
    find(happened.id)?.remove();
    dates();
  },
  toast(toast) {
    if (toast.alert) {
      byId("alert-text").textContent = toast.text;
      byId("alert").showModal();
    } else say(toast.text);
  },
  typing(typing) {
    const follow = atEnd();
    byId("typing").hidden = !typing.on;
    byId("status").textContent = typing.on ? words.typing : words.bot;
    byId("status").classList.toggle("busy", typing.on);
    if (typing.on && follow) toEnd();
    if (!typing.on) log.querySelectorAll("[aria-busy]").forEach((each) => each.removeAttribute("aria-busy"));
  },
  day(day) {
    byId("day").value = day.day;
    byId("today").hidden = !day.pretended;
    byId("controls").classList.toggle("pretended", day.pretended);
  },
  news,
};

// ---- messages

const find = (id) => log.querySelector(`[data-id="${Number(id)}"]`);

function put(message) {
  const old = find(message.id);
  const element = drawn(message);
  if (message.explanation) explanations.set(message.id, message.explanation);
  if (old) {
    const focused = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
    const same = focused >= 0 ? document.activeElement.textContent : "";
    old.replaceWith(element);
    if (focused >= 0) focusAgain(element, focused, same);
  } else log.append(element);
  dates();
  if (message.explanation && (!phone.matches || explained === message.id)) explain(message.id);
  return element;
}

function focusAgain(element, number, label) {
  const targets = [...element.querySelectorAll("button, a")];
  const target = targets.find((each) => each.textContent === label) ?? targets[Math.min(number, targets.length - 1)];
  (target ?? scroll).focus({ preventScroll: true });
}

function drawn(message) {
  const element = copied("message");
  element.dataset.id = message.id;
  element.dataset.day = message.day;
  element.dataset.date = message.date;
  element.dataset.text = message.text;
  element.classList.add(message.by_bot ? "bot" : "own");
  element.querySelector("h3").textContent = message.by_bot ? words.name : words.you;
  element.querySelector(".body").append(...styled(message.runs));
  if (message.file) drawFile(element.querySelector(".file"), message.file);
  drawMeta(element.querySelector(".meta"), message);
  drawRows(element.querySelector(".rows"), message);
  if (message.by_bot && message.why) {
    const button = copied("why-button");
    button.addEventListener("click", () => explain(message.id, true));
    element.append(button);
  }
  if (!message.by_bot && message.text) {
    const button = copied("edit-button");
    button.addEventListener("click", () => beginEditing(message.id));
    element.prepend(button);
  }
  return element;
}

function drawMeta(meta, message) {
  meta.append(...message.reactions.map((each) => made("span", each, "reaction")));
  if (message.edited) meta.append(made("span", words.edited), " ");
  meta.append(made("time", message.time));
}

function drawFile(link, file) {
  link.hidden = false;
  link.href = file.href;
  link.download = file.name;
  link.querySelector("strong").textContent = file.name;
  link.querySelector("small").textContent = file.size;
}

function drawRows(place, message) {
  let number = 0;
  for (const row of message.rows) {
    const line = made("div", "", "row");
    for (const button of row) line.append(drawnButton(message.id, button, ++number));
    place.append(line);
  }
}

function drawnButton(id, button, number) {
  if (button.does === "link" && safe(button.value)) {
    const link = made("a", button.label);
    external(link, button.value);
    link.append(made("span", ` (${words.opensLink})`, "unseen"), copied("link-mark"));
    return link;
  }
  const made_ = made("button", button.label);
  made_.type = "button";
  if (button.does === "copy") {
    made_.append(made("span", ` (${words.copies})`, "unseen"), copied("copy-mark"));
    made_.addEventListener("click", () => copy(button.value));
  } else if (button.does === "press") {
    made_.addEventListener("click", async () => {
      if (made_.hasAttribute("aria-busy")) return;
      made_.setAttribute("aria-busy", "true");
      await ask("/press", { id, number });
      made_.removeAttribute("aria-busy");
    });
  } else made_.addEventListener("click", () => say(words.onlyTelegram));
  return made_;
}

// Telegram's styles, outermost first: each run of texts under one style becomes one element.
const ELEMENTS = [
  ["blockquote", "blockquote"], ["expandable_blockquote", "blockquote"], ["pre", "pre"], ["code", "code"],
  ["bold", "b"], ["italic", "i"], ["underline", "u"], ["strikethrough", "s"], ["spoiler", "span"],
];

function styled(runs, depth = 0) {
  if (depth === ELEMENTS.length) return runs.map(leaf);
  const [style, name] = ELEMENTS[depth];
  const parts = [];
  for (let first = 0; first < runs.length; ) {
    const has = runs[first].styles.includes(style);
    let end = first;
    while (end < runs.length && runs[end].styles.includes(style) === has) end++;
    const inner = styled(runs.slice(first, end), depth + 1);
    if (has) {
      const element = document.createElement(name);
      element.append(...inner);
      if (style === "spoiler") {
        element.className = "spoiler";
        element.addEventListener("click", () => element.classList.add("seen"), { once: true });
      }
      parts.push(element);
    } else parts.push(...inner);
    first = end;
  }
  return parts;
}

function leaf(run) {
  if (run.styles.includes("bot_command")) {
    const button = made("button", run.text, "command");
    button.type = "button";
    button.addEventListener("click", () => send(run.text));
    return button;
  }
  if (run.url && safe(run.url)) {
    const link = made("a", run.text);
    external(link, run.url);
    return link;
  }
  return document.createTextNode(run.text);
}

function safe(address) {
  return ["http:", "https:", "mailto:", "tg:"].includes(URL.parse?.(address)?.protocol ?? address.match(/^[a-z]+:/i)?.[0].toLowerCase());
}

// A link to this bot itself is followed here, as Telegram would: `/start` with what it carries.
function external(link, address) {
  const start = address.match(/^(?:https:\/\/t\.me\/|tg:\/\/resolve\?domain=)(\w+)[?&]start=([\w-]{1,64})$/);
  if (start?.[1] === words.username)
    link.addEventListener("click", (event) => {
      event.preventDefault();
      send(`/start ${start[2]}`);
    });
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
}

// A date stands before the first message of a day, as the day changes by the switch at the top, too.
function dates() {
  let day = "";
  for (const each of log.querySelectorAll(".message")) {
    const before = each.previousElementSibling;
    const has = before?.classList.contains("date") ? before : null;
    if (each.dataset.day === day) has?.remove();
    else if (!has) each.before(made("li", each.dataset.date, "date"));
    else if (has.textContent !== each.dataset.date) has.textContent = each.dataset.date;
    day = each.dataset.day;
  }
  log.querySelectorAll(".date:has(+ .date), .date:last-child").forEach((each) => each.remove());
}

function started() {
  const empty = !log.querySelector(".message");
  byId("about").hidden = !empty;
  byId("begin").hidden = !empty;
}

// ---- scrolling: follow what is new, but show a long answer from its first line

const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
const toEnd = () => scroll.scrollTo({ top: scroll.scrollHeight });

function comeIntoView(element) {
  const question = element.previousElementSibling;
  const from = question?.classList.contains("own") ? question : element;
  const top = from.offsetTop - 8;
  const fits = scroll.scrollHeight - top <= scroll.clientHeight;
  scroll.scrollTo({ top: fits ? scroll.scrollHeight : top, behavior: calm.matches ? "instant" : "smooth" });
}

scroll.addEventListener("scroll", () => (byId("down").hidden = atEnd()), { passive: true });
byId("down").addEventListener("click", () => {
  toEnd();
  write();
});

// ---- writing

const write = () => mouse.matches && text.focus();

async function send(said) {
  toEnd();
  return ask("/say", { text: said });
}

composer.addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = text.value.trim();
  if (!said) return;
  const changed = editing;
  text.value = "";
  grow();
  closeMenu();
  stopEditing();
  const done = changed === null ? await send(said) : await ask("/edit", { id: changed, text: said });
  if (!done && !text.value) text.value = said; // nothing written is lost
});

function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
  composer.classList.toggle("empty", !text.value.trim());
}

text.addEventListener("input", () => {
  grow();
  const command = text.value.match(/^\/(\w*)$/);
  if (command && editing === null) openMenu(command[1]);
  else closeMenu();
});

text.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const open = !commands.hidden;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    const chosen = open && commands.querySelector('[aria-selected="true"]');
    if (chosen) chosen.click();
    else composer.requestSubmit();
  } else if (event.key === "Escape") {
    if (open) closeMenu();
    else if (editing !== null) stopEditing(true);
  } else if (open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    choose(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "ArrowUp" && !text.value) {
    const own = [...log.querySelectorAll(".own")].pop();
    if (own) {
      event.preventDefault();
      beginEditing(Number(own.dataset.id));
    }
  }
});

byId("begin").addEventListener("click", () => send("/start").then(write));

// ---- changing what was said

function beginEditing(id) {
  editing = id;
  const said = find(id).dataset.text;
  byId("editing").hidden = false;
  byId("editing").querySelector(".old").textContent = said;
  text.value = said;
  grow();
  text.focus();
}

function stopEditing(clear = false) {
  editing = null;
  byId("editing").hidden = true;
  if (clear) text.value = "";
  grow();
}

byId("stop-editing").addEventListener("click", () => {
  stopEditing(true);
  text.focus();
});

// ---- the menu of commands

function openMenu(begun = "") {
  const fitting = menu.filter((each) => each.command.startsWith(`/${begun}`));
  commands.replaceChildren(
    ...fitting.map((each, number) => {
      const option = made("button", "", "option");
      option.type = "button";
      option.id = `command-${number}`;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      option.append(made("b", each.command), " ", made("span", each.text));
      option.addEventListener("click", () => {
        closeMenu();
        text.value = "";
        grow();
        send(each.command);
        write();
      });
      return option;
    }),
  );
  commands.hidden = !fitting.length;
  byId("menu").setAttribute("aria-expanded", String(!commands.hidden));
  if (begun && fitting.length) choose(1);
}

function closeMenu() {
  commands.hidden = true;
  byId("menu").setAttribute("aria-expanded", "false");
  text.removeAttribute("aria-activedescendant");
}

function choose(step) {
  const options = [...commands.children];
  const now = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const next = options[(Math.max(now, step < 0 ? 0 : -1) + step + options.length) % options.length];
  options.forEach((each) => each.setAttribute("aria-selected", String(each === next)));
  text.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

byId("menu").addEventListener("click", () => {
  if (commands.hidden) openMenu();
  else closeMenu();
  write();
});

document.addEventListener("click", (event) => {
  if (!commands.hidden && !event.target.closest("#commands, #composer")) closeMenu();
});

// ---- the panel that explains an answer

function explain(id, open = false) {
  const why = explanations.get(id);
  if (!why) return;
  explained = id;
  log.querySelectorAll(".explained").forEach((each) => each.classList.remove("explained"));
  find(id)?.classList.add("explained");
  const panel = byId("explained").content.cloneNode(true);
  const slot = (name) => panel.querySelector(`[data-slot="${name}"]`);
  for (const name of ["asked", "text", "hint", "outcome", "title"]) slot(name).textContent = why[name];
  slot("outcome").dataset.kind = why.kind;
  slot("outcome").hidden = !why.outcome;
  slot("hint").hidden = !why.hint;
  slot("place").append(...(why.place ? [place(why.place)] : []));
  for (const fact of why.facts) slot("facts").append(made("dt", fact.label), made("dd", fact.text));
  slot("notes").append(...why.notes.map((each) => made("p", each, "hint")));
  slot("sources").append(...why.sources.map((each) => made("li", each)));
  slot("candidates").append(...(why.candidates ?? []).map(candidate));
  slot("no-candidates").hidden = why.candidates?.length !== 0;
  slot("words").append(...why.words.map(word));
  const empty = {
    outcome: !why.outcome && !why.title,
    sources: !why.sources.length,
    candidates: why.candidates === null,
    words: !why.words.length,
  };
  for (const [name, is] of Object.entries(empty)) if (is) panel.querySelector(`section.${name}`).remove();
  byId("explanation").replaceChildren(panel);
  byId("explanation").scrollTop = 0;
  if (open) openWhy();
}

function candidate(each) {
  const element = copied("candidate");
  const slot = (name) => element.querySelector(`[data-slot="${name}"]`);
  for (const name of ["title", "entry", "score", "nearest", "parts"]) slot(name).textContent = each[name];
  slot("score").textContent = each.score.toLocaleString(document.documentElement.lang, { minimumFractionDigits: 2 });
  element.querySelector("meter").value = each.score;
  slot("nearest_place").append(place(each.nearest_place));
  return element;
}

function word(each) {
  const element = made("li", each.text);
  if (each.note) element.append(made("small", ` ${each.note}`));
  element.classList.toggle("light", each.weight < 0.5);
  return element;
}

function place(where) {
  const button = copied("place");
  const short = where.replace(/^knowledge\/data\//, "");
  button.querySelector("code").textContent = short;
  button.addEventListener("click", () => copy(where));
  return button;
}

function openWhy() {
  document.body.classList.add("why-open");
  document.body.classList.remove("why-closed");
  tellWhy();
  if (phone.matches) byId("hide-why").focus();
}

function closeWhy() {
  const inside = byId("why").contains(document.activeElement);
  document.body.classList.remove("why-open");
  document.body.classList.add("why-closed");
  tellWhy();
  if (inside) (find(explained)?.querySelector(".side") ?? byId("show-why")).focus();
}

function whyIsOpen() {
  return phone.matches ? document.body.classList.contains("why-open") : !document.body.classList.contains("why-closed");
}

function tellWhy() {
  const open = whyIsOpen();
  byId("why").inert = !open;
  byId("chat").inert = open && phone.matches; // a drawer over the chat keeps the keyboard
  byId("veil").hidden = !(open && phone.matches);
  byId("show-why").setAttribute("aria-expanded", String(open));
}

byId("show-why").addEventListener("click", () => (whyIsOpen() ? closeWhy() : openWhy()));
byId("hide-why").addEventListener("click", closeWhy);
byId("veil").addEventListener("click", closeWhy);
phone.addEventListener("change", tellWhy);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && phone.matches && whyIsOpen()) closeWhy();
});

// ---- what the files have to say

function news(news) {
  const box = byId("news");
  const shown = news.title || news.restart;
  box.hidden = !shown;
  box.className = news.level;
  box.querySelector("h2").textContent = news.title;
  box.querySelector("ul").replaceChildren(
    ...news.problems.map((each) => {
      const item = made("li", "", each.level);
      item.append(place(each.place), made("span", each.text));
      return item;
    }),
  );
  box.querySelector(".more").textContent = news.more;
  box.querySelector(".restart").textContent = news.restart;
  byId("again").hidden = !news.ask_again;
}

byId("hide-news").addEventListener("click", () => (byId("news").hidden = true));
byId("again").addEventListener("click", () => {
  byId("news").hidden = true;
  ask("/again");
});

// ---- the switches at the top

for (const each of document.querySelectorAll('[name="language"]'))
  each.addEventListener("change", () => ask("/language", { language: each.value }));
byId("day").addEventListener("change", (event) => {
  if (event.target.value) ask("/day", { day: event.target.value });
});
byId("today").addEventListener("click", () => ask("/day", { day: null }));
byId("anew").addEventListener("click", async () => {
  if (await ask("/anew")) location.reload();
});

// ---- small things

function made(name, said, className = "") {
  const element = document.createElement(name);
  element.textContent = said;
  if (className) element.className = className;
  return element;
}

function copied(template) {
  return byId(template).content.firstElementChild.cloneNode(true);
}

let fading;

function say(said) {
  const toast = byId("toast");
  toast.textContent = said;
  toast.classList.add("seen");
  clearTimeout(fading);
  fading = setTimeout(() => toast.classList.remove("seen"), 4000);
}

async function copy(what) {
  try {
    await navigator.clipboard.writeText(what);
    say(words.copied.replace("{text}", what));
  } catch {
    say(words.notCopied.replace("{text}", what));
  }
}

text.value = sessionStorage.getItem("draft") ?? "";
sessionStorage.removeItem("draft");
grow();
tellWhy();
listen();
write();
