// SPDX-License-Identifier: Apache-2.0
/** What can be done with a graph: each with its question, its command and its operation. */
import { html, nothing } from 'lit';
import { change, graphPath } from '../net/api.js';
import { may } from '../net/session.js';
import { ask, followOperation } from './dialog.js';
import { planView } from './plan.js';
import { orSaid, readAll } from './read.js';
import { to } from './router.js';
import { clusterNames, shellWord } from './views.js';

const reference = (graph) => `${graph.project}/${graph.name}`;

/** Sends a change that answers with an operation, and follows that. */
export async function submit(what, method, path, body, options) {
  const answer = await change(method, path, body, options);
  followOperation(answer.body, what);
  return answer.body;
}

const simple = (graph, title, shell, path, { body, note = nothing, danger = false, method = 'POST' } = {}) =>
  ask({
    title: `${title} ${graph.project}/${graph.name}?`,
    body: note,
    confirm: title,
    danger,
    shell,
    action: (key) => submit(`${title} ${graph.name}`, method, path, body, { key }),
  });

export const stop = (graph) =>
  simple(graph, 'Stop', `smo graph stop ${shellWord(reference(graph))}`, graphPath(graph.project, graph.name, 'stop'), {
    note: html`<p>All workloads of the graph stop. The graph, its revisions and decisions are kept.</p>`,
    danger: true,
  });

export const start = (graph) => simple(graph, 'Start', `smo graph start ${shellWord(reference(graph))}`, graphPath(graph.project, graph.name, 'start'));

export const repair = (graph) =>
  simple(graph, 'Repair', `smo graph repair ${shellWord(reference(graph))}`, graphPath(graph.project, graph.name, 'repair'), {
    note: html`<p>What differs from the desired state outside is made as it should be.</p>`,
  });

export const pause = (graph) =>
  simple(graph, graph.paused ? 'Resume' : 'Pause', `smo graph ${graph.paused ? 'resume' : 'pause'} ${shellWord(reference(graph))}`, graphPath(graph.project, graph.name, 'automation'), {
    method: 'PUT',
    body: { paused: !graph.paused },
    note: graph.paused
      ? html`<p>Services are placed, scaled and repaired by themselves again.</p>`
      : html`<p>Nothing of the graph is placed anew, scaled or repaired by itself until it is resumed.</p>`,
  });

export const remove = (graph) =>
  ask({
    title: `Remove ${graph.project}/${graph.name}?`,
    body: html`<p>All workloads of its ${graph.services?.length ?? ''} services are removed. This cannot be taken back; decisions stay on record.</p>`,
    confirm: 'Remove',
    danger: true,
    typed: graph.name,
    shell: `smo delete graph ${shellWord(reference(graph))} --yes`,
    action: (key) => submit(`Remove ${graph.name}`, 'DELETE', graphPath(graph.project, graph.name), undefined, { key }),
  });

export function rollBack(graph, revision) {
  return ask({
    title: `Roll ${graph.project}/${graph.name} back to revision ${revision}?`,
    body: html`<p>The descriptor of revision ${revision} is in force again, as a new revision.</p>`,
    confirm: 'Roll back',
    shell: `smo rollback ${shellWord(reference(graph))} ${shellWord(revision)}`,
    action: (key) => submit(`Roll back ${graph.name}`, 'POST', graphPath(graph.project, graph.name, 'rollback'), { revision }, { key }),
  });
}

/** Places services anew: shows the plan first, then applies exactly that. */
export async function placeAnew(graph) {
  const known = await orSaid(readAll('/api/v1/clusters', { limit: 500 }));
  if (!known) {
    return undefined;
  }
  const clusters = clusterNames(known);
  let services = [];
  let offload = '';
  const body = () => ({
    placement: {
      reason: offload ? 'offload' : services.length ? 'move' : 'replace',
      ...(services.length ? { services } : {}),
      ...(offload ? { target: offload } : {}),
    },
  });
  const plan = await ask({
    title: `Place ${graph.project}/${graph.name} anew`,
    body: (redraw) => html`<p>The strategy decides again. Nothing changes before you have seen the plan.</p>
      <fieldset><legend>Services that have to go elsewhere (none: whatever is better)</legend>
        ${graph.services.map((service) => html`<label class="row"><input type="checkbox" .checked=${services.includes(service.name)} @change=${(event) => {
            services = event.target.checked ? [...services, service.name] : services.filter((name) => name !== service.name);
            redraw();
          }}>${service.name} <span class="muted">${service.shares.map((share) => share.cluster).join(', ')}</span></label>`)}
      </fieldset>
      <p></p><label class="field"><span>Offload to this cluster</span><select @change=${(event) => {
          offload = event.target.value;
          redraw();
        }}><option value="">wherever it is best</option>${clusters.map((cluster) => html`<option value=${cluster}>${cluster}</option>`)}</select></label>`,
    confirm: 'Show the plan',
    shell: () => `smo graph place ${shellWord(reference(graph))}${services.length ? ` --service ${shellWord(services.join(','))}` : ''}${offload ? ` --to ${shellWord(offload)}` : ''} --plan`,
    action: async (key) => (await change('POST', graphPath(graph.project, graph.name, 'plan'), body(), { key })).body,
  });
  return plan && applyPlan(graph, plan);
}

