import type { PanelName } from './deck/keys.ts';
import type { LiveNode } from './diagram/diagram.ts';
import { createChange } from './panel/change.ts';
import { createDetail } from './panel/detail.ts';
import { createFrame, type Place } from './panel/frame.ts';
import { createHappened } from './panel/happened.ts';
import { mostTelling, type Stand, stand } from './shared/detail.ts';
import type { Flow, Seconds } from './shared/flow.ts';

/** What can be opened beside a slide, one at a time. */
export interface Panels {
  /** By key: opens it, or closes it; the detail goes on to the next node instead. */
  toggle(name: PanelName): void;
  tellOf(node: LiveNode): void;
  /** Whether there was something to close. */
  close(): boolean;
  /** Shows the moment in what is open; with nothing open it does nothing. @returns when it changes by itself */
  paint(flow: Flow, now: Seconds): Seconds | undefined;
}

/** What the detail says, and of what. */
interface Told {
  flow: Flow;
  node: LiveNode;
  wanted: string | undefined;
  from: Seconds;
  stand: Stand;
}

/** The canvas, and what stays free at its edges and between a panel and its node, in its pixels. */
const CANVAS = 1280;
const EDGE = 24;
const GAP = 20;
const WIDEST = 600;
const NARROWEST = 420;
const LISTS: Place = { side: 'right', width: 640 };

/**
 * @param layer covers the canvas, over the slides
 * @param at what there is now: the nodes of the slide, and the flow once it is known
 * @param page asks for the address of the app's own page
 */
export function createPanels(
  layer: HTMLElement,
  at: {
    nodes(): readonly LiveNode[];
    flow(): Flow | undefined;
    refresh(): void;
  },
  page: () => Promise<string | undefined>,
): Panels {
  let node: LiveNode | undefined;
  let wanted: string | undefined;
  let told: Told | undefined;

  const frames = {
    detail: createFrame(layer, 'Detail', forget),
    happened: createFrame(layer, 'Everything that happened', forget),
    change: createFrame(layer, 'What changed', forget),
  };
  const detail = createDetail(frames.detail.body, (key) => {
    wanted = key;
    at.refresh();
  });
  const list = createHappened(frames.happened.body, () => at.refresh());
  const change = createChange(frames.change.body, page);

  function forget(): void {
    node?.mark(false);
    node = undefined;
    wanted = undefined;
    told = undefined;
  }

  function close(): boolean {
    const open = Object.values(frames).filter((frame) => frame.isOpen());
    for (const frame of open) frame.close();
    return open.length > 0;
  }

  function tellOf(next: LiveNode): void {
    for (const name of ['happened', 'change'] as const) frames[name].close();
    forget();
    node = next;
    next.mark(true);
    frames.detail.open(placeBeside(next.element, layer));
    at.refresh();
  }

  function nextNode(): LiveNode | undefined {
    const nodes = at.nodes();
    const flow = at.flow();
    if (!flow) return undefined;
    if (!node) return mostTelling(flow, nodes);
    return nodes[(nodes.indexOf(node) + 1) % nodes.length];
  }

  return {
    tellOf,
    close,
    toggle(name) {
      if (name === 'detail') {
        const next = nextNode();
        if (next) tellOf(next);
        return;
      }
      const wasOpen = frames[name].isOpen();
      close();
      if (wasOpen || !at.flow()) return;
      frames[name].open(LISTS, name === 'happened' ? list.field : undefined);
      at.refresh();
    },
    paint(flow, now) {
      if (frames.happened.isOpen()) list.paint(flow, now);
      if (frames.change.isOpen()) change.paint(flow);
      if (!frames.detail.isOpen() || !node) return undefined;
      if (!told || !isTold(told, flow, now) || told.node !== node || told.wanted !== wanted) {
        told = { flow, node, wanted, from: now, stand: stand(flow, node, now, wanted) };
        detail.paint(told.stand);
      }
      return told.stand.next;
    },
  };
}

/** Whether what is told is still so: time alone changes it at moments that it names. */
function isTold({ flow, from, stand: { next } }: Told, known: Flow, now: Seconds): boolean {
  return flow === known && now >= from && (next === undefined || now < next);
}

/** On the side with more room, and no wider than what the node leaves free. */
function placeBeside(node: Element, layer: HTMLElement): Place {
  const canvas = layer.getBoundingClientRect();
  const box = node.getBoundingClientRect();
  const scale = CANVAS / (canvas.width || CANVAS);
  const left = (box.left - canvas.left) * scale;
  const right = (canvas.right - box.right) * scale;
  const room = Math.max(left, right) - EDGE - GAP;
  return {
    side: right >= left ? 'right' : 'left',
    width: Math.max(NARROWEST, Math.min(WIDEST, room)),
  };
}
