// SPDX-License-Identifier: Apache-2.0
/** Small parts that many pages show. */
import { html, nothing } from 'lit';
import { ago, camelWords, moment, percent, shortTime, tone, words } from './format.js';
import { setParameters, to } from './router.js';

const SIGNS = { ok: '●', warn: '▲', bad: '✕', busy: '◔', idle: '○' };

/** A state as word, sign and colour. */
export const tag = (state, kind = tone(state)) =>
  html`<span class="tag ${kind}"><span aria-hidden="true">${SIGNS[kind]}</span>${words(state)}</span>`;

export const time = (instant) =>
  instant ? html`<time datetime=${instant} title="${moment(instant)} (${ago(instant)})">${shortTime(instant)}</time>` : html`–`;

export const since = (instant) => (instant ? html`<time datetime=${instant} title=${moment(instant)}>${ago(instant)}</time>` : html`–`);

export const graphLink = (project, name, label = `${project}/${name}`) =>
  html`<a href=${to('graphs', project, name)}>${label}</a>`;

export const whyLink = (project, graph, service, label = 'Why here?') =>
  html`<a href=${to('graphs', project, graph, 'why', service)} aria-label="Why is ${service} where it is?">${label}</a>`;

/** Parts of an address of a cluster that is named NAME or, where two sources have that one, SOURCE/NAME; only the first slash counts. */
export function clusterSegments(reference) {
  const slash = reference.indexOf('/');
  return slash < 0 ? [reference] : [reference.slice(0, slash), reference.slice(slash + 1)];
}

/** Names of clusters as the server takes them: with the source where two have the same name. */
export function clusterNames(clusters) {
  const counts = new Map();
  clusters.forEach(({ name }) => counts.set(name, (counts.get(name) ?? 0) + 1));
  return clusters.map(({ name, source }) => (counts.get(name) > 1 ? `${source}/${name}` : name));
}

export const clusterLink = (cluster, source) =>
  html`<a href=${to('clusters', ...(source ? [source, cluster] : clusterSegments(cluster)))}>${cluster}</a>`;

/** A condition that is not as it should be, with what helps. */
export const conditionView = (condition) =>
  condition
    ? html`<span class="muted">${camelWords(condition.reason)}, ${since(condition.since)}</span><div>${condition.message}</div>${condition.remedy ? html`<div><strong>What helps:</strong> ${condition.remedy}</div>` : nothing}`
    : nothing;

/** A subject of an event or an audit entry as a link, where there is a page for it. */
export function subjectLink(subject) {
  const segments = (subject ?? '').split('/');
  if (segments.length === 2) {
    return graphLink(segments[0], segments[1]);
  }
  if (segments.length === 3) {
    return html`${graphLink(segments[0], segments[1])}/${segments[2]}`;
  }
  return html`${subject ?? ''}`;
}

/** How much of a capacity is in use and reserved; the numbers stand beside it. */
export function meter(used, reserved, capacity, label) {
  const inUse = Math.min(100, percent(used, capacity));
  const asked = Math.max(0, Math.min(100 - inUse, percent(reserved, capacity) - inUse));
  return html`<div class="meter" role="img" aria-label="${label}: ${inUse} % in use, ${percent(reserved, capacity)} % reserved">
    <i class="used" .style=${`width: ${inUse}%`}></i><i class="asked" .style=${`width: ${asked}%`}></i>
  </div>`;
}

/** Numbers as horizontal bars: `rows` of `{label, value, text, other}`. */
export function bars(rows, label) {
  const most = Math.max(...rows.map((row) => Math.abs(row.value)), 0);
  return html`<div class="bars" role="list" aria-label=${label}>
    ${rows.map(
      (row) => html`<span>${row.label}</span>
        <div class="bar" aria-hidden="true"><i class=${row.other ? 'other' : ''} .style=${`width: ${most > 0 ? (100 * Math.abs(row.value)) / most : 0}%`}></i></div>
        <span class="num" role="listitem" aria-label="${row.label}: ${row.text}">${row.text}</span>`,
    )}
  </div>`;
}