/** Shows a plan and applies exactly that, if it still is what would happen. */
export function applyPlan(graph, plan) {
  return ask({
    title: `Plan for ${graph.project}/${graph.name}`,
    body: planView(plan),
    confirm: plan.feasible ? 'Apply this plan' : 'Close',
    shell: `smo graph plan ${shellWord(reference(graph))} ${shellWord(plan.id)}${plan.feasible ? ' --apply' : ''}`,
    action: async (key) => (plan.feasible ? submit(`Apply plan of ${graph.name}`, 'POST', `${plan.href}/apply`, undefined, { key }) : undefined),
  });
}

export function hold(graph, service) {
  let replicas = service.hold?.replicas ?? service.replicas;
  let minutes = '';
  return ask({
    title: `Replicas of ${service.name}`,
    body: (redraw) => html`<p>The number is kept until it is given back to the scaling strategy.</p>
      <label class="field"><span>Replicas</span><input name="replicas" type="number" min="0" max="10000" required .value=${String(replicas)} @input=${(event) => { replicas = event.target.value; redraw(); }}></label>
      <label class="field"><span>For minutes (empty: until it is released)</span><input name="minutes" type="number" min="1" .value=${minutes} @input=${(event) => { minutes = event.target.value; redraw(); }}></label>`,
    confirm: 'Hold',
    shell: () => `smo scale ${shellWord(reference(graph))} ${shellWord(service.name)} --replicas ${shellWord(replicas)}${minutes ? ` --for ${shellWord(minutes)}m` : ''}`,
    action: (key) => submit(`Hold ${service.name}`, 'PUT', graphPath(graph.project, graph.name, 'services', service.name, 'replicas'),
      { replicas: Number(replicas), ...(minutes ? { forSeconds: 60 * Number(minutes) } : {}) }, { key }),
  });
}

export const release = (graph, service) =>
  simple(graph, `Release ${service.name} of`, `smo scale ${shellWord(reference(graph))} ${shellWord(service.name)} --release`, graphPath(graph.project, graph.name, 'services', service.name, 'replicas'), {
    method: 'DELETE',
    note: html`<p>The scaling strategy decides its replicas again.</p>`,
  });

/** The buttons for a graph; what the caller may not do is not offered. */
export function actions(graph) {
  const operate = may('OPERATE', 'graph', graph.project);
  const update = may('UPDATE', 'graph', graph.project);
  const stopped = graph.desired === 'STOPPED';
  return html`<div class="row" role="group" aria-label="Actions">
    ${update ? html`<a class="button" href="${to('deploy')}?project=${encodeURIComponent(graph.project)}&graph=${encodeURIComponent(graph.name)}">Edit and plan</a>` : nothing}
    ${operate && !stopped ? html`<button @click=${() => placeAnew(graph)}>Place anew</button>` : nothing}
    ${operate ? (stopped ? html`<button @click=${() => start(graph)}>Start</button>` : html`<button @click=${() => stop(graph)}>Stop</button>`) : nothing}
    ${operate ? html`<button @click=${() => pause(graph)}>${graph.paused ? 'Resume' : 'Pause'}</button>` : nothing}
    ${operate && graph.drift?.length ? html`<button @click=${() => repair(graph)}>Repair</button>` : nothing}
    ${may('DELETE', 'graph', graph.project) ? html`<button class="danger" @click=${() => remove(graph)}>Remove</button>` : nothing}
  </div>`;
}
