import { Mistake } from '../mistake.ts';
import type { Run } from './run.ts';

/** How a cluster's pods reach a server on this machine. */
export interface Reach {
  /** What they call this machine. */
  host: string;
  /** Where the server has to listen for that. */
  addresses: readonly string[];
  /** Where they come from; nothing where they seem to be this machine. */
  networks: readonly string[];
}

/** Where no pod can reach it: a Git host for `git push` alone. */
export const ALONE: Reach = { host: '127.0.0.1', addresses: ['127.0.0.1'], networks: [] };

/**
 * Docker Desktop's own virtual machine brings `host.docker.internal` to this machine's loopback; on
 * Linux pods reach it at the gateway of kind's network, which changes with the network.
 * @throws a Mistake when kind's network is not there
 */
export async function findReach(run: Run, platform: NodeJS.Platform): Promise<Reach> {
  const desktop = { ...ALONE, host: 'host.docker.internal' };
  if (platform !== 'linux') return desktop;
  const system = await run('docker', ['info', '--format', '{{.OperatingSystem}}'], LIMIT);
  if (system.out.includes('Docker Desktop')) return desktop;
  const network = await run('docker', ['network', 'inspect', 'kind'], LIMIT);
  const bridge = network.code === 0 ? parseBridge(network.out) : undefined;
  if (!bridge) {
    throw new Mistake(
      'The cluster can’t reach a Git host here: Docker has no network kind with an IPv4 gateway. `fluxdeck demo up` makes it.',
    );
  }
  return {
    host: bridge.gateway,
    addresses: ['127.0.0.1', bridge.gateway],
    networks: bridge.subnets,
  };
}

const LIMIT = { timeout: 10_000 };

/** The IPv4 side of what `docker network inspect` prints. */
export function parseBridge(text: string): { gateway: string; subnets: string[] } | undefined {
  const configs = configsIn(text);
  const gateway = configs.find((config) => isIPv4(config.Gateway))?.Gateway;
  if (gateway === undefined) return undefined;
  const subnets = configs.map(({ Subnet }) => Subnet).filter((subnet) => isIPv4(subnet));
  return { gateway: gateway.split('/')[0] ?? gateway, subnets };
}

function configsIn(text: string): { Gateway?: string; Subnet?: string }[] {
  try {
    const networks: { IPAM?: { Config?: { Gateway?: string; Subnet?: string }[] } }[] =
      JSON.parse(text);
    return networks[0]?.IPAM?.Config ?? [];
  } catch {
    return [];
  }
}

function isIPv4(address: string | undefined): address is string {
  return typeof address === 'string' && /^\d+(\.\d+){3}(\/\d+)?$/.test(address);
}
