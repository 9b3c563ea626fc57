"""Pictures of panels as a script sees them: every text of each with the box of its ink, and what is wrong with any."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

PICTURES = """async ([shapes, look]) => {
  const { picture } = await import("/assets/asked/picture.js");
  const canvas = document.createElement("canvas").getContext("2d"), made = [];
  const ink = (line) => {
    const at = line.getBoundingClientRect(), style = getComputedStyle(line);
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const of = canvas.measureText(line.textContent), whole = of.fontBoundingBoxAscent + of.fontBoundingBoxDescent;
    const above = (of.fontBoundingBoxAscent - of.actualBoundingBoxAscent) / whole * at.height;
    const below = (of.fontBoundingBoxDescent - of.actualBoundingBoxDescent) / whole * at.height;
    return [at.left, at.top + above, at.right, at.bottom - below];
  };
  const clipped = (line, host, whole) => {
    for (let one = line.parentElement; one !== host; one = one.parentElement) if (one.tagName === "svg") {
      const at = one.getBoundingClientRect();
      whole = [...[at.left, at.top].map((end, i) => Math.max(end, whole[i])),
        ...[at.right, at.bottom].map((end, i) => Math.min(end, whole[i + 2]))];
    }
    return whole;
  };
  for (const panel of document.querySelectorAll("[data-panel], [data-leaves]"))
    for (const shape of shapes) {
      const { svg, width, height } = await picture(panel, { shape, ...look });
      const host = document.createElement("div");
      host.style.cssText = "position:absolute;left:0;top:0";
      host.innerHTML = svg;
      document.body.append(host);
      const lines = [...host.querySelectorAll("text")]
        .flatMap((text) => text.querySelector("tspan.line") ? [...text.querySelectorAll("tspan.line")] : [text])
        .filter((text) => text.textContent.trim() && getComputedStyle(text).opacity !== "0");
      made.push({ panel: panel.dataset.panel || panel.dataset.leaves, shape, width, height, svg, said: host.textContent,
        texts: lines.map((line) => [line.textContent, ink(line), clipped(line, host, [0, 0, width, height])]),
        source: { ...panel.querySelector(".source").dataset, line: panel.querySelector(".source").textContent },
        title: panel.querySelector("h2").textContent, subtitle: panel.querySelector(".sub").textContent });
      host.remove();
    }
  return made;
}"""
ABSENT = ".."  # the sign of what is not reported, on the shape of a country: neighbours may both have it
NEAR = 1.0  # pixels between texts of two lines


def pictures(page: Page, shapes: list[str], **look: str) -> list[dict[str, Any]]:
    """Of every panel of a page, and of every figure that leaves as panels do."""
    return list(page.evaluate(PICTURES, [shapes, look]))


def faults(one: dict[str, Any]) -> list[str]:
    """Texts of a picture that are cut, or stand on one another."""
    texts = [text for text in one["texts"] if text[0] != ABSENT]
    about = f"{one['panel']}, {one['shape']}"
    cut = [f"{about}: “{words}” is cut" for words, box, room in texts if _leaves(box, room)]
    pairs = [(a, b) for at, a in enumerate(texts) for b in texts[:at]]
    return cut + [f"{about}: “{a[0]}” meets “{b[0]}”" for a, b in pairs if _meet(a[1], b[1])]


def _leaves(box: list[float], room: list[float]) -> bool:
    left, top, right, foot = box
    return left < room[0] - 0.5 or top < room[1] - 0.5 or right > room[2] + 0.5 or foot > room[3] + 0.5


def _meet(a: list[float], b: list[float]) -> bool:
    """Words of one line may follow each other closely; lines may not."""
    near = -0.5 if round(a[3]) == round(b[3]) else NEAR
    return a[0] < b[2] + near and b[0] < a[2] + near and a[1] < b[3] + near and b[1] < a[3] + near
