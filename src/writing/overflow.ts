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

/** What a page finds of its slides, for `fluxdeck check`. */
export interface Measured {
  /** Those that run over, by their ids. */
  overflows: Record<string, Overflow>;
  /** The widest that each picture shows, in pixels of the canvas, by its address. */
  pictures: Record<string, number>;
}

/** Measures every slide, those that don't show too, when all that they name is there. */
export async function measureAll(
  document: Document,
  slides: Iterable<HTMLElement>,
): Promise<Measured> {
  const measured: Measured = { overflows: {}, pictures: {} };
  await document.fonts.ready;
  for (const slide of slides) {
    const { display } = slide.style;
    const { hidden } = slide;
    slide.hidden = false;
    slide.style.display = 'grid';
    const pictures = [...slide.querySelectorAll('img')];
    // A picture that does not come is no picture.
    await Promise.allSettled(pictures.map((picture) => picture.decode()));
    for (const picture of pictures) {
      const address = picture.getAttribute('src') ?? '';
      measured.pictures[address] = Math.max(measured.pictures[address] ?? 0, picture.clientWidth);
    }
    const overflow = overflowOf(slide);
    if (overflow) measured.overflows[slide.dataset.id ?? ''] = overflow;
    slide.hidden = hidden;
    slide.style.display = display;
  }
  return measured;
}
