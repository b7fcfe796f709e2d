// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { change, get, path } from '../net/api.js';
import { isGuarded, may } from '../net/session.js';
import '../ui/chart.js';
import { ask, followOperation, toast } from '../ui/dialog.js';
import { Answer, Element } from '../ui/element.js';
import { duration, number, percent } from '../ui/format.js';
import { orSaid } from '../ui/read.js';
import { navigate, to } from '../ui/router.js';
import { bars, breadcrumbs, command, facts, shellWord, since, tag, time } from '../ui/views.js';

/** Strategies that decide along without being followed, and decisions of the past, decided again. */
class Shadows extends Element {
  static properties = { place: { attribute: false } };

  #list = new Answer(this, () => (this.#id ? '' : '/api/v1/shadows'), { everySeconds: 5 });
  #replays = new Answer(this, () => (this.#id ? '' : '/api/v1/replays'), { everySeconds: 5 });
  #report = new Answer(this, () => (this.#id && this.#kind === 'shadow' ? path('api', 'v1', 'shadows', this.#id) : ''), { everySeconds: 3, concerns: (event) => event.type.endsWith('.decision_made'), quietMillis: 1500, keep: false });
  #replay = new Answer(this, () => (this.#id && this.#kind === 'replay' ? path('api', 'v1', 'replays', this.#id) : ''), { everySeconds: 3, keep: false });

