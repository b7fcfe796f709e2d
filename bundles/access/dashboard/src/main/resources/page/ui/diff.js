// SPDX-License-Identifier: Apache-2.0
/** Differences of two texts, line by line. */
import { html } from 'lit';

const CONTEXT_LINES = 3;
const MOST_CELLS = 4_000_000;

/**
 * The shortest edit by the longest common subsequence of the lines that differ between common beginning and end. Where they are too many to compare,
 * the old ones go and the new ones come as a block.
 * @returns list of `{kind: 'same'|'added'|'removed', text}`
 */
export function lineDiff(before, after) {
  const a = before.split('\n');
  const b = after.split('\n');
  let begin = 0;
  while (begin < a.length && begin < b.length && a[begin] === b[begin]) {
    begin += 1;
  }
  let end = 0;
  while (end < a.length - begin && end < b.length - begin && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end += 1;
  }
  const same = (text) => ({ kind: 'same', text });
  return [
    ...a.slice(0, begin).map(same),
    ...middle(a.slice(begin, a.length - end), b.slice(begin, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ];
}

function middle(a, b) {
  const removed = (text) => ({ kind: 'removed', text });
  const added = (text) => ({ kind: 'added', text });
  if (a.length * b.length > MOST_CELLS) {
    return [...a.map(removed), ...b.map(added)];
  }
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i * width + j] =
        a[i] === b[j] ? length[(i + 1) * width + j + 1] + 1 : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i] });
      i += 1;
      j += 1;
    } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) {
      lines.push(removed(a[i]));
      i += 1;
    } else {
      lines.push(added(b[j]));
      j += 1;
    }
  }
  return [...lines, ...a.slice(i).map(removed), ...b.slice(j).map(added)];
}

/** The differences with some lines around them. */
export function diffView(before, after) {
  const lines = lineDiff(before, after);
  const near = new Uint8Array(lines.length);
  lines.forEach((line, index) => {
    if (line.kind !== 'same') {
      near.fill(1, Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1);
    }
  });
  const shown = [];
  let hidden = 0;
  const gap = () => hidden && shown.push(html`<div class="gap">… ${hidden} unchanged lines</div>`);
  lines.forEach((line, index) => {
    if (!near[index]) {
      hidden += 1;
      return;
    }
    gap();
    hidden = 0;
    const sign = { same: ' ', added: '+', removed: '-' }[line.kind];
    shown.push(html`<div class=${line.kind}>${sign} ${line.text}</div>`);
  });
  gap();
  return lines.every((line) => line.kind === 'same')
    ? html`<p class="muted">No difference.</p>`
    : html`<div class="diff" role="region" tabindex="0" aria-label="Differences">${shown}</div>`;
}
