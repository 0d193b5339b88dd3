/** Shows the digits of a slide's number while they are typed. */
export function createTyped(document: Document): (digits: string) => void {
  const sign = document.createElement('div');
  sign.className = 'typed';
  sign.setAttribute('role', 'status');
  sign.hidden = true;
  document.body.append(sign);
  return (digits) => {
    sign.textContent = digits;
    sign.hidden = !digits;
  };
}
