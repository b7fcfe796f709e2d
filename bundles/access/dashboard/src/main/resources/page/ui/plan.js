// SPDX-License-Identifier: Apache-2.0
/** A plan in words: what becomes of each service, in which steps, and why it would not work. */
import { html, nothing } from 'lit';
import { words } from './format.js';
import { tag } from './views.js';

export const shares = (list) => (list?.length ? list.map((share) => `${share.cluster}×${share.replicas}`).join(', ') : '–');

const LABELS = [['added', 'busy'], ['moved', 'warn'], ['changed', 'busy'], ['removed', 'bad'], ['unchanged', 'idle']];

/** Sentences of a conflict, each on its own line: what does not fit, what cannot be kept together, what would make it fit. */
const sentences = (text) => text.split(/(?<=[a-z0-9)\]])\. (?=[A-Z])/).map((sentence) => html`<div>${sentence.replace(/\.?$/, '.')}</div>`);

export function planView(plan) {
  return html`<p>${tag(plan.feasible ? 'it fits' : 'it does not fit', plan.feasible ? 'ok' : 'bad')} ${words(plan.kind)}; nothing is changed yet.</p>
    ${plan.conflicts.length ? html`<div class="note bad" role="alert"><strong>It cannot be applied:</strong><ul>${plan.conflicts.map((text) => html`<li>${sentences(text)}</li>`)}</ul></div>` : nothing}
    ${plan.warnings.length ? html`<div class="note warn"><ul>${plan.warnings.map((text) => html`<li>${text}</li>`)}</ul></div>` : nothing}
    <div class="row">${LABELS.filter(([name]) => plan.services[name].length).map(([name, tone]) => html`<span>${tag(`${plan.services[name].length} ${name}`, tone)} ${plan.services[name].slice(0, 12).join(', ')}${plan.services[name].length > 12 ? ' …' : ''}</span>`)}</div>
    ${plan.steps.length
      ? html`<h3>Steps</h3><div class="table-box"><table><thead><tr><th scope="col">Step</th><th scope="col">Service</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Detail</th></tr></thead>
          <tbody>${plan.steps.map((step) => html`<tr><td>${words(step.action)}</td><td>${step.service}</td><td>${shares(step.from)}</td><td>${shares(step.to)}</td><td class="wrap">${step.detail}${step.makeBeforeBreak ? html` <span class="muted">new before old</span>` : nothing}</td></tr>`)}</tbody></table></div>`
      : html`<p>No step is needed.</p>`}
    ${Object.keys(plan.takeovers ?? {}).length
      ? html`<h3>Takes over</h3><ul>${Object.entries(plan.takeovers).map(([service, releases]) => html`<li>${service}: ${releases.map((release) => `${release.place} (${release.maker})`).join(', ')}</li>`)}</ul>`
      : nothing}`;
}
