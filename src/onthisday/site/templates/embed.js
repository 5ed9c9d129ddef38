// Of /embed/: show as many entries as the address asks for, light or dark, and tell the page around
// the frame how high all of it is. Without this script the page works too, in a frame of any height.
const asked = new URLSearchParams(location.search);
const theme = asked.get("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

addEventListener("DOMContentLoaded", () => {
  const most = parseInt(asked.get("items"), 10);
  if (most > 0) document.querySelectorAll(".item").forEach((item, place) => { item.hidden = place >= most; });
  if (parent === window) return;
  const tell = () => {
    document.body.classList.add("whole");
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    document.body.classList.remove("whole");
    parent.postMessage({ onthisday: height }, "*");
  };
  addEventListener("resize", tell);
  addEventListener("message", (event) => { if (event.source === parent) tell(); });
  tell();
});
