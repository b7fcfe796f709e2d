// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { graphPath, query } from '../net/api.js';
import { may } from '../net/session.js';
import '../ui/service-series.js';
import { diffView } from '../ui/diff.js';
import '../ui/drawing.js';
import { Answer, Element, PARAMETERS } from '../ui/element.js';
import { bytes, camelWords, cores, duration, hoursAgo, moment, number, tone, words } from '../ui/format.js';
import { actions, hold, release, rollBack } from '../ui/graph-actions.js';
import { shares } from '../ui/plan.js';
import { navigate, setParameters, to, withParameters } from '../ui/router.js';
import { breadcrumbs, clusterLink, command, shellWord, since, tabs, tag, time, whyLink } from '../ui/views.js';
import { asYaml } from '../ui/yaml.js';

const TABS = [['', 'Services'], ['load', 'Load and replicas'], ['timeline', 'Timeline'], ['decisions', 'Decisions'], ['descriptor', 'Descriptor'], ['rightsizing', 'Sizes']];
const PASTS = [['1', 'hour'], ['6', '6 hours'], ['24', 'day'], ['168', 'week']];
const MOST_SERIES = 40;

/** Links of a descriptor: what a service connects to. */
function linksOf(descriptor) {
  return (descriptor?.services ?? []).flatMap((service) => (service.deployment?.intent?.connectionPoints ?? []).map((other) => [service.id, other]));
}

/** One graph: as it is, and as it was at any moment that the journal has. */
class Graph extends Element {
  static properties = { place: { attribute: false }, moments: { state: true } };

  #ours = (event) => event.subject === `${this.#project}/${this.#name}` || event.subject?.startsWith(`${this.#project}/${this.#name}/`);
  #graph = new Answer(this, () => graphPath(this.#project, this.#name), { concerns: this.#ours, everySeconds: 30, keep: false });
  #history = new Answer(this, () => (['', 'timeline'].includes(this.#tab) ? query(graphPath(this.#project, this.#name, 'history'), { from: this.#since() }) : ''), { concerns: this.#ours, quietMillis: 1500, keep: PARAMETERS });
  #revisionThen = new Answer(this, () => this.#revisionPath(this.#then()?.revision), { keep: false });
  #operations = new Answer(this, () => (this.#tab === 'timeline' ? query('/api/v1/operations', { graph: `${this.#project}/${this.#name}`, limit: 50 }) : ''), { concerns: this.#ours });
  #decisions = new Answer(this, () => (['decisions', 'timeline'].includes(this.#tab) ? query(graphPath(this.#project, this.#name, 'decisions'), { limit: 100, cursor: this.place.parameters.get('cursor'), kind: this.place.parameters.get('kind') }) : ''), { concerns: this.#ours, quietMillis: 1000 });
  #revisions = new Answer(this, () => (this.#tab === 'descriptor' ? graphPath(this.#project, this.#name, 'revisions') : ''), { concerns: this.#ours });
  #before = new Answer(this, () => (this.#tab === 'descriptor' ? this.#revisionPath(this.place.parameters.get('from')) : ''));
  #after = new Answer(this, () => (this.#tab === 'descriptor' ? this.#revisionPath(this.place.parameters.get('to')) : ''));
  #begin = { of: '', at: '' };
  #replayed;
  #states = [];
  #rightsizing = new Answer(this, () => (this.#tab === 'rightsizing' ? graphPath(this.#project, this.#name, 'rightsizing') : ''));

