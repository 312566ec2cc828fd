// What the service worker says in a host's stead.
import { describe, expect, it } from 'vitest';

import { withHeaders } from '../../workers/service/site-headers.ts';

const POLICY = [
  ['content-security-policy', "default-src 'none'"],
  ['x-content-type-options', 'nosniff'],
] as const;

describe('withHeaders', () => {
  it('sets headers and leaves the rest as it was', async () => {
    const headers = { 'Content-Type': 'text/html', 'Content-Security-Policy': 'default-src *' };
    const response = new Response('<p>', { status: 206, statusText: 'Part', headers });
    const set = withHeaders(response, POLICY);
    expect(Object.fromEntries(set.headers)).toEqual({
      'content-type': 'text/html',
      ...Object.fromEntries(POLICY),
    });
    expect([set.status, set.statusText, await set.text()]).toEqual([206, 'Part', '<p>']);
  });

  it('gives back an answer that cannot be read', () => {
    const response = Response.error();
    expect(withHeaders(response, POLICY)).toBe(response);
  });
});
