import createParser, { type MarkdownIt } from 'markdown-it';
import deflist from 'markdown-it-deflist';
import footnote from 'markdown-it-footnote';
import { listingHtml, listingOf } from './listing.ts';
import { abbreviationDefinition, abbreviations } from './rules/abbreviation.ts';
import { attributeList, spanAttributeList } from './rules/attributeList.ts';
import { backslash } from './rules/backslash.ts';
import { blockEnd } from './rules/blockEnd.ts';
import { blockQuote } from './rules/blockQuote.ts';
import { codeSpan } from './rules/codeSpan.ts';
import { columns } from './rules/columns.ts';
import { commentBlock, commentInline } from './rules/comment.ts';
import { emphasis } from './rules/emphasis.ts';
import { extension, extensionBlock } from './rules/extension.ts';
import { footnoteHtml, footnotes, inlineFootnote, missingFootnote } from './rules/footnotes.ts';
import { headline, underlined } from './rules/headline.ts';
import { html } from './rules/html.ts';
import { htmlBlock } from './rules/htmlBlock.ts';
import { lineBreak } from './rules/lineBreak.ts';
import { mathBlock, mathHtml, mathInline } from './rules/math.ts';
import { paragraph, parenthesis } from './rules/paragraph.ts';
import { quotes } from './rules/quotes.ts';
import { shape } from './rules/shape.ts';
import { table } from './rules/table.ts';
import { tasks } from './rules/task.ts';
import { terms } from './rules/terms.ts';
import { typography } from './rules/typography.ts';
import { unclosedFence } from './rules/unclosedFence.ts';

/** markdown-it, with kramdown's rules where Rabbit's dialect has them. It keeps no state. */
export function createMarkdown(): MarkdownIt {
  const markdown = createParser({ html: false, breaks: true }).use(deflist).use(footnote);
  const { block, inline, core, renderer } = markdown;

  block.ruler.at('heading', headline, { alt: ['blockquote'] });
  block.ruler.at('lheading', underlined);
  block.ruler.at('paragraph', paragraph);
  block.ruler.at('blockquote', blockQuote, { alt: ['blockquote', 'list'] });
  block.ruler.before('code', 'block_end', blockEnd, { alt: ['blockquote', 'list'] });
  block.ruler.disable('table');
  block.ruler.before('deflist', 'rows', table);
  block.ruler.before('list', 'parenthesis', parenthesis);
  block.ruler.before('fence', 'unclosed_fence', unclosedFence);
  block.ruler.before('deflist', 'attribute_list', attributeList, { alt: ['blockquote', 'list'] });
  block.ruler.before('deflist', 'extension', extensionBlock, { alt: ['blockquote', 'list'] });
  block.ruler.before('deflist', 'math', mathBlock, { alt: ['blockquote'] });
  block.ruler.before('deflist', 'html', htmlBlock, { alt: ['blockquote', 'list'] });
  block.ruler.before('deflist', 'abbreviation', abbreviationDefinition);
  block.ruler.before('deflist', 'comment', commentBlock, { alt: ['blockquote'] });

  inline.ruler.at('backticks', codeSpan);
  inline.ruler.at('footnote_inline', inlineFootnote);
  inline.ruler.after('footnote_ref', 'missing_footnote', missingFootnote);
  inline.ruler.at('emphasis', emphasis);
  inline.ruler.at('escape', backslash);
  inline.ruler.before('escape', 'line_break', lineBreak);
  inline.ruler.before('escape', 'extension', extension);
  inline.ruler.before('escape', 'math', mathInline);
  inline.ruler.before('escape', 'attribute_list', spanAttributeList);
  inline.ruler.before('escape', 'comment', commentInline);
  inline.ruler.after('autolink', 'html', html);

  core.ruler.after('block', 'terms', terms);
  core.ruler.after('terms', 'columns', columns);
  core.ruler.disable('footnote_tail');
  core.ruler.after('inline', 'footnotes', footnotes);
  core.ruler.after('inline', 'abbreviations', abbreviations);
  core.ruler.after('inline', 'tasks', tasks);
  core.ruler.at('replacements', typography);
  core.ruler.at('smartquotes', quotes);
  core.ruler.push('shape', shape);

  markdown.normalizeLink = addressOf;
  markdown.validateLink = isAllowedLink;
  renderer.rules.hardbreak = () => '<br><br>';
  renderer.rules.code_inline = (tokens, at) =>
    `<code>${codeHtml(markdown, tokens[at]?.content ?? '')}</code>`;
  for (const code of ['fence', 'code_block']) {
    const usual = renderer.rules[code];
    renderer.rules[code] = (tokens, at, options, env, self) => {
      const token = tokens[at];
      const listing = token && listingOf(token);
      if (listing?.language === 'math') return mathHtml(listing.code, true);
      return listing ? listingHtml(listing) : (usual?.(tokens, at, options, env, self) ?? '');
    };
  }
  renderer.rules.math_block = (tokens, at) => mathHtml(tokens[at]?.content ?? '', true);
  renderer.rules.math_inline = (tokens, at) => mathHtml(tokens[at]?.content ?? '', false);
  renderer.rules.link_open = (tokens, at, options) => {
    const link = tokens[at];
    if (link && isOutside(String(link.attrGet('href')))) {
      link.attrSet('target', '_blank');
      link.attrSet('rel', 'noopener noreferrer');
    }
    return renderer.renderToken(tokens, at, options);
  };
  renderer.rules.task = (tokens, at, options) =>
    `${renderer.renderToken(tokens, at, options)}</span>`;
  for (const [type, html] of Object.entries(footnoteHtml)) {
    renderer.rules[type] = (tokens, at) => (tokens[at] ? html(tokens[at]) : '');
  }
  for (const silent of [
    'block_end',
    'remark',
    'wait',
    'pause',
    'attribute_list',
    'attribute_definition',
  ]) {
    renderer.rules[silent] = () => '';
  }
  return markdown;
}

function codeHtml(markdown: MarkdownIt, code: string): string {
  return markdown.utils.escapeHtml(code.replace(/\n$/, '')).replaceAll('\n', '<br>');
}

/** An address as its author wrote it, without what browsers would drop from it. */
function addressOf(address: string): string {
  return address.replace(/[\0- "<>\\^`{|}\x7f]/g, encodeURIComponent);
}

/** The web, mail, a place in the deck, or a file beside it. */
function isAllowedLink(address: string): boolean {
  return /^(https?:|mailto:)/i.test(address) || !/^([a-z][a-z\d+.-]*:|\/\/)/i.test(address.trim());
}

function isOutside(address: string): boolean {
  return /^https?:/i.test(address);
}
