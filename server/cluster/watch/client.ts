import { registerHooks } from 'node:module';
import type { KubeConfig } from '@kubernetes/client-node';

/** In place of the API, whose two names the kubeconfig imports for a method that nobody calls here. */
const NO_API =
  'data:text/javascript,export const createConfiguration = 0, ServerConfiguration = 0;';

/**
 * Loads the client's kubeconfig without its generated API: that is nine hundred modules, 50 MB and
 * a third of a second. Who never asks for a cluster waits for neither.
 */
export async function loadKubeConfig(): Promise<typeof KubeConfig> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const isApi = specifier.endsWith('/gen/index.js') && isConfig(context.parentURL);
      return isApi
        ? { url: NO_API, format: 'module', shortCircuit: true }
        : next(specifier, context);
    },
  });
  try {
    return (await import('@kubernetes/client-node/dist/config.js')).KubeConfig;
  } catch {
    // Another version may be made otherwise: all of it, then.
    hooks.deregister();
    return (await import('@kubernetes/client-node')).KubeConfig;
  } finally {
    hooks.deregister();
  }
}

function isConfig(url: string | undefined): boolean {
  return url?.endsWith('/@kubernetes/client-node/dist/config.js') === true;
}
