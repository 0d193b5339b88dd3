import { type Finding, failure, ok, warning } from './check.ts';
import { isThere, onPath } from './program.ts';

export interface BrowserFacts {
  /** By name, as far as we know them. */
  found: readonly string[];
  /** Whether a window can be opened from here. */
  screen: boolean;
}

/** Programs of Linux. */
const LINUX = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'firefox',
  'microsoft-edge',
  'brave-browser',
] as const;
const MAC = ['Google Chrome', 'Chromium', 'Firefox', 'Microsoft Edge', 'Safari'] as const;
const WINDOWS = {
  'Microsoft Edge': 'Microsoft\\Edge\\Application\\msedge.exe',
  'Google Chrome': 'Google\\Chrome\\Application\\chrome.exe',
  Firefox: 'Mozilla Firefox\\firefox.exe',
} as const;

export async function findBrowsers(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): Promise<BrowserFacts> {
  if (platform === 'darwin') {
    return { found: await present(MAC, (name) => [`/Applications/${name}.app`]), screen: true };
  }
  if (platform === 'win32') {
    const homes = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(Boolean);
    const places = new Map<string, string>(Object.entries(WINDOWS));
    const found = await present([...places.keys()], (name) =>
      homes.map((home) => `${home}\\${places.get(name)}`),
    );
    return { found, screen: true };
  }
  const found = await onPath(LINUX, env.PATH);
  // Windows' own browser shows what runs in its Linux.
  if (env.WSL_DISTRO_NAME !== undefined) return { found: [...found, 'Windows'], screen: true };
  return { found, screen: hasScreen(env) };
}

/** Of Linux. */
export function hasScreen(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

async function present(
  names: readonly string[],
  placesOf: (name: string) => readonly string[],
): Promise<string[]> {
  const there = await Promise.all(
    names.map(async (name) => {
      const places = await Promise.all(placesOf(name).map((place) => isThere(place)));
      return places.includes(true) ? [name] : [];
    }),
  );
  return there.flat();
}

export function judgeBrowser({ found, screen }: BrowserFacts): Finding {
  const [first] = found;
  if (first === undefined) {
    return failure('no browser that we know is installed', 'Install Chrome, Edge or Firefox.');
  }
  if (!screen) {
    return warning(
      `${first} is here, but no screen`,
      'Present from a terminal of the desktop, or open the address that `start` prints.',
    );
  }
  return ok(found.join(', '));
}
