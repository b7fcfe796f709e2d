// SPDX-License-Identifier: Apache-2.0
/** The frame around every page: navigation, search, who is there, whether the server is. */
import { html, nothing } from 'lit';
import { get, onUnauthenticated, query } from '../net/api.js';
import { connect, connection, onConnection } from '../net/events.js';
import { isAnonymous, logOut, refresh, session } from '../net/session.js';
import { toast } from './dialog.js';
import { Element, problemView } from './element.js';
import { ago } from './format.js';
import { BASE, here, navigate, onNavigate, start, to } from './router.js';

/** Pages by the first segment of the address: module, element, title. */
const PAGES = {
  '': [() => import('../pages/overview.js'), 'smo-overview', 'Overview'],
  graphs: [() => import('../pages/graphs.js'), 'smo-graphs', 'Graphs'],
  graph: [() => import('../pages/graph.js'), 'smo-graph', 'Graph'],
  why: [() => import('../pages/why.js'), 'smo-why', 'Why'],
  deploy: [() => import('../pages/deploy.js'), 'smo-deploy', 'Deploy'],
  clusters: [() => import('../pages/clusters.js'), 'smo-clusters', 'Clusters'],
  cluster: [() => import('../pages/cluster.js'), 'smo-cluster', 'Cluster'],
  fleet: [() => import('../pages/fleet.js'), 'smo-fleet', 'Fleet plans'],
  strategies: [() => import('../pages/strategies.js'), 'smo-strategies', 'Strategies'],
  plugins: [() => import('../pages/plugins.js'), 'smo-plugins', 'Plugins'],
  shadows: [() => import('../pages/shadows.js'), 'smo-shadows', 'Shadows'],
  access: [() => import('../pages/access.js'), 'smo-access', 'Users and rights'],
  quotas: [() => import('../pages/quotas.js'), 'smo-quotas', 'Quotas'],
  events: [() => import('../pages/events.js'), 'smo-events', 'Events'],
  webhooks: [() => import('../pages/webhooks.js'), 'smo-webhooks', 'Webhooks'],
  operations: [() => import('../pages/operations.js'), 'smo-operations', 'Operations'],
  systems: [() => import('../pages/systems.js'), 'smo-systems', 'Systems'],
  audit: [() => import('../pages/audit.js'), 'smo-audit', 'Audit'],
  kinds: [() => import('../pages/kinds.js'), 'smo-kinds', 'Resources'],
  login: [() => import('../pages/login.js'), 'smo-login', 'Log in'],
};

const NAVIGATION = [
  ['', [['', 'Overview'], ['graphs', 'Graphs'], ['deploy', 'Deploy'], ['clusters', 'Clusters'], ['fleet', 'Fleet plans']]],
  ['Decide', [['strategies', 'Strategies'], ['plugins', 'Plugins'], ['shadows', 'Shadows and replays']]],
  ['Follow', [['operations', 'Operations'], ['events', 'Events'], ['webhooks', 'Webhooks'], ['systems', 'Systems'], ['audit', 'Audit']]],
  ['Manage', [['access', 'Users and rights'], ['quotas', 'Quotas'], ['kinds', 'Resources']]],
];

function pageAt(segments) {
  const [first = '', second, , fourth] = segments;
  if (first === 'graphs' && segments.length >= 3) {
    return fourth === 'why' ? 'why' : 'graph';
  }
  if (first === 'clusters' && second !== undefined) {
    return 'cluster';
  }
  return first;
}

const LONGEST_LIST = 8;
const RETRY_MILLIS = 3000;
const UPDATED = 'The page was updated at the server. Reload it to go on.';

const versionOf = (page) => page.querySelector('meta[name=smo-page-version]')?.content;

export class Shell extends Element {
  static properties = { ready: { state: true }, problem: { state: true }, outdated: { state: true }, found: { state: true }, menu: { state: true } };

  #page;
  #where;
  #place = here();
  #search;
  #asking = false;
  #entering;

