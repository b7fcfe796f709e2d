// SPDX-License-Identifier: Apache-2.0
/** Numbers, sizes, times and states as text. Times are in the zone of the reader. */

const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 });
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const DAY = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

export const number = (value) => (value === null || value === undefined ? '–' : NUMBER.format(value));

export const cores = (millis) => (millis === undefined ? '–' : `${NUMBER.format(millis / 1000)} cores`);

export function bytes(value) {
  if (value === undefined || value === null) {
    return '–';
  }
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let step = 0;
  let left = value;
  while (left >= 1024 && step < units.length - 1) {
    left /= 1024;
    step += 1;
  }
  return `${left >= 100 || step === 0 ? Math.round(left) : left.toFixed(1)} ${units[step]}`;
}

export const percent = (part, whole) => (whole > 0 ? Math.round((100 * part) / whole) : 0);

export const moment = (instant) => (instant ? MOMENT.format(new Date(instant)) : '–');

/** The time of today, day and time of other days. */
export function shortTime(instant) {
  if (!instant) {
    return '–';
  }
  const date = new Date(instant);
  const today = new Date().toDateString() === date.toDateString();
  return today ? CLOCK.format(date) : `${DAY.format(date)} ${CLOCK.format(date)}`;
}

export function duration(millis) {
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  const seconds = millis / 1000;
  if (seconds < 90) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  if (seconds < 5400) {
    return `${Math.round(seconds / 60)} min`;
  }
  return seconds < 129600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} d`;
}

/** An instant some hours ago, the same for a whole minute, so that addresses with it stay the same. */
export const hoursAgo = (hours) => new Date(Math.floor(Date.now() / 60000) * 60000 - hours * 3600000).toISOString();

/** Places of at most `most` of `count` things: the first, the last, and others evenly between them. */
export const evenly = (count, most) =>
  Array.from({ length: Math.min(count, most) }, (_, index) => (count <= most ? index : Math.round((index * (count - 1)) / (most - 1))));

export const ago = (instant) => (instant ? `${duration(Math.max(0, Date.now() - new Date(instant)))} ago` : '–');

/** DEPLOYING_NOW as "deploying now". */
export const words = (name) => String(name ?? '').replaceAll('_', ' ').toLowerCase();

/** A condition's reason, InsufficientCapacity, as "insufficient capacity". */
export const camelWords = (name) =>
  String(name ?? '').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

const TONES = {
  ok: ['RUNNING', 'READY', 'SUCCEEDED', 'ACTIVE', 'USED', 'DEPLOYED', 'DONE', 'CLOSED', 'APPLIED', 'DELIVERED', 'UP', 'PASSED', 'AVAILABLE'],
  warn: ['DEGRADED', 'WAITING', 'WARNED', 'HALF_OPEN', 'CORDONED', 'DRAINING', 'HELD', 'PAUSED', 'SUPERSEDED', 'RETRYING', 'UNKNOWN', 'NOT_PROVEN'],
  bad: ['FAILED', 'INFEASIBLE', 'DOWN', 'EJECTED', 'REFUSED', 'OPEN', 'DEAD', 'REJECTED', 'UNAVAILABLE', 'STOPPED_BY_FAULT', 'LOST'],
  busy: ['DEPLOYING', 'PENDING', 'RUNNING_NOW', 'STARTING', 'STOPPING', 'REMOVING', 'UPDATING', 'PLACING', 'ACCEPTED', 'APPLYING', 'INSTALLING', 'MOVING', 'QUEUED', 'PLANNED'],
};

/** ok, warn, bad, busy or idle. The word itself is always shown, too. */
export function tone(state) {
  const name = String(state ?? '').toUpperCase().replaceAll(' ', '_').replaceAll('-', '_');
  for (const [each, names] of Object.entries(TONES)) {
    if (names.includes(name)) {
      return each;
    }
  }
  return 'idle';
}
