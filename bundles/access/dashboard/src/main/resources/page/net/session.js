// SPDX-License-Identifier: Apache-2.0
/** Who is using the page, and what they may do. The server decides; the page only does not offer what would be refused. */
import { change, get, useToken } from './api.js';

export const session = { caller: undefined, roles: new Map() };

/** Reads who is asking. @throws Problem with status 401 when nobody is known */
export async function refresh() {
  session.caller = await get('/api/v1/whoami');
  try {
    const roles = await get('/api/v1/roles');
    session.roles = new Map(roles.items.map((role) => [role.role, role]));
  } catch (problem) {
    if (problem.status === 401) {
      throw problem;
    }
  }
  return session.caller;
}

export const isAnonymous = () => session.caller?.principal === 'anonymous';

/** Whether a change below a path needs credentials, and the caller has none. */
export function isGuarded(path) {
  return (
    isAnonymous() &&
    session.caller.guardedChanges.some((guarded) => {
      const segments = path.split('/');
      return guarded.split('/').every((segment, index) => segment === '*' || segment === segments[index]);
    })
  );
}

/** Where the resources of a kind are. */
const pathOf = (kind) => `/api/v1/${kind.replace(/([^aeiou])y$/, '$1ie')}s`;

function roleAllows(word, verb, kind) {
  const role = session.roles.get(word);
  return [...(role?.inProject?.[kind] ?? []), ...(role?.ofServer?.[kind] ?? [])].includes(verb);
}

/**
 * Whether the caller may probably do this.
 * @param project undefined: in any project
 */
export function may(verb, kind, project) {
  if (!session.caller) {
    return false;
  }
  if (verb !== 'READ' && isGuarded(pathOf(kind))) {
    return false;
  }
  if (session.roles.size === 0) {
    return true;
  }
  return (
    session.caller.roles.some((role) => roleAllows(role, verb, kind)) ||
    session.caller.grants.some(
      (grant) =>
        (!grant.project || project === undefined || grant.project === project) && roleAllows(grant.role, verb, kind),
    )
  );
}

/** Opens a session whose token only the browser has, in a cookie that scripts cannot read. */
export async function logIn(user, password) {
  useToken('');
  await change('POST', '/api/v1/sessions', { user, password, cookie: true });
  return refresh();
}

export async function logInByToken(token) {
  useToken(token.trim());
  try {
    return await refresh();
  } catch (problem) {
    useToken('');
    throw problem;
  }
}

export async function logOut() {
  try {
    await change('DELETE', '/api/v1/sessions/current');
  } finally {
    useToken('');
    session.caller = undefined;
  }
}