  get #project() {
    return this.place.segments[1];
  }

  get #name() {
    return this.place.segments[2];
  }

  get #tab() {
    return this.place.parameters.get('tab') ?? '';
  }

  get #past() {
    return this.place.parameters.get('past') ?? '24';
  }

  get #hours() {
    return this.place.parameters.get('hours') ?? '1';
  }

  get #at() {
    return this.place.parameters.get('at');
  }

  #revisionPath(revision) {
    return revision ? graphPath(this.#project, this.#name, 'revisions', String(revision)) : '';
  }

  /** Where the history begins: it stays there while one looks at it, and goes back as far as an address asks. */
  #since() {
    const of = `${this.#project}/${this.#name} ${this.#past} ${this.#at ? '' : new Date().getHours()}`;
    const at = of === this.#begin.of ? this.#begin.at : hoursAgo(this.#past);
    this.#begin = { of, at: this.#at && new Date(this.#at) < new Date(at) ? this.#at : at };
    return this.#begin.at;
  }

  render() {
    return html`${breadcrumbs(html`<a href=${to('graphs')}>Graphs</a>`, html`<a href="${to('graphs')}?project=${encodeURIComponent(this.#project)}">${this.#project}</a>`)}
      ${this.#graph.show((graph) => this.#page(graph))}
      ${this.#graph.problem?.status === 404 ? html`<p><a href=${to('graphs')}>All graphs</a></p>` : nothing}`;
  }

  #page(graph) {
    return html`<div class="head"><h1>${graph.name}</h1>${tag(graph.phase)}${graph.paused ? tag('paused', 'warn') : nothing}
        <span class="muted">${graph.version ? `version ${graph.version}, ` : ''}revision ${graph.revision}, changed ${since(graph.updatedAt)}</span><span class="grow"></span>${actions(graph)}</div>
      ${graph.operation ? html`<p class="note">An operation is running: <a href=${to('operations', graph.operation.id ?? graph.operation)}>follow it</a></p>` : nothing}
      ${this.#conditions(graph)}
      ${tabs(TABS, this.#tab, (id) => withParameters({ tab: id, cursor: '', kind: '', from: '', to: '' }))}
      ${this.#tab === '' ? this.#services(graph) : nothing}
      ${this.#tab === 'load' ? this.#load(graph) : nothing}
      ${this.#tab === 'timeline' ? this.#timeline(graph) : nothing}
      ${this.#tab === 'decisions' ? this.#decided(graph) : nothing}
      ${this.#tab === 'descriptor' ? this.#descriptor(graph) : nothing}
      ${this.#tab === 'rightsizing' ? this.#rightsizing.show((data) => this.#sizes(data)) : nothing}
      <p></p>${command(`smo describe graph ${shellWord(`${graph.project}/${graph.name}`)}`)}`;
  }

  #conditions(graph) {
    const bad = graph.conditions.filter((condition) => condition.status !== 'True');
    return html`${bad.map(
        (condition) => html`<div class="note ${condition.status === 'False' ? 'warn' : ''}" role="status"><strong>${words(camelWords(condition.type))}: ${condition.status === 'False' ? 'no' : 'not known'}</strong>
          (${camelWords(condition.reason)}, ${since(condition.lastTransitionTime)}) ${condition.message}</div>`,
      )}
      ${(graph.drift ?? []).map((drift) => html`<div class="note warn" role="status">Changed outside: ${drift.field} of ${drift.service} is ${drift.actual}, expected ${drift.expected} (${since(drift.since)})</div>`)}
      ${bad.length ? html`<p></p>` : nothing}`;
  }

  /** The states that the graph has been in, oldest first: what each moment changed, applied to the one before. */
  #moments() {
    const history = this.#history.data;
    if (history !== this.#replayed) {
      this.#replayed = history;
      let state = history?.before ?? {};
      this.#states = (history?.moments ?? []).map((change) => {
        const { at, cause, services, ...others } = change;
        state = { ...state, ...others, services: { ...state.services, ...services } };
        return { ...state, at, cause };
      });
    }
    return this.#states;
  }

  /** Place of the moment that the address asks for; -1: before the first one, or that there is none. */
  #index() {
    const moments = this.#moments();
    if (!this.#at) {
      return moments.length - 1;
    }
    const exact = moments.findIndex((each) => each.at === this.#at);
    return exact >= 0 ? exact : moments.findLastIndex((each) => new Date(each.at) <= new Date(this.#at));
  }

  /** The graph at the moment that the address asks for; undefined for now, and where nothing is on record. */
  #then() {
    const { before } = this.#history.data ?? {};
    const index = this.#index();
    if (!this.#at || index >= 0) {
      return this.#at ? this.#moments()[index] : undefined;
    }
    return Object.keys(before?.services ?? {}).length > 0 ? { ...before, at: this.#at } : undefined;
  }

  #services(graph) {
    const moments = this.#moments();
    const index = this.#index();
    const then = this.#then();
    const services = then
      ? Object.entries(then.services).map(([id, service]) => ({ id, clusters: service.shares.map((share) => share.cluster), state: service.shares.length ? 'placed' : 'not placed', tone: service.shares.length ? 'ok' : 'idle', replicas: sumOf(service.shares) }))
      : graph.services.map((service) => ({ id: service.name, clusters: service.shares.map((share) => share.cluster), state: service.state, tone: tone(service.state), replicas: service.replicas }));
    const descriptor = then ? this.#revisionThen.data?.hdaGraph : graph.hdaGraph;
    return html`<div class="stack">
      ${this.#at && !then && this.#history.data ? html`<p class="note warn" role="status">How it was at ${moment(this.#at)} is not on record; this is how it is now.</p>` : nothing}
      ${this.#slider(moments, Math.max(0, index), then)}
      <smo-drawing .services=${services} .links=${linksOf(descriptor)} @choose=${(event) => navigate(to('graphs', graph.project, graph.name, 'why', event.detail.service))}></smo-drawing>
      ${then ? this.#pastTable(then) : this.#presentTable(graph)}
    </div>`;
  }

  #slider(moments, index, then) {
    if (moments.length < 2) {
      return nothing;
    }
    const known = this.#history.data.knownSince;
    return html`<section class="card" aria-labelledby="g-time"><div class="row spread"><h2 id="g-time">${then ? html`As it was at ${moment(then.at)}` : 'As it is now'}</h2>
        <div class="row"><label>Past <select @change=${(event) => setParameters({ past: event.target.value === '24' ? '' : event.target.value, at: '' })}>${PASTS.map(([hours, label]) => html`<option value=${hours} .selected=${hours === this.#past}>${label}</option>`)}</select></label>
        ${then ? html`<button @click=${() => setParameters({ at: '' })}>Now</button>` : nothing}</div></div>
      <input type="range" min="0" max=${moments.length - 1} .value=${String(index)} aria-label="Moment in the history of the graph" aria-valuetext=${moment(moments[index]?.at)}
        @input=${(event) => {
          const chosen = Number(event.target.value);
          setParameters({ at: chosen === moments.length - 1 ? '' : moments[chosen].at }, { replace: true });
        }}>
      <div class="row spread muted"><span>${moment(moments[0].at)}</span><span>${then?.cause ? causeView(then.cause, this.#project, this.#name) : nothing}</span><span>now</span></div>
      ${known.placement && known.placement > this.#history.data.from ? html`<p class="muted">Placements are known since ${moment(known.placement)}.</p>` : nothing}
    </section>`;
  }

  #pastTable(then) {
    return html`<div class="table-box"><table><caption>Phase ${then.phase ? words(then.phase) : 'not known'}, revision ${then.revision ?? 'not known'}</caption><thead><tr><th scope="col">Service</th><th scope="col">Clusters × replicas</th><th scope="col" class="num">Load</th></tr></thead>
      <tbody>${Object.entries(then.services).map(([id, service]) => html`<tr><td>${id}</td><td>${shares(service.shares)}</td><td class="num">${service.load ? html`${number(service.load.perSecond)}/s <span class="muted">at ${time(service.load.at)}</span>` : '–'}</td></tr>`)}</tbody></table></div>`;
  }

  #presentTable(graph) {
    const operate = may('OPERATE', 'graph', graph.project);
    return html`<div class="table-box"><table><caption class="visually-hidden">Services</caption><thead><tr><th scope="col">Service</th><th scope="col">State</th><th scope="col">Where</th><th scope="col" class="num">Ready</th>
        <th scope="col" class="hide-narrow">Per replica</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody>${graph.services.map(
        (service) => html`<tr><td>${service.name}${service.conditional ? html` <span class="muted" title="Runs while its event lasts">conditional</span>` : nothing}${service.message ? html`<div class="muted">${service.message}</div>` : nothing}</td>
          <td>${tag(service.state)}</td>
          <td>${service.shares.map((share, index) => html`${index ? ', ' : nothing}${clusterLink(share.cluster)}×${share.replicas}`)}</td>
          <td class="num">${service.readyReplicas}/${service.replicas}${service.hold ? html` <span title="Held by a person">held</span>` : nothing}</td>
          <td class="hide-narrow">${cores(service.perReplica.cpuMillis)}, ${bytes(service.perReplica.memoryBytes)}${service.perReplica.gpus ? `, ${service.perReplica.gpus} GPU` : ''}</td>
          <td><div class="row">${whyLink(graph.project, graph.name, service.name)}
            ${operate ? html`<button class="plain" @click=${() => hold(graph, service)} aria-label="Set the replicas of ${service.name}">Replicas</button>${service.hold ? html`<button class="plain" @click=${() => release(graph, service)}>Release</button>` : nothing}` : nothing}
            ${service.dashboard ? html`<a href=${service.dashboard} rel="noopener" target="_blank">Grafana ↗</a>` : nothing}</div></td></tr>`,
      )}</tbody></table></div>`;
  }

  #load(graph) {
    return html`<div class="row spread"><p>Load and replicas of each service.</p><label>of the last <select @change=${(event) => setParameters({ hours: event.target.value === '1' ? '' : event.target.value })}>
        ${PASTS.map(([hours, label]) => html`<option .selected=${hours === this.#hours} value=${hours}>${label}</option>`)}</select></label></div>
      <div class="grid two">${graph.services.slice(0, MOST_SERIES).map((service) => html`<smo-service-series .path=${query(graphPath(graph.project, graph.name, 'services', service.name, 'series'), { from: hoursAgo(this.#hours) })} .service=${service.name}></smo-service-series>`)}</div>
      ${graph.services.length > MOST_SERIES ? html`<p class="muted">The first ${MOST_SERIES} of ${graph.services.length} services.</p>` : nothing}`;
  }

  #timeline() {
    const entries = [
      ...(this.#operations.data?.items ?? []).map((operation) => ({ at: operation.createdAt, view: html`${tag(operation.state)} <a href=${to('operations', operation.id)}>${words(operation.kind)}</a> by ${operation.principal}${operation.error ? html`<p>${operation.error.message}</p>` : nothing}` })),
      ...(this.#decisions.data?.items ?? []).filter((decision) => decision.kind === 'placement' || decision.outcome !== 'unchanged').map((decision) => ({ at: decision.at, view: html`${decision.kind} decided by <strong>${decision.strategy.id}</strong> (${words(decision.reason)}): ${words(decision.outcome)} <a href=${to('graphs', this.#project, this.#name, 'why', '-', decision.id)}>why</a>` })),
      ...this.#moments().filter((each) => ['event', 'revision'].includes(each.cause.source)).map((each) => ({ at: each.at, view: causeView(each.cause, this.#project, this.#name) })),
    ].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 200);
    return html`<ol class="timeline" reversed>${entries.map((entry) => html`<li>${time(entry.at)}<div>${entry.view}</div></li>`)}</ol>
      ${entries.length === 0 ? html`<p class="empty">Nothing is on record yet.</p>` : nothing}
      ${command(`smo events -f ${shellWord(`${this.#project}/${this.#name}`)}`)}`;
  }

  #decided(graph) {
    return this.#decisions.show(
      (data) => html`<div class="filters"><label>Kind <select @change=${(event) => setParameters({ kind: event.target.value, cursor: '' })}>${['', 'placement', 'scaling'].map((kind) => html`<option value=${kind} .selected=${kind === (this.place.parameters.get('kind') ?? '')}>${kind || 'all'}</option>`)}</select></label></div>
        <div class="table-box"><table><caption class="visually-hidden">Decisions</caption><thead><tr><th scope="col">When</th><th scope="col">Kind</th><th scope="col">Reason</th><th scope="col">Strategy</th><th scope="col">Outcome</th><th scope="col" class="num">Took</th><th scope="col"><span class="visually-hidden">More</span></th></tr></thead>
        <tbody>${data.items.map(
          (decision) => html`<tr><td>${time(decision.at)}</td><td>${decision.kind}</td><td>${words(decision.reason)}</td><td>${decision.strategy.id} <span class="muted">${decision.strategy.version}</span>${decision.fallback ? tag('fallback', 'warn') : nothing}</td>
            <td>${words(decision.outcome)}</td><td class="num">${duration(decision.durationMillis)}</td><td><a href=${to('graphs', graph.project, graph.name, 'why', '-', decision.id)}>Details</a></td></tr>`,
        )}</tbody></table></div>
        ${data.nextCursor ? html`<button @click=${() => setParameters({ cursor: data.nextCursor })}>Older</button>` : nothing}
        ${command(`smo get decisions --graph ${shellWord(`${graph.project}/${graph.name}`)}`)}`,
      { empty: 'No decision is on record.' },
    );
  }

  #descriptor(graph) {
    return this.#revisions.show((data) => html`<div class="grid two">
      <section class="card" aria-labelledby="g-rev"><h2 id="g-rev">Revisions</h2><div class="table-box"><table><thead><tr><th scope="col">Revision</th><th scope="col">Cause</th><th scope="col">By</th><th scope="col">When</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
        <tbody>${data.items.map(
          (revision) => html`<tr><td>${revision.revision}${revision.revision === graph.revision ? html` ${tag('in force', 'ok')}` : nothing}</td><td>${words(revision.cause)}</td><td>${revision.principal}</td><td>${time(revision.createdAt)}</td>
            <td><div class="row"><button class="plain" @click=${() => setParameters({ from: revision.revision, to: this.place.parameters.get('to') ?? graph.revision })}>Compare</button>
            ${revision.revision !== graph.revision && may('UPDATE', 'graph', graph.project) ? html`<button class="plain" @click=${() => rollBack(graph, revision.revision)}>Roll back to it</button>` : nothing}</div></td></tr>`,
        )}</tbody></table></div></section>
      <section class="card" aria-labelledby="g-desc">${this.place.parameters.get('from') ? this.#compared(data.items) : html`<h2 id="g-desc">Revision ${graph.revision}</h2><pre tabindex="0">${asYaml(graph.hdaGraph)}</pre>`}</section></div>`);
  }

  #compared(revisions) {
    const { parameters } = this.place;
    const choice = (name, label) => html`<label>${label} <select @change=${(event) => setParameters({ [name]: event.target.value })}>${revisions.map(({ revision }) => html`<option .selected=${String(revision) === parameters.get(name)} value=${revision}>${revision}</option>`)}</select></label>`;
    return html`<h2 id="g-desc">From revision ${parameters.get('from')} to ${parameters.get('to')}</h2>
      <div class="row">${choice('from', 'From')}${choice('to', 'To')}<button @click=${() => setParameters({ from: '', to: '' })}>Show the descriptor</button></div>
      ${this.#before.show((before) => this.#after.show((after) => diffView(asYaml(before.hdaGraph), asYaml(after.hdaGraph))))}`;
  }

  #sizes(data) {
    return html`<p>What services ask for against what they use. Saved when applied: ${number(data.savedCores)} cores, ${bytes(data.savedMemoryBytes)}.</p>
      <div class="table-box"><table><caption class="visually-hidden">Proposed sizes</caption><thead><tr><th scope="col">Service</th><th scope="col">Proposal</th><th scope="col">CPU</th><th scope="col">Memory</th></tr></thead>
      <tbody>${data.items.map((item) => html`<tr><td>${item.service}</td><td>${item.proposal ? tag('other class', 'busy') : tag('as it is', 'ok')}${item.obstacle ? html`<div class="muted">${item.obstacle}</div>` : nothing}</td><td>${advice(item.cpu)}</td><td>${advice(item.ram)}</td></tr>`)}</tbody></table></div>
      ${command(`smo graph rightsize ${shellWord(this.#project)} ${shellWord(this.#name)} --plan`)}`;
  }
}

const sumOf = (list) => list.reduce((sum, share) => sum + share.replicas, 0);

/** What brought a moment about. */
function causeView(cause, project, graph) {
  const id = { decision: html`<a href=${to('graphs', project, graph, 'why', '-', cause.id)}>decision</a>`, operation: html`<a href=${to('operations', cause.id)}>operation</a>` }[cause.source] ?? cause.source;
  return html`${words(cause.what)} ${cause.service ?? ''} (${id}${cause.outcome ? `, ${words(cause.outcome)}` : ''})${cause.message ? html`: ${cause.message}` : nothing}`;
}

function advice(size) {
  return html`${Object.entries(size).filter(([, value]) => value !== null && typeof value !== 'object').map(([name, value]) => html`<div><span class="muted">${camelWords(name)}</span> ${typeof value === 'number' ? number(value) : value}</div>`)}`;
}

customElements.define('smo-graph', Graph);
