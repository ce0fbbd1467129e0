/**
 * On a phone the keyboard covers the page without resizing it; the panel follows the part that is really visible.
 * Values set through the object model are no inline styles to a content security policy.
 */
export function followViewport(element: HTMLElement): void {
  const view = window.visualViewport;
  if (!view) return;
  const follow = (): void => {
    element.style.setProperty("--height", `${view.height}px`);
    element.style.setProperty("--top", `${view.offsetTop}px`);
  };
  view.addEventListener("resize", follow);
  view.addEventListener("scroll", follow);
  follow();
}

/** The company's colour and a text colour that can be read on it. */
export function paint(element: HTMLElement, color: string | undefined): void {
  if (!color || !CSS.supports("color", color)) return;
  const canvas = document.createElement("canvas").getContext("2d");
  if (!canvas) return;
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  const light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  element.style.setProperty("--accent", `rgb(${red} ${green} ${blue})`);
  // WCAG contrast with white is 1.05 / (light + 0.05); below 4.5 black text always has more than 4.5.
  element.style.setProperty("--on-accent", 1.05 / (light + 0.05) >= 4.5 ? "#fff" : "#111");
}

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
