// SPDX-License-Identifier: Apache-2.0
/** Addresses of the page. Every state that can be shared is in the address. */

export const BASE = '/dashboard';
const listeners = new Set();

export function onNavigate(listener) {
  listeners.add(listener);
}

/** Segments of the present address below the base, decoded, and its parameters. */
export function here() {
  const segments = location.pathname
    .slice(BASE.length)
    .split('/')
    .filter(Boolean)
    .map((segment) => {
      try {
        return decodeURIComponent(segment);
      } catch {
        return segment;
      }
    });
  return { segments, parameters: new URLSearchParams(location.search), address: location.pathname + location.search };
}

export const to = (...segments) => [BASE, ...segments.map(encodeURIComponent)].join('/');

const tell = () => listeners.forEach((listener) => listener(here()));

export function navigate(address, { replace = false } = {}) {
  if (address !== location.pathname + location.search) {
    history[replace ? 'replaceState' : 'pushState']({}, '', address);
  }
  tell();
}

/** The present address with other parameters; those that are empty go. */
export function withParameters(changes) {
  const parameters = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '' || value === undefined || value === null || value === false) {
      parameters.delete(name);
    } else {
      parameters.set(name, value);
    }
  }
  const text = parameters.toString();
  return location.pathname + (text ? `?${text}` : '');
}

export const setParameters = (changes, options) => navigate(withParameters(changes), options);

export function start() {
  addEventListener('popstate', tell);
  document.addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (
      !link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey ||
      link.target || link.hasAttribute('download') || link.origin !== location.origin ||
      (link.pathname !== BASE && !link.pathname.startsWith(BASE + '/'))
    ) {
      return;
    }
    event.preventDefault();
    if (link.hash && link.pathname === location.pathname) {
      document.getElementById(link.hash.slice(1))?.focus();
      return;
    }
    navigate(link.pathname + link.search);
    scrollTo(0, 0);
  });
}
