/** A black or white screen over the deck; the same wish, or any other, takes it away. */
export function createCurtain(document: Document) {
  const curtain = document.createElement('div');
  curtain.className = 'curtain';
  curtain.hidden = true;
  document.body.append(curtain);

  let colour: 'black' | 'white' | undefined;
  const set = (next: typeof colour) => {
    colour = next;
    curtain.hidden = !next;
    curtain.classList.toggle('white', next === 'white');
  };
  curtain.addEventListener('click', () => set(undefined));
  return {
    toggle: (wanted: 'black' | 'white') => set(colour === wanted ? undefined : wanted),
    /** Whether there was one to take away. */
    open(): boolean {
      const closed = colour !== undefined;
      set(undefined);
      return closed;
    },
  };
}
