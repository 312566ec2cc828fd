// Data from outside is checked against a schema; what is wrong first is told with its place and its value.
import * as v from 'valibot';

/** The first thing wrong with a piece of data. */
export interface Mismatch {
  place: string;
  value: string;
  expected: string;
}

/**
 * Reads data by a schema.
 * @param root the place to name when the whole is of the wrong kind
 * @param refuse makes the error of the first mismatch
 */
export function parseWith<S extends v.GenericSchema>(
  schema: S,
  json: unknown,
  root: string,
  refuse: (mismatch: Mismatch) => Error,
): v.InferOutput<S> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const issue: v.BaseIssue<unknown> = result.issues[0];
  throw refuse({
    place: v.getDotPath(issue) ?? root,
    value: shownValue(issue.input),
    expected: issue.expected ?? issue.message,
  });
}

/** A value as a short text for messages. */
export function shownValue(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}
