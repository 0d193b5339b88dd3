/** A new element. What comes from a cluster is text, never HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = '',
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Writes only what is new, so that nothing is read out or laid out again. */
export function write(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
