// SPDX-License-Identifier: Apache-2.0
/** What may stand at a place of a YAML document, by its JSON Schema: pure functions. */

const MOST_DEPTH = 12;

function resolve(schema, root, depth = 0) {
  if (!schema || depth > MOST_DEPTH) {
    return [];
  }
  if (schema.$ref?.startsWith('#/')) {
    const target = schema.$ref.slice(2).split('/').reduce((node, key) => node?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], root);
    return resolve(target, root, depth + 1);
  }
  const choices = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? []), ...[schema.then, schema.else].filter(Boolean)];
  return [schema, ...choices.flatMap((each) => resolve(each, root, depth + 1))];
}

/** Schemas of the member `key` ('[]' for an element) of what `schemas` describe. */
function member(schemas, key, root) {
  return schemas.flatMap((schema) => {
    const next = key === '[]' ? schema.items : schema.properties?.[key] ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
    return next ? resolve(next, root) : [];
  });
}

/**
 * The keys above a line, by indentation, outermost first; '[]' for an element of a list.
 * @param above lines before it @param indent of the line @param inList whether the line begins an element of a list there
 */
export function pathOf(above, indent, inList = false) {
  const path = inList ? ['[]'] : [];
  // What is above has to begin before this column, or, after an element of a list, at its dash at the latest.
  let limit = inList ? indent + 1 : indent;
  let afterDash = inList;
  for (let index = above.length - 1; index >= 0 && (limit > 0 || afterDash); index -= 1) {
    const match = /^(\s*)((?:-\s+)*)(?:"?([\w.$/-]+)"?\s*:)?(.*)$/.exec(above[index]);
    if (above[index].trim() === '' || above[index].trim().startsWith('#')) {
      continue;
    }
    const dash = match[2] ? match[1].length : undefined;
    const column = match[1].length + match[2].length;
    if (match[3] !== undefined && column < limit && match[4].trim() === '') {
      path.unshift(match[3]);
      limit = column;
      afterDash = false;
    }
    if (dash !== undefined && dash < (afterDash ? limit - 1 : limit)) {
      path.unshift('[]');
      limit = dash + 1;
      afterDash = true;
    }
  }
  return path;
}

/**
 * @param schema of the document @param above lines before the present one @param line the present one up to the cursor
 * @returns options of the editor's completion
 */
export function suggestions(schema, above, line) {
  const match = /^(\s*)(-\s+)?(?:"?([\w.$/-]+)"?\s*:\s+)?/.exec(line);
  const inList = match[2] !== undefined;
  const indent = match[1].length;
  const before = pathOf(above, indent, inList);
  let schemas = resolve(schema, schema);
  for (const key of before) {
    schemas = member(schemas, key, schema);
  }
  if (match[3] !== undefined) {
    return values(member(schemas, match[3], schema));
  }
  const seen = new Map();
  for (const each of schemas) {
    for (const [name, found] of Object.entries(each.properties ?? {})) {
      const detail = resolve(found, schema)[0];
      const list = detail?.type === 'array' || detail?.type === 'object';
      seen.set(name, {
        label: name,
        type: 'property',
        apply: list ? `${name}:` : `${name}: `,
        info: detail?.description,
        boost: each.required?.includes(name) ? 1 : 0,
        detail: each.required?.includes(name) ? 'required' : undefined,
      });
    }
  }
  return [...seen.values()];
}

function values(schemas) {
  const options = schemas.flatMap((each) => [
    ...(each.enum ?? []),
    ...(each.const !== undefined ? [each.const] : []),
    ...(each.type === 'boolean' ? [true, false] : []),
  ]);
  return [...new Set(options)].map((value) => ({ label: String(value), type: 'enum' }));
}
