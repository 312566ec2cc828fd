import { expect, it } from 'vitest';

import { once } from '../../src/core/once.ts';

it('opens once for all who ask at a time, and again after a failure', async () => {
  const answers = ['refused', 'open'];
  const calls: string[] = [];
  const open = once((name: string) => {
    calls.push(name);
    const answer = answers.shift()!;
    return answer === 'refused' ? Promise.reject(new Error(answer)) : Promise.resolve(answer);
  });
  const first = await Promise.allSettled([open('a'), open('b')]);
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await Promise.all([open('c'), open('d')])).toEqual(['open', 'open']);
  expect(calls).toEqual(['a', 'c']);
});
