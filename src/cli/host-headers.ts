// The text of a _headers file becomes rules, and a path becomes the headers that a host would send with it.
// Netlify's and Cloudflare's format; a rule may have one * and any number of :names.
import { headerLineInvalid } from './text.ts';

/** Headers for every path that matches. */
export interface HeaderRule {
  matches: RegExp;
  headers: [name: string, value: string][];
}

/**
 * Reads a _headers file.
 * @throws Error with the number of the first line that is neither path, header, comment nor blank
 * @see https://developers.cloudflare.com/pages/configuration/headers/
 */
export function parseHeaderRules(file: string): HeaderRule[] {
  const rules: HeaderRule[] = [];
  for (const [index, line] of file.split(/\r?\n/).entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const header = /^\s+([A-Za-z0-9-]+):\s*(\S.*?)\s*$/.exec(line);
    const rule = rules.at(-1);
    if (/^\/\S*\s*$/.test(line)) {
      rules.push({ matches: patternOf(line.trim()), headers: [] });
    } else if (header?.[1] !== undefined && header[2] !== undefined && rule) {
      rule.headers.push([header[1], header[2]]);
    } else {
      throw new Error(headerLineInvalid(index + 1, line));
    }
  }
  return rules;
}

/** The headers of every rule that a path matches; a name that comes twice is joined by a comma, as hosts do. */
export function headersFor(rules: readonly HeaderRule[], path: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of rules
    .filter((rule) => rule.matches.test(path))
    .flatMap((rule) => rule.headers)) {
    const before = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}

function patternOf(path: string): RegExp {
  const source = path
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/:[A-Za-z]\w*/g, '[^/]+');
  return new RegExp(`^${source}$`);
}
