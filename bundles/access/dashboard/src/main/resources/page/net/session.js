// SPDX-License-Identifier: Apache-2.0
/** Who is using the page, and what they may do. The server decides; the page only does not offer what would be refused. */
import { change, get, useToken } from './api.js';
import { leave } from './events.js';

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

/** @param scope `inProject` or `ofServer`, as a role has its kinds */
function roleAllows(word, scope, verb, kind) {
  return (session.roles.get(word)?.[scope]?.[kind] ?? []).includes(verb);
}

/** Grants in a project give nothing that is of the whole server. */
function grantAllows(grant, verb, kind, project) {
  return (
    (!grant.verbs?.length || grant.verbs.includes(verb)) &&
    (grant.project
      ? (project === undefined || grant.project === project) && roleAllows(grant.role, 'inProject', verb, kind)
      : roleAllows(grant.role, 'inProject', verb, kind) || roleAllows(grant.role, 'ofServer', verb, kind))
  );
}

/**
 * Whether the caller may probably do this.
 * @param project undefined: in any project; '': in all of them
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
    session.caller.roles.some((role) => roleAllows(role, 'inProject', verb, kind) || roleAllows(role, 'ofServer', verb, kind)) ||
    session.caller.grants.some((grant) => grantAllows(grant, verb, kind, project))
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

/** Ends the session, and forgets what this tab has of it. @throws Problem when the server does not confirm it: it counts on */
export async function logOut() {
  try {
    await change('DELETE', '/api/v1/sessions/current');
  } catch (problem) {
    if (problem.status !== 401 && problem.status !== 404) {
      throw problem;
    }
  }
  leave();
  useToken('');
  sessionStorage.clear();
  session.caller = undefined;
}
