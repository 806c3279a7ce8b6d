// Says under a box how much room is left, once three quarters of it are used. Without this file the answer says so.
for (const box of document.querySelectorAll("textarea[data-counts]")) {
  const most = Number(box.dataset.counts);
  const line = document.createElement("p");
  line.className = "hint";
  line.setAttribute("aria-live", "polite");
  box.after(line);
  const tell = () => {
    const left = most - box.value.length;
    line.textContent = left > most / 4 ? "" : left < 0
      ? `Please shorten this by ${(-left).toLocaleString("en-GB")} characters.`
      : `There is room for ${left.toLocaleString("en-GB")} more characters.`;
  };
  box.addEventListener("input", tell);
  tell();
}