  get #id() {
    return this.place.segments[2];
  }

  get #kind() {
    return this.place.segments[1];
  }

  render() {
    if (this.#id) {
      return html`${breadcrumbs(html`<a href=${to('shadows')}>Shadows and replays</a>`)}
        ${this.#kind === 'shadow' ? this.#report.show((report) => this.#shadow(report)) : this.#replay.show((replay) => this.#again(replay))}`;
    }
    return html`<div class="head"><h1>Shadows and replays</h1><span class="grow"></span>${may('CREATE', 'shadow') ? html`<button class="primary" @click=${() => this.#start()}>Start a shadow</button><button @click=${() => this.#startReplay()}>Replay the past</button>` : nothing}</div>
      <div class="stack"><section class="card" aria-labelledby="h-shadows"><h2 id="h-shadows">Shadows</h2><p class="muted">They see what the live strategy sees and decide along; nobody follows them.</p>
        ${this.#list.show((data) => html`<div class="table-box"><table><thead><tr><th scope="col">Strategy</th><th scope="col">Of</th><th scope="col">Since</th><th scope="col">By</th></tr></thead><tbody>${data.items.map((shadow) => html`<tr><td><a href=${to('shadows', 'shadow', shadow.id)}>${shadow.strategy.id} ${shadow.strategy.version ?? ''}</a> <span class="muted">${shadow.kind}</span></td><td>${scopeOf(shadow)}</td><td>${since(shadow.since)}</td><td>${shadow.principal}</td></tr>`)}</tbody></table></div>`, { empty: 'No shadow runs.' })}</section>
      <section class="card" aria-labelledby="h-replays"><h2 id="h-replays">Replays</h2>
        ${this.#replays.show((data) => html`<div class="table-box"><table><thead><tr><th scope="col">Started</th><th scope="col">Strategy</th><th scope="col">State</th><th scope="col" class="num">Replayed</th><th scope="col" class="num">Identical</th></tr></thead><tbody>${data.items.map((replay) => html`<tr><td><a href=${to('shadows', 'replay', replay.id)}>${time(replay.startedAt)}</a></td><td>${replay.question.strategy ?? 'the one that decided'} ${replay.question.version ?? ''}</td><td>${tag(replay.state)}</td><td class="num">${replay.replayed}/${replay.decisions}</td><td class="num">${replay.identical}</td></tr>`)}</tbody></table></div>`, { empty: 'No replay is kept.' })}</section>
      ${command('smo shadow list')}</div>`;
  }

  #shadow(report) {
    const shadow = report.shadow;
    const agreed = report.latest.toReversed();
    let sum = 0;
    const series = {
      times: agreed.map((each) => new Date(each.at).getTime() / 1000),
      lines: [{ label: 'agreed', unit: '% of those until then', values: agreed.map((each, index) => { sum += each.agreed ? 1 : 0; return Math.round((100 * sum) / (index + 1)); }), stepped: true }],
    };
    return html`<div class="head"><h1>${shadow.strategy.id} in the shadow</h1><span class="muted">${scopeOf(shadow)}, since ${time(shadow.since)}</span><span class="grow"></span>
        ${!isGuarded('/api/v1/shadows/any/promote') && (may('UPDATE', 'default') || may('UPDATE', 'graph', shadow.project ?? undefined)) ? html`<button class="primary" @click=${() => this.#promote(shadow)}>Promote</button>` : nothing}
        ${may('DELETE', 'shadow') ? html`<button @click=${() => this.#stop(shadow)}>Stop</button>` : nothing}</div>
      <div class="stack"><div class="grid">
        <section class="card" aria-labelledby="h-agree"><h2 id="h-agree">Agreement</h2><p><span class="figure">${percent(report.agreed, report.compared)} %</span> of ${number(report.compared)} decisions</p>${facts([['Only live answered', number(report.onlyLive)], ['Only the shadow', number(report.onlyShadow)], ['Not compared', number(report.dropped)], ['Faults', number(report.faults)]])}</section>
        <section class="card" aria-labelledby="h-cost"><h2 id="h-cost">Moves, replicas, time</h2>${facts([['Moves live', number(report.liveMoves)], ['Moves shadow', number(report.shadowMoves)], ['Replicas live', number(report.liveReplicas)], ['Replicas shadow', number(report.shadowReplicas)], ['Time live', duration(report.liveMillis ?? 0)], ['Time shadow', duration(report.shadowMillis ?? 0)]])}</section>
      </div>
      <section class="card" aria-labelledby="h-over"><h2 id="h-over">Agreement over the latest comparisons</h2>
        <p class="muted">${agreed.length ? html`The last ${agreed.length} comparisons, since ${time(agreed[0].at)}; each point is the share that agreed from the first of them until then. Older ones count above only.` : 'None yet.'}</p><smo-chart label="Agreement over the latest comparisons" .series=${series}></smo-chart></section>
      ${this.#terms(report.terms)}
      <section class="card" aria-labelledby="h-latest"><h2 id="h-latest">Latest comparisons</h2><div class="table-box"><table><thead><tr><th scope="col">When</th><th scope="col">Graph</th><th scope="col">Agreed</th><th scope="col">Live</th><th scope="col">Shadow</th></tr></thead>
        <tbody>${report.latest.map((each) => html`<tr><td>${time(each.at)}</td><td>${each.graph}</td><td>${tag(each.agreed ? 'yes' : 'no', each.agreed ? 'ok' : 'warn')}</td><td class="wrap">${each.live}</td><td class="wrap">${each.fault ?? each.shadow}</td></tr>`)}</tbody></table></div></section>
      ${command(`smo shadow report ${shellWord(shadow.id)}`)}</div>`;
  }

  #terms(terms) {
    return terms.length
      ? html`<section class="card" aria-labelledby="h-terms"><h2 id="h-terms">What each would have cost</h2>${terms.map((term) => bars([{ label: `${term.objective}, live`, value: term.live ?? 0, text: `${number(term.live)} ${term.unit}` }, { label: `${term.objective}, other`, value: term.shadow ?? 0, text: `${number(term.shadow)} ${term.unit}`, other: true }], term.objective))}</section>`
      : nothing;
  }

  #again(replay) {
    return html`<div class="head"><h1>Replay of ${time(replay.startedAt)}</h1>${tag(replay.state)}</div><div class="stack">
      <section class="card" aria-label="Result">${facts([['Strategy', `${replay.question.strategy ?? 'the one that decided'} ${replay.question.version ?? ''}`], ['From', time(replay.question.from)], ['Until', time(replay.question.until)], ['Replayed', `${replay.replayed} of ${replay.decisions}`], ['Identical', number(replay.identical)], replay.message ? ['Message', replay.message] : undefined])}
        ${replay.skipped.length ? html`<h3>Not decided again</h3><ul>${replay.skipped.map((each) => html`<li>${each.count}: ${each.why}</li>`)}</ul>` : nothing}</section>
      ${this.#terms(replay.terms)}
      ${replay.differences.length ? html`<section class="card" aria-labelledby="h-diff"><h2 id="h-diff">Differences</h2><div class="table-box"><table><thead><tr><th scope="col">Graph</th><th scope="col">On record</th><th scope="col">Replayed</th></tr></thead><tbody>${replay.differences.map((each) => html`<tr><td>${each.graph}</td><td class="wrap">${each.recorded}</td><td class="wrap">${each.replayed}</td></tr>`)}</tbody></table></div></section>` : nothing}
      ${command(`smo get replay ${shellWord(replay.id)}`)}</div>`;
  }

  #choice(form, redraw, strategies) {
    const options = strategies.filter((strategy) => ['placement', 'scaling'].includes(strategy.kind));
    return html`<label class="field"><span>Strategy</span><select required @change=${(event) => { [form.kind, form.id, form.version] = event.target.value.split('|'); redraw(); }}><option value="">choose</option>
      ${options.map((each) => html`<option value="${each.kind}|${each.id}|${each.version}" .selected=${form.id === each.id && form.version === each.version && form.kind === each.kind}>${each.id} ${each.version} (${each.kind})</option>`)}</select></label>`;
  }

  async #start() {
    const strategies = (await orSaid(get('/api/v1/strategies')))?.items;
    if (!strategies) {
      return undefined;
    }
    const form = { kind: '', id: '', version: '', of: '' };
    const scope = () => (form.of.includes('/') ? { graph: form.of } : form.of ? { project: form.of } : {});
    return ask({
      title: 'Start a shadow',
      body: (redraw) => html`${this.#choice(form, redraw, strategies)}<label class="field"><span>Of a graph (project/name), of a project, or of all (empty)</span><input .value=${form.of} @input=${(event) => { form.of = event.target.value; redraw(); }}></label>`,
      confirm: 'Start',
      shell: () => `smo shadow start ${shellWord(form.id || 'STRATEGY')}${form.id ? ` --version ${shellWord(form.version)} --kind ${shellWord(form.kind)}` : ''}${form.of.includes('/') ? ` --graph ${shellWord(form.of)}` : form.of ? ` --project ${shellWord(form.of)}` : ''}`,
      action: async (key) => {
        const shadow = (await change('POST', '/api/v1/shadows', { kind: form.kind, strategy: { id: form.id, version: form.version }, ...scope() }, { key })).body;
        navigate(to('shadows', 'shadow', shadow.id));
        return shadow;
      },
    });
  }

  async #startReplay() {
    const strategies = (await orSaid(get('/api/v1/strategies')))?.items;
    if (!strategies) {
      return undefined;
    }
    const form = { kind: '', id: '', version: '', hours: '1' };
    return ask({
      title: 'Replay decisions of the past',
      body: (redraw) => html`${this.#choice(form, redraw, strategies)}<label class="field"><span>Of the last hours</span><input type="number" min="0.1" step="any" required .value=${form.hours} @input=${(event) => { form.hours = event.target.value; redraw(); }}></label>`,
      confirm: 'Replay',
      shell: () => `smo replay --since ${shellWord(span(form.hours))}${form.id ? ` --strategy ${shellWord(form.id)} --version ${shellWord(form.version)} --kind ${shellWord(form.kind)}` : ''}`,
      action: async (key) => {
        const from = new Date(Date.now() - Number(form.hours) * 3600000).toISOString();
        const replay = (await change('POST', '/api/v1/replays', { from, ...(form.id ? { strategy: form.id, version: form.version, kind: form.kind } : {}) }, { key })).body;
        navigate(to('shadows', 'replay', replay.id));
        return replay;
      },
    });
  }

  #promote(shadow) {
    return ask({
      title: `Promote ${shadow.strategy.id}?`, body: html`<p>It decides from now on for ${scopeOf(shadow)}.</p>`, confirm: 'Promote', shell: `smo shadow promote ${shellWord(shadow.id)}`,
      action: (key) => this.#report.ends(async () => {
        const answer = await change('POST', path('api', 'v1', 'shadows', shadow.id, 'promote'), undefined, { key });
        followOperation(answer.body, `Promote ${shadow.strategy.id}`);
        navigate(to('shadows'));
        return answer;
      }),
    });
  }

  #stop(shadow) {
    return ask({
      title: 'Stop this shadow?', confirm: 'Stop', shell: `smo shadow stop ${shellWord(shadow.id)}`,
      action: (key) => this.#report.ends(async () => {
        await change('DELETE', path('api', 'v1', 'shadows', shadow.id), undefined, { key });
        toast('Stopped');
        navigate(to('shadows'));
        return true;
      }),
    });
  }
}

/** Hours as the command line takes them: whole ones, else minutes. */
const span = (hours) => (Number.isInteger(Number(hours)) ? `${Number(hours)}h` : `${Math.max(1, Math.round(60 * Number(hours)))}m`);

const scopeOf = (shadow) => (shadow.graph ? (shadow.graph.includes('/') ? shadow.graph : `${shadow.project}/${shadow.graph}`) : shadow.project ?? 'all graphs');

customElements.define('smo-shadows', Shadows);
