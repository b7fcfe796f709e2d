// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { change, path, query } from '../net/api.js';
import { may } from '../net/session.js';
import { ask } from '../ui/dialog.js';
import { Answer, Element, problemView } from '../ui/element.js';
import { duration, words } from '../ui/format.js';
import { setParameters, to } from '../ui/router.js';
import { breadcrumbs, command, facts, graphLink, pager, shellWord, tag, textFilter, time } from '../ui/views.js';

/** What was asked for, and what became of it; one operation with its steps and its trace. */
class Operations extends Element {
  static properties = { place: { attribute: false } };

  #list = new Answer(this, () => (this.#id ? '' : query('/api/v1/operations', { graph: this.#parameter('graph'), open: this.#parameter('open'), cursor: this.#parameter('cursor'), limit: 50 })), { concerns: (event) => Boolean(event.operation), quietMillis: 700 });
  #operation = new Answer(this, () => (this.#id ? path('api', 'v1', 'operations', this.#id) : ''), { concerns: (event) => event.operation === this.#id, everySeconds: 2, keep: false });
  #trace = new Answer(this, () => (this.#id ? path('api', 'v1', 'operations', this.#id, 'trace') : ''), { everySeconds: 5, keep: false });

  get #id() {
    return this.place.segments[1];
  }

  #parameter(name) {
    return this.place.parameters.get(name);
  }

  render() {
    return this.#id ? html`${breadcrumbs(html`<a href=${to('operations')}>Operations</a>`)}${this.#operation.show((operation) => this.#one(operation))}` : this.#all();
  }

  #all() {
    const parameters = this.place.parameters;
    return html`<div class="head"><h1>Operations</h1></div>
      <div class="filters">${textFilter('graph', 'Graph', parameters, 'project/name')}<label>Running only<input type="checkbox" .checked=${parameters.has('open')} @change=${(event) => setParameters({ open: event.target.checked, cursor: '' })}></label></div>
      ${this.#list.show((data) => html`<div class="table-box"><table><caption class="visually-hidden">Operations</caption><thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Of</th><th scope="col">State</th><th scope="col">By</th><th scope="col">Message</th></tr></thead>
        <tbody>${data.items.map((operation) => html`<tr><td>${time(operation.createdAt)}</td><td><a href=${to('operations', operation.id)}>${words(operation.kind)}</a></td><td>${targetOf(operation)}</td><td>${tag(operation.state)}${operation.state === 'RUNNING' ? ` ${operation.progressPercent} %` : nothing}</td><td>${operation.principal}</td><td class="wrap">${operation.error?.message ?? operation.message}</td></tr>`)}</tbody></table></div>${pager(data)}`, { empty: 'No operation is like that.' })}
      ${command('smo get operations')}`;
  }

  #one(operation) {
    const ended = Boolean(operation.finishedAt);
    const begin = new Date(operation.createdAt).getTime();
    return html`<div class="head"><h1>${words(operation.kind)} ${operation.target.name}</h1>${tag(operation.state)}<span class="grow"></span>
        ${!ended && may('OPERATE', 'graph', operation.graph?.project) ? html`<button class="danger" @click=${() => this.#cancel(operation)}>Cancel</button>` : nothing}</div>
      <div class="stack">
        ${operation.error ? html`<div class="note bad" role="alert"><strong>${words(operation.error.kind)} (${operation.error.source})</strong><p>${operation.error.message}</p></div>` : nothing}
        <section class="card" aria-label="Operation"><div class="meter" role="progressbar" aria-valuenow=${operation.progressPercent} aria-valuemin="0" aria-valuemax="100" aria-label="Progress"><i class="used" .style=${`width: ${operation.progressPercent}%`}></i></div><p></p>
          ${facts([['Of', targetOf(operation)], ['Asked for', html`${time(operation.createdAt)} by ${operation.principal}`], ['Ended', operation.finishedAt ? html`${time(operation.finishedAt)}, after ${duration(new Date(operation.finishedAt) - begin)}` : 'not yet'], operation.message ? ['Message', operation.message] : undefined, ['In the log', html`<code>${operation.correlationId}</code>`], operation.traceId ? ['Trace', html`<code>${operation.traceId}</code>`] : undefined])}</section>
        <section class="card" aria-labelledby="x-steps"><h2 id="x-steps">Steps</h2>${operation.steps?.length ? html`<div class="table-box"><table><thead><tr><th scope="col">Step</th><th scope="col">Of</th><th scope="col">State</th><th scope="col">Detail</th></tr></thead><tbody>${operation.steps.map((step) => html`<tr><td>${words(step.action)}</td><td>${step.subject}</td><td>${tag(step.state)}</td><td class="wrap">${step.message || step.detail}</td></tr>`)}</tbody></table></div>` : html`<p class="muted">None yet.</p>`}
          ${operation.stages?.length ? html`<h3>Stages</h3><ul>${operation.stages.map((stage) => html`<li>${stage.name}: ${stage.durationMillis === null ? 'running' : duration(stage.durationMillis)}</li>`)}</ul>` : nothing}</section>
        ${this.#trace.data ? html`<section class="card" aria-labelledby="x-trace"><h2 id="x-trace">Where the time went</h2>${this.#spans(this.#trace.data)}</section>` : this.#trace.problem && this.#trace.problem.status !== 404 ? problemView(this.#trace.problem) : nothing}
        ${command(`smo logs ${shellWord(operation.id)}`)}
      </div>`;
  }

  #spans(trace) {
    if (trace.spans.length === 0) {
      return html`<p class="muted">No trace is kept.</p>`;
    }
    const begin = Math.min(...trace.spans.map((span) => new Date(span.startedAt).getTime()));
    const end = Math.max(...trace.spans.map((span) => new Date(span.startedAt).getTime() + (span.durationMillis ?? 0)), begin + 1);
    const place = (span) => `margin-left: ${(100 * (new Date(span.startedAt).getTime() - begin)) / (end - begin)}%; width: ${Math.max(0.5, (100 * (span.durationMillis ?? 0)) / (end - begin))}%`;
    return html`<div class="bars">${trace.spans.slice(0, 100).map((span) => html`<span class="wrap">${span.name}</span><div class="bar"><i class=${span.failure ? 'other' : ''} .style=${place(span)}></i></div><span class="num">${span.durationMillis === null ? '…' : duration(span.durationMillis)}</span>`)}</div>`;
  }

  #cancel(operation) {
    return ask({
      title: 'Cancel this operation?', body: html`<p>Steps that were made are undone where they can be.</p>`, confirm: 'Cancel the operation', danger: true, shell: `smo operation cancel ${shellWord(operation.id)}`,
      action: async (key) => {
        const answer = await change('POST', path('api', 'v1', 'operations', operation.id, 'cancel'), undefined, { key });
        this.#operation.reload();
        return answer;
      },
    });
  }
}

function targetOf(operation) {
  if (operation.graph) {
    return graphLink(operation.graph.project, operation.graph.name);
  }
  if (operation.plugin) {
    return html`<a href=${to('plugins', operation.plugin)}>${operation.plugin}</a>`;
  }
  return html`${operation.cluster ?? `${operation.target.kind} ${operation.target.name}`}`;
}

customElements.define('smo-operations', Operations);
