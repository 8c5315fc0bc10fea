"""How a page looks: on a desk and a phone, light and dark; legible, labelled, nothing cut off."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .browser import Browser
from .failure import demand

SCREENS = {"desk": (1280, 900), "phone": (375, 812)}

# Every text against what is behind it: the ratio of WCAG 2, which asks for 4.5.
CONTRAST = """
const channel = (value) => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
const luminance = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
const behind = (element) => {
  for (let one = element; one; one = one.parentElement) {
    const colour = numbers(getComputedStyle(one).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
const poor = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest('script, style')) continue;
  const two = [luminance(numbers(getComputedStyle(element).color)), luminance(behind(element))].sort((a, b) => b - a);
  const ratio = (two[0] + 0.05) / (two[1] + 0.05);
  if (ratio < 4.5) poor.push(`${texts.currentNode.data.trim().slice(0, 30)} ${ratio.toFixed(2)}`);
}
return poor;
"""

UNNAMED = """
const named = (element) => element.labels?.length || element.getAttribute('aria-label') || element.textContent.trim();
return [...document.querySelectorAll('button, select, input:not([type=hidden]), pre')]
  .filter((element) => !named(element)).map((element) => element.outerHTML.slice(0, 80));
"""

TOO_WIDE = """
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= width) return [];
return ['the page', ...[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1)
  .map((one) => one.outerHTML.slice(0, 60))];
"""


def look_at(
    browser: Browser, folder: Path, name: str, screens: Mapping[str, tuple[int, int]] = SCREENS
) -> None:
    """Every screen and scheme: a picture, and what a person would find wrong with it."""
    for screen, (width, height) in screens.items():
        for scheme in ("light", "dark"):
            browser.screen(width, height, dark=scheme == "dark")
            what = f"{name}, {screen}, {scheme}"
            if too_wide := browser.run(TOO_WIDE):
                demand(False, f"{what}: wider than the screen: {too_wide}")
            if poor := browser.run(CONTRAST):
                demand(False, f"{what}: hard to read: {poor}")
            browser.picture(folder / f"{name}-{screen}-{scheme}.png")
    unnamed = browser.run(UNNAMED)
    demand(not unnamed, f"{name}: without a label: {unnamed}")
    ground = "return getComputedStyle(document.body).backgroundColor"
    dark = browser.run(ground)
    browser.screen(*SCREENS["desk"])
    demand(browser.run(ground) != dark, f"{name}: light and dark are the same")
