import compression from 'compression';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { mediaFile } from '../media.ts';
import { HEADERS, isLocal, PREVIEW_HEADERS } from './policy.ts';

/** What the talk is at this moment; it changes while the speaker writes. */
export interface Served {
  html: string;
  style: { name: string; text: string };
}

export interface SiteParts {
  served(): Served;
  /** The built app's files, with hashed names. */
  app: string;
  recordings: string;
  /** A recorded run of the speaker's own, by its name. */
  run?: (name: string) => string | undefined;
  /** The page of the app in the cluster, while it answers. */
  preview?: () => Promise<string | undefined>;
  /** The deck's own folder: only pictures and media of it are served. */
  deck: string;
  /** Says to another start of ours who holds the port. */
  identity: { fluxdeck: string; deck: string };
}

const FOREVER = 'public, max-age=31536000, immutable';

/** The talk over HTTP. The deck's text, with the speaker's notes, is not a part of it. */
export function createSite(parts: SiteParts): Express {
  const site = express();
  site.disable('x-powered-by');
  site.set('query parser', 'simple');
  site.use((request, response, next) => {
    response.set(HEADERS);
    if (isLocal(request.headers.host)) next();
    else response.status(403).type('text').send('This talk is served to this machine only.\n');
  });
  site.use(compression());

  site.get('/', (_, response) => {
    response.type('html').set('Cache-Control', 'no-cache').send(parts.served().html);
  });
  site.get('/identity.json', (_, response) => {
    response.set('Cache-Control', 'no-store').json(parts.identity);
  });
  site.get('/app/:name', (request, response, next) => {
    const { style } = parts.served();
    if (request.params.name !== style.name) return next();
    response.type('css').set('Cache-Control', FOREVER).send(style.text);
  });
  site.use(
    '/app',
    express.static(parts.app, {
      index: false,
      redirect: false,
      setHeaders: (response) => response.setHeader('Cache-Control', FOREVER),
    }),
  );
  site.use('/recordings', express.static(parts.recordings, { index: false, redirect: false }));
  site.get('/runs/:name', (request, response, next) => {
    const run = parts.run?.(request.params.name);
    if (run === undefined) next();
    else response.type('application/jsonl').set('Cache-Control', 'no-store').send(run);
  });
  site.get('/preview', async (_, response) => {
    const html = await parts.preview?.();
    response.set(PREVIEW_HEADERS);
    // No error: a page that asks whether it is there would have it in its console.
    if (html === undefined) response.status(204).end();
    else response.type('html').send(html);
  });
  site.get('/*address', async (request, response, next) => {
    const file = await mediaFile(parts.deck, request.params.address.join('/'));
    if (file === undefined) next();
    else response.sendFile(file, { dotfiles: 'allow' });
  });
  site.use((_, response) => {
    response.status(404).type('text').send('There is nothing at this address.\n');
  });
  site.use((error: unknown, _: Request, response: Response, __: NextFunction) => {
    const status = statusOf(error);
    response
      .status(status)
      .type('text')
      .send(`${status === 500 ? 'Something broke' : 'No'}.\n`);
  });
  return site;
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
