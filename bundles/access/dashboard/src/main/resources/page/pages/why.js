// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { graphPath, query } from '../net/api.js';
import { Answer, Element, problemView } from '../ui/element.js';
import { duration, moment, number, words } from '../ui/format.js';
import { shares } from '../ui/plan.js';
import { setParameters, to } from '../ui/router.js';
import { bars, breadcrumbs, clusterLink, clusterSegments, command, facts, graphLink, shellWord, tag, time } from '../ui/views.js';

const MOST_REASONS = 200;

/** Why a service is where it is: /graphs/P/G/why/SERVICE, and any decision: /graphs/P/G/why/-/DECISION. */
class Why extends Element {
  static properties = { place: { attribute: false } };

  #ours = (event) => event.subject?.startsWith(`${this.#project}/${this.#graph}`);
  #explanation = new Answer(this, () => (this.#service === '-' ? '' : graphPath(this.#project, this.#graph, 'services', this.#service, 'explanation')), { concerns: this.#ours, quietMillis: 1500, keep: false });
  #decision = new Answer(this, () => (this.#decisionId ? graphPath(this.#project, this.#graph, 'decisions', this.#decisionId) : ''), { keep: false });
  #proof = new Answer(this, () => (this.#decisionId ? graphPath(this.#project, this.#graph, 'decisions', this.#decisionId, 'verification') : ''), { keep: false });
  #others = new Answer(this, () => query(graphPath(this.#project, this.#graph, 'decisions'), { kind: 'placement', limit: 50 }), { concerns: (event) => event.type === 'placement.decision_made' && this.#ours(event), quietMillis: 2000 });
  #compared = new Answer(this, () => (this.place.parameters.get('compare') ? graphPath(this.#project, this.#graph, 'decisions', this.place.parameters.get('compare')) : ''), { keep: false });

