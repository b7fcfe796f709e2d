// SPDX-License-Identifier: Apache-2.0
/** Positions for a graph of services over clusters: pure functions, the same picture for the same graph. */

const STEP_X = 150;
const STEP_Y = 64;
const GAP = 70;
const LONGEST_COLUMN = 24;

/**
 * Levels by the longest way from a service without incoming links; links that close a circle do not count.
 * @param ids of services @param links list of `[from, to]`
 * @returns Map of id to level
 */
export function levels(ids, links) {
  const next = new Map(ids.map((id) => [id, []]));
  const waiting = new Map(ids.map((id) => [id, 0]));
  for (const [from, to] of links) {
    if (next.has(from) && next.has(to) && from !== to) {
      next.get(from).push(to);
      waiting.set(to, waiting.get(to) + 1);
    }
  }
  const level = new Map(ids.map((id) => [id, 0]));
  const left = new Set(ids);
  let queue = ids.filter((id) => waiting.get(id) === 0);
  while (left.size > 0) {
    if (queue.length === 0) {
      // a circle: it is entered where the fewest links come in
      const entry = [...left].reduce((best, id) => (waiting.get(id) < waiting.get(best) ? id : best));
      queue = [entry];
    }
    const following = [];
    for (const id of queue) {
      if (!left.delete(id)) {
        continue;
      }
      for (const to of next.get(id)) {
        if (!left.has(to)) {
          continue;
        }
        level.set(to, Math.max(level.get(to), level.get(id) + 1));
        waiting.set(to, waiting.get(to) - 1);
        if (waiting.get(to) === 0) {
          following.push(to);
        }
      }
    }
    queue = following;
  }
  return level;
}

/**
 * Places services in boxes of their clusters: columns by level, clusters side by side in rows.
 * @param services list of `{id, cluster}` @param links list of `[from, to]`
 * @returns Map of id to `{x, y}`
 */
export function place(services, links) {
  const level = levels(services.map((service) => service.id), links);
  const neighbours = new Map(services.map((service) => [service.id, []]));
  for (const [from, to] of links) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const clusters = [...new Set(services.map((service) => service.cluster))].sort();
  const order = new Map(services.map((service, index) => [service.id, index]));
  const boxes = clusters.map((cluster) => box(services.filter((service) => service.cluster === cluster), level, neighbours, order));
  const positions = new Map();
  const target = Math.max(...boxes.map((each) => each.width), Math.sqrt(boxes.reduce((sum, each) => sum + (each.width + GAP) * (each.height + GAP), 0)) * 1.3);
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  for (const each of boxes) {
    if (x > 0 && x + each.width > target) {
      x = 0;
      y += rowHeight + GAP;
      rowHeight = 0;
    }
    each.cells.forEach((cell, id) => positions.set(id, { x: x + cell.x, y: y + cell.y }));
    x += each.width + GAP;
    rowHeight = Math.max(rowHeight, each.height);
  }
  return positions;
}

function box(members, level, neighbours, order) {
  const columns = new Map();
  members.forEach((member) => {
    const at = level.get(member.id);
    columns.set(at, [...(columns.get(at) ?? []), member.id]);
  });
  const cells = new Map();
  let column = 0;
  let most = 0;
  for (const at of [...columns.keys()].sort((a, b) => a - b)) {
    const centre = (id) => {
      const others = neighbours.get(id).map((other) => order.get(other)).filter((value) => value !== undefined);
      return others.length ? others.reduce((sum, value) => sum + value, 0) / others.length : order.get(id);
    };
    const ids = columns.get(at).map((id) => [centre(id), id]).sort((a, b) => a[0] - b[0] || order.get(a[1]) - order.get(b[1])).map(([, id]) => id);
    for (let begin = 0; begin < ids.length; begin += LONGEST_COLUMN) {
      const part = ids.slice(begin, begin + LONGEST_COLUMN);
      part.forEach((id, row) => cells.set(id, { x: column * STEP_X + STEP_X / 2, y: row * STEP_Y + STEP_Y / 2 }));
      most = Math.max(most, part.length);
      column += 1;
    }
  }
  return { cells, width: Math.max(1, column) * STEP_X, height: Math.max(1, most) * STEP_Y };
}
