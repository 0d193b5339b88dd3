/** Says to a screen reader what an eye sees by itself. */
export function createAnnouncer(root: HTMLElement): (words: string) => void {
  const place = root.ownerDocument.createElement('p');
  place.className = 'announcer visually-hidden';
  place.setAttribute('role', 'status');
  root.append(place);
  return (words) => {
    place.textContent = words;
  };
}
