// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import '../ui/chart.js';
import { Answer, Element } from '../ui/element.js';
import { hoursAgo, number, percent, tone, words } from '../ui/format.js';
import { setParameters, to } from '../ui/router.js';
import { clusterLink, conditionView, graphLink, meter, since, tag } from '../ui/views.js';
import { query } from '../net/api.js';

const SHOWN_CLUSTERS = 12;
const BUCKETS = 60;
const WINDOWS = [['1', 'hour'], ['6', '6 hours'], ['24', 'day'], ['168', 'week']];

/** What there is, what was decided, and what needs a person now. */
class Overview extends Element {
  static properties = { place: { attribute: false } };

  #summary = new Answer(this, () => '/api/v1/graphs/summary', { concerns: (event) => /^(hdag|service|placement|scaling)\./.test(event.type), quietMillis: 700 });
  #clusters = new Answer(this, () => '/api/v1/clusters?limit=500', { concerns: (event) => event.type.startsWith('cluster.') || event.type.startsWith('service.'), quietMillis: 1500 });
  #activity = new Answer(this, () => query('/api/v1/activity', { from: hoursAgo(this.#hours()), buckets: BUCKETS }), { everySeconds: 15, concerns: (event) => event.type === 'placement.decision_made', quietMillis: 2000 });
  #operations = new Answer(this, () => '/api/v1/operations?open=true&limit=10', { concerns: (event) => Boolean(event.operation), quietMillis: 700 });

  #hours() {
    return this.place?.parameters.get('hours') ?? '1';
  }

  render() {
    return html`<div class="head"><h1>Overview</h1><span class="grow"></span><a class="button primary" href=${to('deploy')}>Deploy a graph</a></div>
      <div class="stack">
        ${this.#attention()}
        <div class="grid two">
          <section class="card" aria-labelledby="o-graphs"><h2 id="o-graphs">Graphs</h2>${this.#summary.show((data) => this.#graphs(data))}</section>
          <section class="card" aria-labelledby="o-clusters"><h2 id="o-clusters">Clusters by load</h2>${this.#clusters.show((data) => this.#load(data.items, Boolean(data.nextCursor)))}</section>
        </div>
        <section class="card" aria-labelledby="o-activity"><div class="row spread"><h2 id="o-activity">Decisions and moves</h2>
          <label>of the last <select @change=${(event) => this.#window(event.target.value)}>${WINDOWS.map(([hours, label]) => html`<option value=${hours} .selected=${hours === this.#hours()}>${label}</option>`)}</select></label></div>
          ${this.#activity.show((data) => this.#lines(data))}</section>
        <section class="card" aria-labelledby="o-operations"><h2 id="o-operations">Running operations</h2>
          ${this.#operations.show((data) => this.#running(data.items), { empty: 'Nothing is being changed.' })}</section>
      </div>`;
  }

  #window(hours) {
    setParameters({ hours: hours === '1' ? '' : hours });
  }

  #attention() {
    const attention = this.#summary.data?.attention;
    if (!attention) {
      return nothing;
    }
    if (attention.count === 0) {
      return html`<p class="note ok" role="status"><strong>Nothing needs a person now.</strong></p>`;
    }
    return html`<section class="card" aria-labelledby="o-attention"><h2 id="o-attention">Needs a person now (${number(attention.count)})</h2>
      <ul class="timeline">${attention.items.map(
        (item) => html`<li><span>${tag(item.phase, item.attention === 'error' ? 'bad' : 'warn')}</span><div>${graphLink(item.project, item.name)} ${conditionView(item.condition)}</div></li>`,
      )}</ul>
      ${attention.count > attention.items.length ? html`<a href=${query(to('graphs'), { attention: true })}>All of them</a>` : nothing}</section>`;
  }

  #graphs(data) {
    const phases = Object.entries(data.phases ?? {}).filter(([, count]) => count > 0);
    const total = Math.max(1, data.graphs);
    return html`<p><span class="figure">${number(data.graphs)}</span> graphs, ${number(data.services)} services, ${number(data.replicas)} replicas</p>
      <div class="phases" aria-hidden="true">${phases.map(([phase, count]) => html`<a class=${tone(phase)} tabindex="-1" .style=${`width: ${(100 * count) / total}%`} href=${query(to('graphs'), { phase })}></a>`)}</div>
      <p></p><div class="row">${phases.map(([phase, count]) => html`<a href=${query(to('graphs'), { phase })}>${tag(phase)} ${number(count)}</a>`)}</div>
      ${data.projects.largest.length
        ? html`<h3>${number(data.projects.count)} projects${data.projects.count > data.projects.largest.length ? ', the largest' : ''}</h3>
            <div class="row">${data.projects.largest.map((project) => html`<a href=${query(to('graphs'), { project: project.name })}>${project.name} <span class="muted">${number(project.graphs)}</span></a>`)}</div>`
        : nothing}`;
  }

  /** @param more whether there are others */
  #load(clusters, more) {
    const loaded = clusters
      .map((cluster) => ({ cluster, share: percent(cluster.reserved.cpuMillis, cluster.allocatable.cpuMillis) }))
      .sort((a, b) => Number(a.cluster.ready) - Number(b.cluster.ready) || b.share - a.share);
    const ready = clusters.filter((cluster) => cluster.ready).length;
    return html`<p><span class="figure">${ready}</span> of ${more ? 'the first ' : ''}${clusters.length} ready</p>
      <div class="table-box"><table><thead><tr><th scope="col">Cluster</th><th scope="col">CPU reserved</th><th scope="col" class="num">%</th></tr></thead><tbody>
        ${loaded.slice(0, SHOWN_CLUSTERS).map(
          ({ cluster, share }) => html`<tr><td>${clusterLink(cluster.name, cluster.source)} ${cluster.ready ? nothing : tag('unavailable')}${cluster.cordon ? tag('cordoned') : nothing}</td>
            <td>${meter(cluster.allocated.cpuMillis, cluster.reserved.cpuMillis, cluster.allocatable.cpuMillis, `CPU of ${cluster.name}`)}</td><td class="num">${share}</td></tr>`,
        )}</tbody></table></div>
      ${clusters.length > SHOWN_CLUSTERS ? html`<a href=${to('clusters')}>All clusters</a>` : nothing}`;
  }

  #lines(data) {
    const { buckets } = data;
    const line = (label, member) => ({ label, values: buckets.map((bucket) => bucket[member]) });
    const series = {
      times: buckets.map((bucket) => new Date(bucket.at).getTime() / 1000),
      lines: [line('placements', 'placed'), line('moves', 'moved'), line('scalings', 'scaled'), line('no room', 'infeasible'), line('failed operations', 'failed')],
    };
    return html`<p>${number(data.total.decisions)} decisions, ${number(data.total.moved)} moves, ${number(data.total.failed)} failed operations</p><smo-chart .series=${series} label="Decisions and moves over time"></smo-chart>`;
  }

  #running(items) {
    return html`<ul class="timeline">${items.map(
      (operation) => html`<li><span>${tag(operation.state)}</span><div><a href=${to('operations', operation.id)}>${words(operation.kind)}</a>
        ${operation.graph ? graphLink(operation.graph.project, operation.graph.name) : operation.cluster ?? operation.plugin ?? nothing}
        <span class="muted">${operation.progressPercent} %, ${since(operation.createdAt)} by ${operation.principal}</span>
        ${operation.message ? html`<p>${operation.message}</p>` : nothing}</div></li>`,
    )}</ul>`;
  }
}

customElements.define('smo-overview', Overview);
