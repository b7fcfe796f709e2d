// SPDX-License-Identifier: Apache-2.0
/** JSON as YAML, for reading and editing: a subset that every YAML reader takes back as the same JSON. */

const PLAIN = /^[A-Za-z_/][A-Za-z0-9_./@+-]*$/;
const WORD = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i;

function scalar(value) {
  if (typeof value !== 'string') {
    return JSON.stringify(value);
  }
  return PLAIN.test(value) && !WORD.test(value) ? value : JSON.stringify(value);
}

const isEmpty = (value) => value === null || typeof value !== 'object' || Object.keys(value).length === 0;

function lines(value, indent) {
  const pad = '  '.repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      if (isEmpty(item)) {
        return [`${pad}- ${inline(item)}`];
      }
      const [first, ...rest] = lines(item, indent + 1);
      return [`${pad}- ${first.slice(2 * (indent + 1))}`, ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, item]) =>
    isEmpty(item) ? [`${pad}${scalar(key)}: ${inline(item)}`] : [`${pad}${scalar(key)}:`, ...lines(item, indent + 1)],
  );
}

function inline(value) {
  if (Array.isArray(value)) {
    return '[]';
  }
  return value !== null && typeof value === 'object' ? '{}' : scalar(value);
}

export const asYaml = (value) => (isEmpty(value) ? `${inline(value)}\n` : `${lines(value, 0).join('\n')}\n`);
