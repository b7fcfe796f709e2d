// SPDX-License-Identifier: Apache-2.0
/** Reads of what a question needs before it can be asked. */
import { html } from 'lit';
import { get, query } from '../net/api.js';
import { show } from './dialog.js';
import { problemView } from './element.js';

/**
 * All items of a list, page after page.
 * @param read reads one page by its path
 * @throws Problem of the first page that cannot be read
 */
export async function readAll(path, parameters = {}, read = get) {
  const items = [];
  let { cursor } = parameters;
  do {
    const page = await read(query(path, { ...parameters, cursor }));
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

/** What is read; when it cannot be, a dialog says why, and the result is undefined. */
export async function orSaid(reading) {
  try {
    return await reading;
  } catch (problem) {
    show({ title: 'This cannot be asked now', body: html`<p>What the question needs could not be read. Nothing was changed.</p>${problemView(problem)}` });
    return undefined;
  }
}
