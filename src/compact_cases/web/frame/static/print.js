// Shows the buttons that print the page. Without this file they stay hidden, and the browser prints as always.
for (const button of document.querySelectorAll("button[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
