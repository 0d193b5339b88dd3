const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '{': '&#123;',
};

/** Text as HTML text or as the value of a quoted attribute, where no `{:` reads as a tag of ours. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']|\{(?=:)/g, (sign) => ENTITIES[sign] ?? sign);
}