  constructor() {
    super();
    this.ready = false;
    this.found = [];
    start();
    onNavigate((place) => this.#go(place));
    onConnection(({ connected, status }) => this.#connectionChanged(connected, status));
    onUnauthenticated(() => this.#ended());
    setInterval(() => !document.hidden && !connection.connected && this.requestUpdate(), 5000);
    document.documentElement.dataset.theme = localStorage.getItem('smo-theme') ?? '';
  }

  /** The stream ends with the session, with a change of rights and with the server: who is there now, and is the page of this server? */
  async #connectionChanged(connected, status) {
    this.requestUpdate();
    if (!session.caller || (!connected && (status !== 401 || isAnonymous()))) {
      return;
    }
    try {
      await refresh();
      this.#page?.requestUpdate();
      if (connected) {
        await this.#compareVersions();
      } else {
        setTimeout(connect, RETRY_MILLIS);
      }
    } catch (problem) {
      // a part of the server may be away for a moment; without a session the login is there already
      if (problem.status !== 401) {
        setTimeout(() => this.#connectionChanged(connection.connected, connection.status), RETRY_MILLIS);
      }
    }
  }

  /** Files of another version are not served any more: it says so before one of them is needed. */
  async #compareVersions() {
    const answer = await fetch(BASE + '/');
    const present = versionOf(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    // while the page is exchanged, or from a proxy, the answer is no page
    if (answer.ok && present) {
      this.outdated = present !== versionOf(document);
    }
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', (event) => this.#key(event));
    this.#go(here());
  }

  /** Whether it is known who is there, if only that nobody logged in; who has to log in is asked to. */
  async #enter() {
    try {
      await refresh();
      connect();
      this.ready = true;
    } catch (problem) {
      // without a session the login is there already, and one that was asked earlier may fail later
      if (problem.status !== 401 && !this.ready) {
        this.problem = problem;
        clearTimeout(this.#entering);
        this.#entering = setTimeout(() => this.ready || this.#place.segments[0] === 'login' || this.#go(here()), RETRY_MILLIS);
      }
    }
    return this.ready;
  }

  /** The session is over: the login comes over the page, so that nothing that was typed is lost. */
  async #ended() {
    if (this.#place.segments[0] === 'login' || document.querySelector('dialog.login-again') || isAnonymous()) {
      return;
    }
    if (!session.caller) {
      this.ready = false;
      navigate(query(to('login'), { next: here().address }), { replace: true });
      return;
    }
    if (this.#asking || (await this.#isKnown())) {
      return;
    }
    const dialog = document.createElement('dialog');
    dialog.className = 'login-again';
    dialog.setAttribute('aria-label', 'Log in again');
    await PAGES.login[0]();
    const login = document.createElement('smo-login');
    login.place = { segments: ['login'], parameters: new URLSearchParams({ next: here().address }) };
    login.ended = true;
    login.addEventListener('ready', () => {
      dialog.close();
      connect();
      this.requestUpdate();
      if (!this.ready) {
        this.ready = true;
        this.#go(here());
      }
    });
    dialog.append(login);
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  /** A password that is not right is refused as a session is that has ended. */
  async #isKnown() {
    this.#asking = true;
    try {
      return (await get('/api/v1/whoami')).principal === session.caller.principal;
    } catch (problem) {
      return problem.status !== 401;
    } finally {
      this.#asking = false;
    }
  }

  async #go(place) {
    this.#place = place;
    this.menu = false;
    const name = pageAt(place.segments);
    const entry = PAGES[name];
    if (!entry) {
      this.#page = undefined;
      this.requestUpdate();
      return;
    }
    if (!this.ready && name !== 'login' && !(await this.#enter())) {
      return;
    }
    const [load, tagName, title] = entry;
    try {
      await load();
    } catch {
      await this.#notLoaded(place);
      return;
    }
    if (this.#place !== place) {
      return;
    }
    this.problem = undefined;
    if (!this.#page || this.#page.localName !== tagName) {
      this.#page = document.createElement(tagName);
      this.#page.addEventListener('ready', () => this.#loggedIn());
    }
    this.#page.place = place;
    this.#announce(name, place);
    document.title = [...place.segments.slice(1).reverse(), title, 'SMO'].join(' · ');
    this.requestUpdate();
  }

  /** Who follows a link by the keyboard or hears the page goes on at its beginning; filters and tabs leave the focus where it is. */
  #announce(name, place) {
    const where = [name, ...place.segments].join('/');
    if (this.#where !== undefined && this.#where !== where && name !== 'login' && !document.querySelector('dialog[open]')) {
      this.querySelector('#main')?.focus({ preventScroll: true });
    }
    this.#where = where;
  }

  /** Either the page is another by now, or nobody answers: then it is tried again, as everything else is. */
  async #notLoaded(place) {
    try {
      await this.#compareVersions();
    } catch {
      this.outdated = false;
    }
    if (this.#place !== place) {
      return;
    }
    this.problem = { status: 0, message: this.outdated ? UPDATED : 'The server does not answer. The page tries again by itself.' };
    if (!this.outdated) {
      setTimeout(() => this.#place === place && this.#go(place), RETRY_MILLIS);
    }
  }

  #loggedIn() {
    this.ready = true;
    connect();
    const next = this.#place.parameters.get('next') ?? BASE + '/';
    navigate(next.startsWith(BASE + '/') || next === BASE ? next : BASE + '/', { replace: true });
  }

