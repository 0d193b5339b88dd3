/** By how much a slide's text is longer than its place; `lines` are at least one. */
export interface Overflow {
  /** Pixels of the canvas. */
  over: number;
  lines: number;
}

/** What rounding may make of a place that is full. */
const TOLERANCE = 2;

/** Measures a slide that is laid out. Undefined: all of it fits. */
export function overflowOf(section: HTMLElement): Overflow | undefined {
  const body = section.querySelector<HTMLElement>('.body');
  if (!body || section.offsetWidth === 0) return undefined;
  const scale = section.getBoundingClientRect().width / section.offsetWidth;
  const place = body.getBoundingClientRect();
  const boxes = [...body.querySelectorAll('*')]
    .filter((element) => !element.closest('svg > *, math > *, .visually-hidden'))
    .map((element) => element.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0);
  const top = Math.min(place.top, ...boxes.map((box) => box.top));
  const bottom = Math.max(place.bottom, ...boxes.map((box) => box.bottom));
  const over = Math.round((place.top - top + (bottom - place.bottom)) / scale);
  if (over <= TOLERANCE) return undefined;
  const line = Number.parseFloat(getComputedStyle(body).lineHeight);
  return { over, lines: Math.max(1, Math.ceil((over - TOLERANCE) / line)) };
}

/** Measures every slide, those that don't show too. @returns those that run over, by their ids */
export function measureAll(slides: Iterable<HTMLElement>): Record<string, Overflow> {
  const found: Record<string, Overflow> = {};
  for (const slide of slides) {
    const { hidden } = slide;
    const { display, position } = slide.style;
    slide.hidden = false;
    slide.style.display = 'grid';
    const overflow = overflowOf(slide);
    if (overflow) found[slide.dataset.id ?? ''] = overflow;
    slide.hidden = hidden;
    slide.style.display = display;
    slide.style.position = position;
  }
  return found;
}
