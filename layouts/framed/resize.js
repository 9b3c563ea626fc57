/* For pages that show frames of Tracking Support for the MDGs: gives each frame the height that it needs.
   <script src="https://…/embed/resize.js" async></script>, once on a page. Without it frames keep their own height. */
(function () {
  "use strict";

  const origin = new URL(document.currentScript.src).origin;
  const frames = () => Array.from(document.querySelectorAll("iframe"));

  window.addEventListener("message", function (event) {
    const data = event.data;
    if (event.origin !== origin || !data || data.type !== "mdg-embed-height") return;
    const height = Number(data.height);
    if (!(height > 0 && height < 20000)) return;
    for (const frame of frames()) {
      if (frame.contentWindow === event.source) frame.style.height = height + "px";
    }
  });

  for (const frame of frames()) { // those that were there before this script
    if (frame.src.startsWith(origin + "/embed/")) frame.contentWindow.postMessage({ type: "mdg-embed-ask" }, "*");
  }
})();