  #key(event) {
    const typing = event.composedPath().some((node) => node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName)));
    if (!typing && event.key === '/' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.querySelector('#find')?.focus();
    }
  }

  async #find(text) {
    clearTimeout(this.#search);
    if (!text) {
      this.found = [];
      return;
    }
    this.#search = setTimeout(async () => {
      try {
        const answer = await get(query('/api/v1/graphs', { q: text, limit: LONGEST_LIST }));
        this.found = answer.items;
      } catch {
        this.found = [];
      }
    }, 80);
  }

  #submit(event) {
    event.preventDefault();
    const text = event.target.elements.find.value.trim();
    const exact = this.found.find((graph) => graph.name === text || `${graph.project}/${graph.name}` === text);
    navigate(exact ? to('graphs', exact.project, exact.name) : query(to('graphs'), { q: text }));
  }

  #theme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    localStorage.setItem('smo-theme', root.dataset.theme);
    dispatchEvent(new Event('smo-theme'));
  }

  async #logOut() {
    try {
      await logOut();
      this.ready = false;
      navigate(to('login'));
    } catch (problem) {
      toast(html`You are still logged in: ${problem.message}`, 'bad');
    }
  }

  render() {
    const current = this.#place.segments[0] ?? '';
    return html`<a class="skip" href="#main">Skip to the content</a>
      <div class="frame">
        <header class="top">
          <button class="menu-button" aria-expanded=${String(Boolean(this.menu))} aria-controls="nav" @click=${() => (this.menu = !this.menu)}>Menu</button>
          <a class="brand" href="${BASE}/"><img src=${new URL('../icon.svg', import.meta.url).pathname} alt="">SMO</a>
          <form class="find" role="search" @submit=${this.#submit}>
            <label class="visually-hidden" for="find">Find a graph</label>
            <input id="find" name="find" type="search" list="found" placeholder="Find a graph  ( / )" autocomplete="off" ?disabled=${!this.ready} @input=${(event) => this.#find(event.target.value.trim())}>
            <datalist id="found">${this.found.map((graph) => html`<option value="${graph.project}/${graph.name}"></option>`)}</datalist>
          </form>
          <span class="grow"></span>
          ${this.#connection()}
          <button class="plain" @click=${this.#theme} aria-label="Light or dark">◐</button>
          ${this.#who()}
        </header>
        <nav class="nav ${this.menu ? 'open' : ''}" id="nav" aria-label="Pages"><div class="nav-inner">
          ${NAVIGATION.map(
            ([group, entries]) => html`${group ? html`<div class="group">${group}</div>` : nothing}<ul>${entries.map(
                ([segment, label]) => html`<li><a href=${segment ? to(segment) : BASE + '/'} aria-current=${segment === current ? 'page' : nothing}>${label}</a></li>`,
              )}</ul>`,
          )}
          <ul><li><a href="/docs/" target="_blank" rel="noopener">REST interface ↗</a></li></ul>
        </div></nav>
        <main class="main" id="main" tabindex="-1">${this.#content()}</main>
      </div>`;
  }

  #content() {
    if (this.problem) {
      return html`${problemView(this.problem)}<p><button class="primary" @click=${() => location.reload()}>Reload</button></p>`;
    }
    if (this.#page === undefined && PAGES[pageAt(this.#place.segments)] === undefined) {
      return html`<div class="empty"><h1>There is no such page</h1><p><a href="${BASE}/">Overview</a></p></div>`;
    }
    return this.ready || this.#page?.localName === 'smo-login' ? this.#page : html`<p class="loading" role="status">Loading…</p>`;
  }

  #connection() {
    if (!this.ready) {
      return nothing;
    }
    if (this.outdated) {
      return html`<button class="conn" role="status" title=${UPDATED} @click=${() => location.reload()}>Updated: reload</button>`;
    }
    return connection.connected
      ? html`<span class="conn tag ok" title="Changes are shown as they happen"><span aria-hidden="true">●</span>live</span>`
      : html`<span class="conn tag ${connection.status === 403 ? 'warn' : 'bad'}" role="status"><span aria-hidden="true">✕</span>${connection.status === 403
            ? 'no right to follow events'
            : `connection lost ${ago(connection.since)}, trying again`}</span>`;
  }

  #who() {
    if (!this.ready || this.#place.segments[0] === 'login') {
      return nothing;
    }
    return isAnonymous()
      ? html`<a class="button" href=${query(to('login'), { next: this.#place.address })}>Log in</a>`
      : html`<span class="muted hide-narrow">${session.caller?.principal}</span><button @click=${this.#logOut}>Log out</button>`;
  }
}

customElements.define('smo-shell', Shell);

