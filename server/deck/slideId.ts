/**
 * Ids that last when slides are moved: what an author chose wins, else it is the title, with `-2`
 * for the second of that title. None is a number: those are the slides' places in addresses.
 */
export function slideIds(
  slides: readonly { title: string; chosen: string | undefined }[],
): string[] {
  /** Ids in use, each with the number that the next of that name may get. */
  const taken = new Map<string, number>();
  const ids = slides.map(({ chosen }) => {
    const id = chosen === undefined ? '' : idOf(chosen);
    return id === '' ? undefined : claim(id, taken);
  });
  return ids.map((id, index) => id ?? claim(idOf(slides[index]?.title ?? '') || 'slide', taken));
}

function claim(wanted: string, taken: Map<string, number>): string {
  let id = wanted;
  let number = taken.get(wanted) ?? 2;
  while (taken.has(id)) id = `${wanted}-${number++}`;
  taken.set(wanted, number);
  if (id !== wanted) taken.set(id, 2);
  return id;
}

function idOf(text: string): string {
  const id = text
    .toLowerCase()
    .normalize('NFC')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return /^\d+$/.test(id) ? `slide-${id}` : id;
}
