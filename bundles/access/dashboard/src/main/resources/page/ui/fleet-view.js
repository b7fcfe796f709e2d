// SPDX-License-Identifier: Apache-2.0
/** A plan of the fleet: what moves where, what stays and why. */
import { html, nothing } from 'lit';
import { number, words } from './format.js';
import { graphLink, tag } from './views.js';

const name = (cluster, otherwise) => cluster?.name ?? otherwise;
const MOST_ROWS = 200;

export function fleetView(plan) {
  const moves = plan.steps.flatMap((step) => step.moves.map((move) => ({ step, move })));
  return html`<p>${tag(plan.state)} ${plan.hypothetical ? tag('what if', 'warn') : nothing} ${number(plan.moves)} moves of ${number(plan.services)} services in ${number(plan.graphs)} graphs, by ${plan.strategy.id} ${plan.strategy.version}.
      Cost ${number(plan.costBefore)} → ${number(plan.costAfter)}.</p>
    ${plan.message ? html`<p class="note warn">${plan.message}</p>` : nothing}
    ${moves.length
      ? html`<div class="table-box"><table><caption>Where all goes</caption><thead><tr><th scope="col" class="num">Step</th><th scope="col">Graph</th><th scope="col">Service</th><th scope="col">From</th><th scope="col">To</th><th scope="col" class="num">Gain</th><th scope="col">State</th></tr></thead>
        <tbody>${moves.slice(0, MOST_ROWS).map(({ step, move }) => html`<tr><td class="num">${step.step}</td><td>${graphLink(step.project, step.graph)}</td><td>${move.service}</td><td>${name(move.from, plan.hypothetical ? 'what is lost' : '–')}</td><td>${name(move.to, 'nowhere')}</td><td class="num">${number(step.gain)}</td><td>${tag(step.state)}${step.message ? html`<div class="muted">${step.message}</div>` : nothing}</td></tr>`)}</tbody></table></div>
        ${moves.length > MOST_ROWS ? html`<p class="muted">and ${moves.length - MOST_ROWS} more</p>` : nothing}`
      : html`<p>Nothing moves.</p>`}
    ${plan.notMade.length ? html`<h3>What is not moved</h3><ul>${plan.notMade.slice(0, MOST_ROWS).map((each) => html`<li>${graphLink(each.project, each.graph)}: ${each.reason}</li>`)}</ul>` : nothing}
    ${plan.staying.length ? html`<h3>What stays</h3><ul>${plan.staying.slice(0, MOST_ROWS).map((each) => html`<li>${graphLink(each.project, each.graph)}: ${each.reason}</li>`)}</ul>` : nothing}
    ${plan.objectives.length ? html`<h3>Objectives</h3><div class="table-box"><table><thead><tr><th scope="col">Objective</th><th scope="col" class="num">Weight</th><th scope="col" class="num">Before</th><th scope="col" class="num">After</th><th scope="col">Unit</th></tr></thead>
      <tbody>${plan.objectives.map((each) => html`<tr><td>${each.objective}</td><td class="num">${number(each.weight)}</td><td class="num">${number(each.before)}</td><td class="num">${number(each.after)}</td><td>${each.unit}</td></tr>`)}</tbody></table></div>` : nothing}
    ${plan.faults.length ? html`<div class="note bad">${plan.faults.map((fault) => html`<p>${words(fault)}</p>`)}</div>` : nothing}`;
}
