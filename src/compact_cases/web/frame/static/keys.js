// On the list of cases: j and k go from case to case, Enter opens one as always. Who does not want keys that
// are single letters turns them off; the browser remembers that (WCAG 2.1.4). Without this file, Tab does it.
const OFF = "list-keys-off";
const links = [...document.querySelectorAll(".rows.cases a.reference")];
const isOff = () => localStorage.getItem(OFF) === "yes";

const line = document.createElement("p");
const words = document.createElement("span");
const turn = document.createElement("button");
line.className = "keys small quiet no-print";
turn.className = "as-link";
turn.type = "button";
line.append(words, " ", turn);
if (links.length) document.querySelector(".rows.cases").after(line);

const tell = () => {
  words.textContent = isOff() ? "The keys j and k are off." : "The keys j and k go down and up this list, Enter opens a case.";
  turn.textContent = isOff() ? "Turn them on" : "Turn them off";
};
turn.addEventListener("click", () => {
  localStorage.setItem(OFF, isOff() ? "no" : "yes");
  tell();
});
tell();

document.addEventListener("keydown", (event) => {
  const way = { j: 1, k: -1 }[event.key];
  const isTyping = event.target.closest("input, select, textarea");
  if (!way || isOff() || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (way > 0 ? 0 : links.length - 1) : at + way;
  links[next]?.focus();
});