  get #project() {
    return this.place.segments[1];
  }

  get #graph() {
    return this.place.segments[2];
  }

  get #service() {
    return this.place.segments[4] ?? '-';
  }

  get #decisionId() {
    return this.place.segments[5] ?? this.#explanation.data?.decisionId ?? '';
  }

  render() {
    return html`${breadcrumbs(html`<a href=${to('graphs')}>Graphs</a>`, graphLink(this.#project, this.#graph), this.#service === '-' ? 'Decision' : this.#service)}
      ${this.#service === '-' ? this.#decision.show((decision) => this.#decided(decision)) : this.#explanation.show((answer) => this.#explained(answer))}`;
  }

  #explained(answer) {
    const service = this.#service;
    return html`<div class="head"><h1>Why is ${service} ${answer.placed ? 'there' : 'not placed'}?</h1></div><div class="stack">
      <section class="card" aria-labelledby="w-short"><h2 id="w-short">In short</h2>${answer.text.map((line) => html`<p>${line}</p>`)}
        ${facts([['Strategy', html`${answer.strategy} ${answer.strategyVersion}${answer.fallback ? tag('fallback', 'warn') : nothing}`], ['Decided', html`${time(answer.at)}, ${words(answer.reason)}, in ${duration(answer.durationMillis ?? 0)}`],
          answer.heldFixed ? ['Held fixed', answer.heldFixed] : undefined, answer.givenUp?.length ? ['Given up', answer.givenUp.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('; ')] : undefined, ['Decision', html`<a href=${to('graphs', this.#project, this.#graph, 'why', '-', answer.decisionId)}>${answer.decisionId}</a>`]])}</section>
      ${answer.terms?.length ? html`<section class="card" aria-labelledby="w-terms"><h2 id="w-terms">What counted on ${(answer.shares ?? []).map((share) => share.cluster).join(', ')}</h2>${termBars(answer.terms, 'Objective terms')}</section>` : nothing}
      ${this.#rejected(answer)}
      ${this.#certificate()}
      ${answer.scaling ? html`<section class="card" aria-labelledby="w-scaling"><h2 id="w-scaling">Why that many replicas</h2>${answer.scaling.text.map((line) => html`<p>${line}</p>`)}</section>` : nothing}
      ${this.#whatIf()}
      ${command(`smo explain ${shellWord(`${this.#project}/${this.#graph}`)} ${shellWord(service)}`)}</div>`;
  }

  #rejected(answer) {
    const rejected = answer.rejected ?? [];
    return html`<section class="card" aria-labelledby="w-other"><h2 id="w-other">Why not elsewhere</h2>
      ${rejected.length === 0
        ? html`<p class="muted">No other cluster was considered.</p>`
        : html`<div class="table-box"><table><thead><tr><th scope="col">Cluster</th><th scope="col">Possible</th><th scope="col">Reason</th><th scope="col" class="num">Costs more</th><th scope="col">With the others placed anew</th></tr></thead>
          <tbody>${rejected.map(
            (other) => html`<tr><td>${clusterLink(other.cluster)}</td><td>${other.possible ? tag('yes', 'ok') : tag('no', 'bad')}</td><td class="wrap">${other.reason}
                ${other.terms?.length ? html`<details><summary>Terms</summary>${termBars(other.terms, `Terms on ${other.cluster}`)}</details>` : nothing}</td>
              <td class="num">${other.costDifference === undefined || other.costDifference === null ? '–' : `+${number(other.costDifference)}`}</td>
              <td>${other.placedAnew ? html`+${number(other.placedAnew.costDifference)}${other.placedAnew.moves.length ? html`, moves ${other.placedAnew.moves.map((move) => `${move.service} ${move.from} → ${move.to}`).join(', ')}` : nothing}${other.placedAnew.proven ? html` ${tag('proven best', 'ok')}` : nothing}` : html`<span class="muted">${other.notPlacedAnew ?? '–'}</span>`}</td></tr>`,
          )}</tbody></table></div>`}
      ${answer.counterfactual ? html`<p><strong>What would change it:</strong> ${answer.counterfactual}</p>` : nothing}</section>`;
  }

  #certificate() {
    return html`<section class="card" aria-labelledby="w-proof"><h2 id="w-proof">Certificate</h2>${this.#proof.show(
      (proof) => html`<p>${tag(proof.verdict, { verified: 'ok', rejected: 'bad' }[proof.verdict] ?? 'idle')}
          ${proof.gapPercent === undefined || proof.gapPercent === null ? nothing : html`within ${number(proof.gapPercent)} % of the best possible`}</p>${proof.text.map((line) => html`<p>${line}</p>`)}${proof.flaws.length ? html`<ul>${proof.flaws.map((flaw) => html`<li>${flaw}</li>`)}</ul>` : nothing}`,
    )}</section>`;
  }

  #whatIf() {
    const clusters = [...new Set((this.#explanation.data?.shares ?? []).map((share) => share.cluster))];
    return html`<section class="card" aria-labelledby="w-if"><h2 id="w-if">And if its cluster were lost?</h2>
      <div class="row">${clusters.map((cluster) => html`<a class="button" href="${to('clusters', ...clusterSegments(cluster))}?tab=lost">What if ${cluster} were lost</a>`)}</div></section>`;
  }

  #decided(decision) {
    const details = decision.details ?? {};
    return html`<div class="head"><h1>${decision.kind === 'placement' ? 'Placement' : 'Scaling'} of ${decision.graph}</h1>${tag(decision.outcome, decision.outcome === 'placed' ? 'ok' : undefined)}</div><div class="stack">
      <section class="card" aria-label="Decision">${facts([['When', moment(decision.at)], ['Reason', words(decision.reason)], ['Strategy', html`${decision.strategy.id} ${decision.strategy.version}${decision.fallback ? tag('fallback', 'warn') : nothing}`], ['Took', duration(decision.durationMillis)],
        details.quality?.note ? ['It says', details.quality.note] : undefined, ['Inputs', decision.inputs?.digest ? html`<code>${decision.inputs.digest.slice(0, 16)}…</code>` : 'not kept']])}</section>
      ${details.terms?.length ? html`<section class="card" aria-labelledby="d-terms"><h2 id="d-terms">Objective terms</h2>${termBars(details.terms, 'Objective terms')}</section>` : nothing}
      ${details.placement ? html`<section class="card" aria-labelledby="d-placement"><h2 id="d-placement">Placement</h2><div class="table-box"><table><thead><tr><th scope="col">Service</th><th scope="col">Clusters × replicas</th><th scope="col"><span class="visually-hidden">Why</span></th></tr></thead>
        <tbody>${Object.entries(details.placement).map(([service, list]) => html`<tr><td>${service}</td><td>${shares(list)}</td><td><a href=${to('graphs', this.#project, this.#graph, 'why', service)}>Why here?</a></td></tr>`)}</tbody></table></div></section>` : nothing}
      ${details.services?.length ? html`<section class="card" aria-labelledby="d-services"><h2 id="d-services">Services</h2><div class="table-box"><table><thead><tr><th scope="col">Service</th><th scope="col">Cluster</th><th scope="col" class="num">From</th><th scope="col" class="num">To</th><th scope="col" class="num">Load</th><th scope="col">Reason</th></tr></thead>
        <tbody>${details.services.map((service) => html`<tr><td>${service.service}</td><td>${service.cluster}</td><td class="num">${service.from}</td><td class="num">${service.to}</td><td class="num">${number(service.demandPerSecond)}/s</td><td class="wrap">${service.reason}</td></tr>`)}</tbody></table></div></section>` : nothing}
      ${this.#refused(details)}
      ${decision.kind === 'placement' ? html`${this.#certificate()}${this.#comparison(decision)}` : nothing}
      <details class="card"><summary>Everything that is on record</summary><pre tabindex="0">${JSON.stringify({ ...decision, inputs: decision.inputs?.digest }, null, 2)}</pre></details>
      ${command(`smo decision verify ${shellWord(this.#project)} ${shellWord(this.#graph)} ${shellWord(decision.id)}`)}</div>`;
  }

  /** Why there was no place: for each service what speaks against each cluster, and the smallest change that would make it fit. */
  #refused({ message, reasons, counterfactual }) {
    const rows = reasonRows(reasons);
    if (!message && !counterfactual && rows.length === 0) {
      return nothing;
    }
    return html`<section class="card" aria-labelledby="d-not"><h2 id="d-not">Why it does not fit</h2>${message ? html`<p>${message}</p>` : nothing}
      ${counterfactual ? html`<p><strong>What would make it fit:</strong> ${counterfactual}</p>` : nothing}
      ${rows.length ? html`<div class="table-box"><table><thead><tr><th scope="col">Service</th><th scope="col">Cluster</th><th scope="col">What speaks against it</th></tr></thead>
        <tbody>${rows.slice(0, MOST_REASONS).map(([service, cluster, reason]) => html`<tr><td>${service}</td><td>${clusterLink(cluster)}</td><td class="wrap">${reason}</td></tr>`)}</tbody></table></div>
        ${rows.length > MOST_REASONS ? html`<p class="muted">and ${rows.length - MOST_REASONS} more, which are in the record below</p>` : nothing}` : nothing}</section>`;
  }

  #comparison(decision) {
    const other = this.#compared.data;
    const listed = (this.#others.data?.items ?? []).filter(({ id }) => id !== decision.id);
    // the address may name one that is older than those that are listed
    const others = other && other.id !== decision.id && !listed.some(({ id }) => id === other.id) ? [other, ...listed] : listed;
    return html`<section class="card" aria-labelledby="d-compare"><h2 id="d-compare">Compare with another decision</h2>
      <label class="field"><span>The other one</span><select @change=${(event) => setParameters({ compare: event.target.value })}><option value="">none</option>${others.map((each) => html`<option value=${each.id} .selected=${each.id === this.place.parameters.get('compare')}>${moment(each.at)} ${each.strategy.id} (${words(each.reason)})</option>`)}</select></label>
      ${this.#compared.problem ? problemView(this.#compared.problem) : nothing}
      ${other ? this.#sideBySide(decision, other) : nothing}</section>`;
  }

  #sideBySide(one, other) {
    const services = [...new Set([...Object.keys(one.details.placement ?? {}), ...Object.keys(other.details.placement ?? {})])].sort();
    const objectives = [...new Set([...(one.details.terms ?? []), ...(other.details.terms ?? [])].map((term) => term.objective))];
    const value = (decision, objective) => decision.details.terms?.find((term) => term.objective === objective)?.value;
    return html`<div class="table-box"><table><caption>This one against that of ${moment(other.at)}</caption><thead><tr><th scope="col">What</th><th scope="col">This one</th><th scope="col">The other one</th></tr></thead><tbody>
      ${objectives.map((objective) => html`<tr><td>${objective}</td><td class="num">${number(value(one, objective))}</td><td class="num">${number(value(other, objective))}</td></tr>`)}
      ${services.map((service) => {
        const [a, b] = [shares(one.details.placement?.[service]), shares(other.details.placement?.[service])];
        return html`<tr><td>${service}</td><td>${a}</td><td>${b} ${a === b ? nothing : tag('other place', 'warn')}</td></tr>`;
      })}</tbody></table></div>`;
  }
}

/** Reasons of a refusal, service by service and cluster by cluster: rows of `[service, cluster, reason]`. */
export const reasonRows = (reasons) =>
  Object.entries(reasons ?? {}).flatMap(([service, clusters]) => Object.entries(clusters).map(([cluster, reason]) => [service, cluster, reason]));

/** Terms of an objective, weighted, in one unit-free order: value × weight. */
function termBars(terms, label) {
  return bars(
    terms.map((term) => ({ label: `${term.objective}`, value: term.value * (term.weight ?? 1), text: `${number(term.value)} ${term.unit}${term.weight === 1 || term.weight === undefined ? '' : `, weight ${number(term.weight)}`}` })),
    label,
  );
}

customElements.define('smo-why', Why);
