import type { Flow, Seconds } from '../../src/shared/flow.ts';
import { reduce } from '../../src/shared/reduce.ts';
import { say } from '../../src/shared/say.ts';
import type { Down } from '../../src/shared/wire.ts';

/** How a scene that was asked for came out. */
export type Outcome = { seconds: Seconds } | { failed: string };

/** Hears what a talk tells, and makes of it how one scene goes. */
export interface SceneListener {
  hear: (message: Down) => void;
  outcome: Promise<Outcome>;
  /** It will hear nothing more of the scene that was asked for. */
  lost: () => void;
}

/** @param tell gets each thing that happens in the scene, in words, with its time in it */
export function listenFor(name: string, tell: (line: string) => void): SceneListener {
  const outcome = Promise.withResolvers<Outcome>();
  let flow: Flow | undefined;
  let began: Seconds | undefined;

  function hear(message: Down): void {
    switch (message.type) {
      case 'reset':
        flow = message.flow;
        return;
      case 'frame':
        for (const { at, events } of message.batches) {
          for (const event of events) {
            if (!flow) continue;
            const words = began === undefined ? undefined : say(flow, event, at);
            if (words !== undefined)
              tell(`${(at - (began ?? at)).toFixed(1).padStart(5)} s  ${words}`);
            flow = reduce(flow, event, at);
          }
        }
        return;
      case 'scene':
        if (message.name !== name) return;
        if (message.ended === undefined) began = message.began;
        else if (message.began === began) outcome.resolve({ seconds: message.ended - began });
        return;
      case 'told':
        outcome.resolve({ failed: message.text });
        return;
      case 'alive':
      case 'show':
      case 'deck':
      case 'offer':
      case 'remarks':
        return;
      default:
        message satisfies never;
    }
  }

  return {
    hear,
    outcome: outcome.promise,
    lost: () => outcome.resolve({ failed: 'The talk was closed before the scene had ended.' }),
  };
}
