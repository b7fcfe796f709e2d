// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { query } from '../net/api.js';
import { may } from '../net/session.js';
import { Answer, Element } from '../ui/element.js';
import { setParameters, to, withParameters } from '../ui/router.js';
import { choiceFilter, command, conditionView, graphLink, pager, shellWord, since, tag, textFilter } from '../ui/views.js';

const PHASES = ['PENDING', 'PLACING', 'DEPLOYING', 'RUNNING', 'WAITING', 'UPDATING', 'DEGRADED', 'STOPPING', 'STOPPED', 'REMOVING', 'FAILED'];
const LIMIT = 50;
const FILTERS = ['q', 'phase', 'project', 'cluster', 'attention', 'sort', 'cursor'];

/** All graphs: found, filtered and paged by the server. */
class Graphs extends Element {
  static properties = { place: { attribute: false } };

  #list = new Answer(this, () => query('/api/v1/graphs', { ...this.#filter(), limit: LIMIT }), {
    concerns: (event) => /^(hdag|service)\./.test(event.type),
    quietMillis: 500,
  });

  #filter() {
    const parameters = this.place?.parameters ?? new URLSearchParams();
    return Object.fromEntries(FILTERS.map((name) => [name, parameters.get(name)]));
  }

  render() {
    const parameters = this.place.parameters;
    const filter = Object.entries(this.#filter()).filter(([name, value]) => value && name !== 'cursor');
    return html`<div class="head"><h1>Graphs</h1><span class="grow"></span>
        ${may('CREATE', 'graph') ? html`<a class="button primary" href=${to('deploy')}>Deploy a graph</a>` : nothing}</div>
      <div class="filters">
        ${textFilter('q', 'Name or project', parameters, 'part of it')}
        ${choiceFilter('phase', 'Phase', PHASES, parameters)}
        ${textFilter('project', 'Project', parameters)}
        ${textFilter('cluster', 'On cluster', parameters)}
        <label>Needs a person<input type="checkbox" .checked=${parameters.has('attention')} @change=${(event) => setParameters({ attention: event.target.checked, cursor: '' })}></label>
      </div>
      ${this.#list.show((data) => this.#table(data), { empty: html`No graph is like that. ${filter.length ? html`<a href=${to('graphs')}>Show all</a>` : nothing}` })}
      ${command(`smo get graphs${parameters.get('project') ? ` -p ${shellWord(parameters.get('project'))}` : ''}`)}`;
  }

  #table(data) {
    const sorted = this.place.parameters.get('sort');
    return html`<div class="table-box"><table>
        <caption class="visually-hidden">Graphs</caption>
        <thead><tr>
          <th scope="col" aria-sort=${sorted === '-changed' ? 'none' : 'ascending'}><a href=${withParameters({ sort: '', cursor: '' })}>Graph</a></th><th scope="col">Phase</th>
          <th scope="col">What is not as it should be</th><th scope="col" class="hide-narrow">Where</th><th scope="col" class="hide-narrow num">Services</th>
          <th scope="col" class="hide-narrow" aria-sort=${sorted === '-changed' ? 'descending' : 'none'}><a href=${withParameters({ sort: '-changed', cursor: '' })}>Changed</a></th></tr></thead>
        <tbody>${data.items.map(
          (graph) => html`<tr>
            <td>${graphLink(graph.project, graph.name)}</td>
            <td><div class="row">${tag(graph.phase)}${graph.paused ? tag('paused', 'warn') : nothing}</div></td>
            <td class="wrap">${conditionView(graph.condition)}</td>
            <td class="hide-narrow">${graph.clusters.slice(0, 3).join(', ')}${graph.clusters.length > 3 ? ` and ${graph.clusters.length - 3} more` : ''}</td><td class="hide-narrow num">${graph.services}<span class="muted">×${graph.replicas}</span></td>
            <td class="hide-narrow">${since(graph.changedAt)}</td></tr>`,
        )}</tbody></table></div>
      ${pager(data)}`;
  }
}

customElements.define('smo-graphs', Graphs);