/** Pages of a list: forward by the cursor of the server, back by the history of the browser. */
export function pager(answer) {
  const next = answer.nextCursor;
  const first = !new URLSearchParams(location.search).get('cursor');
  if (!next && first) {
    return nothing;
  }
  return html`<nav class="pager" aria-label="Pages">
    <button ?disabled=${first} @click=${() => setParameters({ cursor: '' })}>First page</button>
    <button ?disabled=${!next} @click=${() => setParameters({ cursor: next })}>Next page</button>
  </nav>`;
}

/** A field of a filter whose value is a parameter of the address. */
export const textFilter = (name, label, parameters, placeholder = '') => html`<label>${label}
  <input type="search" .value=${parameters.get(name) ?? ''} placeholder=${placeholder} autocomplete="off"
    @input=${(event) => later(name, event.target.value)}></label>`;

export const choiceFilter = (name, label, choices, parameters) => html`<label>${label}
  <select @change=${(event) => setParameters({ [name]: event.target.value, cursor: '' })}>
    <option value="">all</option>
    ${choices.map((choice) => html`<option value=${choice} .selected=${parameters.get(name) === choice}>${words(choice)}</option>`)}
  </select></label>`;

const TYPING_MILLIS = 50;
let pause;
let typed = {};

/** At once for the first key; while somebody types on, with what there is by then. */
function later(name, value) {
  typed[name] = value;
  if (!pause) {
    flush(location.pathname);
  }
}

function flush(page) {
  const parameters = typed;
  typed = {};
  pause = undefined;
  if (Object.keys(parameters).length > 0 && page === location.pathname) {
    pause = setTimeout(() => flush(page), TYPING_MILLIS);
    setParameters({ ...parameters, cursor: '' }, { replace: true });
  }
}

export const breadcrumbs = (...parts) => html`<nav class="crumbs" aria-label="Where this is">${parts.map((part, index) => html`${index ? ' / ' : nothing}${part}`)}</nav>`;

export const tabs = (names, current, address) => html`<nav class="tabs" aria-label="Parts of this page">
  ${names.map(([id, label]) => html`<a href=${address(id)} aria-current=${id === current ? 'page' : nothing}>${label}</a>`)}
</nav>`;

export const facts = (pairs) => html`<dl class="facts">${pairs.filter(Boolean).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

const UNQUOTED = /^[A-Za-z0-9_./:@%+=,-]+$/;

/**
 * A value as one word of a command: whatever is in it, a shell takes it as text. Addresses can be shared, so that values are what somebody else
 * has written. Control characters become spaces: a terminal obeys them within quotes, too.
 */
export function shellWord(value) {
  const text = String(value ?? '').replace(/\p{Cc}/gu, ' ');
  return UNQUOTED.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const SAID_MILLIS = 6000;

/** Copies the text of the element before it, and says whether that went. */
export const copyButton = (label) => html`<button type="button" class="plain" aria-label=${label} title=${label} @click=${(event) => copy(event.currentTarget)}>Copy</button><span class="muted" role="status"></span>`;

/** Browsers have a clipboard for pages over https and of this machine only: elsewhere the text is selected, which most copy, too. */
async function copy(button) {
  const shown = button.previousElementSibling;
  const said = button.nextElementSibling;
  try {
    await navigator.clipboard.writeText(shown.textContent);
    said.textContent = 'copied';
  } catch {
    getSelection().selectAllChildren(shown);
    said.textContent = document.execCommand('copy') ? 'copied' : 'cannot copy here: it is selected, copy it by Ctrl-C';
  }
  setTimeout(() => { said.textContent = ''; }, SAID_MILLIS);
}

/** The command that does the same as a button or a page; its values by {@link shellWord}. */
export const command = (text) => html`<span class="command"><code aria-label="The same on the command line">${text}</code>
  ${copyButton('Copy the command')}</span>`;
