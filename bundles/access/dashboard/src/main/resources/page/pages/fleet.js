// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { change, path } from '../net/api.js';
import { may } from '../net/session.js';
import { ask, toast } from '../ui/dialog.js';
import { Answer, Element } from '../ui/element.js';
import { fleetView } from '../ui/fleet-view.js';
import { number, words } from '../ui/format.js';
import { navigate, to } from '../ui/router.js';
import { breadcrumbs, command, shellWord, tag, time } from '../ui/views.js';

/** Plans that place many graphs again together, and questions what if. */
class Fleet extends Element {
  static properties = { place: { attribute: false } };

  #list = new Answer(this, () => (this.#id ? '' : '/api/v1/fleet/plans'), { concerns: (event) => event.type.startsWith('fleet.'), everySeconds: 20 });
  #plan = new Answer(this, () => (this.#id ? path('api', 'v1', 'fleet', 'plans', this.#id) : ''), { concerns: (event) => event.type === 'placement.decision_made', everySeconds: 3, keep: false });

  get #id() {
    return this.place.segments[1];
  }

  render() {
    return this.#id
      ? html`${breadcrumbs(html`<a href=${to('fleet')}>Fleet plans</a>`)}${this.#plan.show((plan) => html`<div class="head"><h1>Plan of ${time(plan.createdAt)}</h1><span class="grow"></span>
          ${may('OPERATE', 'graph', '') && plan.state === 'planned' && !plan.hypothetical && plan.moves > 0 ? html`<button class="primary" @click=${() => this.#apply(plan)}>Apply</button>` : nothing}
          ${may('OPERATE', 'graph', '') ? html`<button @click=${() => this.#forget(plan)}>Forget</button>` : nothing}</div>
          <section class="card" aria-label="Plan">${fleetView(plan)}</section><p></p>${command(`smo fleet show ${shellWord(plan.id)}`)}`)}`
      : html`<div class="head"><h1>Fleet plans</h1><span class="grow"></span>${may('OPERATE', 'graph', '') ? html`<button class="primary" @click=${() => this.#make()}>Make a plan</button>` : nothing}</div>
        ${this.#list.show((data) => html`<div class="table-box"><table><caption class="visually-hidden">Plans</caption><thead><tr><th scope="col">Made</th><th scope="col">State</th><th scope="col" class="num">Moves</th><th scope="col" class="num">Cost before</th><th scope="col" class="num">After</th><th scope="col">Origin</th></tr></thead>
          <tbody>${data.items.map((plan) => html`<tr><td><a href=${to('fleet', plan.id)}>${time(plan.createdAt)}</a></td><td>${tag(plan.state)}${plan.hypothetical ? tag('what if', 'warn') : nothing}</td><td class="num">${number(plan.moves)}</td><td class="num">${number(plan.costBefore)}</td><td class="num">${number(plan.costAfter)}</td><td>${words(plan.origin)}</td></tr>`)}</tbody></table></div>`, { empty: 'No plan is kept.' })}
        ${command('smo fleet list')}`;
  }

  #make() {
    const form = { maxMoves: '50', budgetSeconds: '10', objectives: '', lost: '', demand: '' };
    const bind = (name, redraw) => (event) => {
      form[name] = event.target.value;
      redraw();
    };
    const body = () => {
      const whatIf = {
        ...(form.lost ? { clusters: Object.fromEntries(form.lost.split(/[\s,]+/).filter(Boolean).map((name) => [name, 'lost'])) } : {}),
        ...(form.demand ? { demand: Number(form.demand) } : {}),
      };
      const objectives = Object.fromEntries(form.objectives.split(/[\s,]+/).filter(Boolean).map((each) => each.split('=')).map(([name, weight]) => [name, Number(weight)]));
      return { maxMoves: Number(form.maxMoves), budgetSeconds: Number(form.budgetSeconds), ...(Object.keys(objectives).length ? { objectives } : {}), ...(Object.keys(whatIf).length ? { whatIf } : {}) };
    };
    return ask({
      title: 'Make a plan of the fleet',
      body: (redraw) => html`<p>Places all graphs again together, with few moves. Nothing is changed before it is applied; a question “what if” is never applied.</p>
        <label class="field"><span>Moves at most</span><input type="number" min="0" required .value=${form.maxMoves} @input=${bind('maxMoves', redraw)}></label>
        <label class="field"><span>Seconds to think</span><input type="number" min="1" max="600" required .value=${form.budgetSeconds} @input=${bind('budgetSeconds', redraw)}></label>
        <label class="field"><span>Weights of objectives, such as carbon=1, moves=0.01 (empty: those of the configuration)</span><input pattern="\\s*([^\\s=,]+=[0-9.]+[\\s,]*)*" title="name=weight, separated by commas" .value=${form.objectives} @input=${bind('objectives', redraw)}></label>
        <label class="field"><span>What if these clusters were lost (names)</span><input .value=${form.lost} @input=${bind('lost', redraw)}></label>
        <label class="field"><span>What if demand were this many times as high</span><input type="number" step="any" min="0.001" max="1000" .value=${form.demand} @input=${bind('demand', redraw)}></label>`,
      confirm: 'Plan',
      shell: () => `smo fleet plan --max-moves ${shellWord(form.maxMoves)} --budget ${shellWord(form.budgetSeconds)}${form.objectives ? ` --objectives ${shellWord(form.objectives.split(/[\s,]+/).filter(Boolean).join(','))}` : ''}${body().whatIf ? ` --what-if ${shellWord(JSON.stringify(body().whatIf))}` : ''}`,
      action: async (key) => {
        const plan = (await change('POST', '/api/v1/fleet/plans', body(), { key })).body;
        navigate(to('fleet', plan.id));
        return plan;
      },
    });
  }

  #apply(plan) {
    return ask({
      title: `Apply ${plan.moves} moves?`, body: html`<p>The steps are made one after the other, new before old. It stops where one fails.</p>`, confirm: 'Apply', danger: true, shell: `smo fleet apply ${shellWord(plan.id)}`,
      action: async (key) => {
        const answer = await change('POST', path('api', 'v1', 'fleet', 'plans', plan.id, 'apply'), undefined, { key });
        toast('The plan is being applied.');
        this.#plan.reload();
        return answer;
      },
    });
  }

  #forget(plan) {
    return ask({
      title: 'Forget this plan?', confirm: 'Forget', shell: `smo fleet forget ${shellWord(plan.id)}`,
      action: async (key) => {
        await change('DELETE', path('api', 'v1', 'fleet', 'plans', plan.id), undefined, { key });
        navigate(to('fleet'));
        return true;
      },
    });
  }
}

customElements.define('smo-fleet', Fleet);
