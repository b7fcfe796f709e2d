// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { change, path, query } from '../net/api.js';
import { may, session } from '../net/session.js';
import { ask, show, toast } from '../ui/dialog.js';
import { Answer, Element } from '../ui/element.js';
import { words } from '../ui/format.js';
import { withParameters } from '../ui/router.js';
import { command, copyButton, facts, pager, shellWord, since, tabs, tag, time } from '../ui/views.js';

const TABS = [['', 'Grants'], ['users', 'Users'], ['keys', 'Keys'], ['roles', 'Roles'], ['sessions', 'Sessions'], ['me', 'Me']];
const PATHS = { '': '/api/v1/grants', users: '/api/v1/users', keys: '/api/v1/keys', roles: '/api/v1/roles', sessions: '/api/v1/sessions' };
const ROLES = ['viewer', 'deployer', 'operator', 'plugin-admin', 'admin'];

/** Who may do what where: users, keys, grants, roles, sessions. */
class Access extends Element {
  static properties = { place: { attribute: false } };

  #list = new Answer(this, () => (PATHS[this.#tab] ? query(PATHS[this.#tab], { cursor: this.place.parameters.get('cursor'), limit: this.#tab === 'roles' ? undefined : 100, all: this.#tab === 'sessions' && may('DELETE', 'user') }) : ''), { everySeconds: 20, keep: false });

  get #tab() {
    return this.place.parameters.get('tab') ?? '';
  }

  render() {
    const views = { '': (data) => this.#grants(data), users: (data) => this.#users(data), keys: (data) => this.#keys(data), roles: (data) => this.#roles(data), sessions: (data) => this.#sessions(data) };
    const adders = { '': ['grant', 'Grant a role', () => this.#grant()], users: ['user', 'Add a user', () => this.#addUser()], keys: ['key', 'Make a key', () => this.#addKey()] };
    const adder = adders[this.#tab];
    return html`<div class="head"><h1>Users and rights</h1><span class="grow"></span>${adder && may('CREATE', adder[0]) ? html`<button class="primary" @click=${adder[2]}>${adder[1]}</button>` : nothing}</div>
      ${tabs(TABS, this.#tab, (id) => withParameters({ tab: id, cursor: '' }))}
      ${this.#tab === 'me' ? this.#me() : this.#list.show(views[this.#tab], { empty: 'There are none.' })}
      <p></p>${command({ '': 'smo grant list', users: 'smo user list', keys: 'smo key list', roles: 'smo grant roles', sessions: 'smo session list', me: 'smo whoami' }[this.#tab])}`;
  }

  #table(caption, columns, rows, data) {
    return html`<div class="table-box"><table><caption class="visually-hidden">${caption}</caption><thead><tr>${columns.map((column) => html`<th scope="col">${column || html`<span class="visually-hidden">Actions</span>`}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>${pager(data)}`;
  }

  #grants(data) {
    return this.#table('Grants', ['Who', 'Role', 'Where', 'Until', 'Granted', ''], data.items.map((grant) => html`<tr><td>${grant.subject}</td><td>${grant.role}${grant.verbs?.length ? html` <span class="muted">only ${grant.verbs.map(words).join(', ')}</span>` : nothing}</td><td>${grant.project || 'everywhere'} ${grant.resource ?? ''}</td><td>${grant.until ? time(grant.until) : 'no end'}</td><td>${since(grant.grantedAt)} by ${grant.grantedBy} ${grant.needsConsent && !grant.consentedBy ? tag('waits for consent', 'warn') : nothing}</td>
      <td><div class="row">${grant.needsConsent && !grant.consentedBy && may('OPERATE', 'grant') ? html`<button class="plain" @click=${() => this.#consent(grant)}>Consent</button>` : nothing}${may('DELETE', 'grant') ? html`<button class="plain" @click=${() => this.#revoke(grant)} aria-label="Revoke ${grant.role} of ${grant.subject}">Revoke</button>` : nothing}</div></td></tr>`), data);
  }

  #users(data) {
    return this.#table('Users', ['User', 'Name', 'State', 'Created', ''], data.items.map((user) => html`<tr><td>${user.name}</td><td>${user.fullName}</td><td>${tag(user.enabled ? 'enabled' : 'disabled', user.enabled ? 'ok' : 'warn')}${user.hasPassword ? nothing : html` <span class="muted">no password</span>`}</td><td>${since(user.createdAt)}</td>
      <td><div class="row">${may('UPDATE', 'user') ? html`<button class="plain" @click=${() => this.#enable(user)}>${user.enabled ? 'Disable' : 'Enable'}</button><button class="plain" @click=${() => this.#password(user)}>Password</button>` : nothing}${may('DELETE', 'user') ? html`<button class="plain" @click=${() => this.#remove('user', user.name, '/api/v1/users')}>Remove</button>` : nothing}</div></td></tr>`), data);
  }

  #keys(data) {
    return this.#table('Keys', ['Key', 'Description', 'Until', 'Last used', ''], data.items.map((key) => html`<tr><td>${key.name} <code class="muted">${key.prefix ?? ''}…</code></td><td>${key.description}</td><td>${key.until ? time(key.until) : 'no end'}</td><td>${since(key.lastUsedAt)}</td>
      <td><div class="row">${may('UPDATE', 'key') ? html`<button class="plain" @click=${() => this.#rotate(key)}>Rotate</button>` : nothing}${may('DELETE', 'key') ? html`<button class="plain" @click=${() => this.#remove('key', key.name, '/api/v1/keys')} aria-label="Revoke key ${key.name}">Revoke</button>` : nothing}</div></td></tr>`), data);
  }

  #roles(data) {
    const kinds = [...new Set(data.items.flatMap((role) => [...Object.keys(role.inProject), ...Object.keys(role.ofServer)]))].sort();
    return html`<div class="table-box"><table><caption>What each role allows: in a project, and of the server</caption><thead><tr><th scope="col">Kind</th>${data.items.map((role) => html`<th scope="col">${role.role}</th>`)}</tr></thead>
      <tbody>${kinds.map((kind) => html`<tr><th scope="row">${kind}</th>${data.items.map((role) => html`<td>${[...new Set([...(role.inProject[kind] ?? []), ...(role.ofServer[kind] ?? [])])].map(words).join(', ') || '–'}</td>`)}</tr>`)}</tbody></table></div>`;
  }

  #sessions(data) {
    return this.#table('Sessions', ['Who', 'From', 'Opened', 'Last used', 'Until', ''], data.items.map((each) => html`<tr><td>${each.principal}</td><td>${each.address}</td><td>${since(each.createdAt)}</td><td>${since(each.lastUsedAt)}</td><td>${time(each.until)}</td><td><button class="plain" @click=${() => this.#remove('session', each.id, '/api/v1/sessions')}>End</button></td></tr>`), data);
  }

  #me() {
    const caller = session.caller;
    return html`<section class="card" aria-label="Me">${facts([['Known as', caller.principal], ['By', caller.credential ?? 'no credentials'], ['From', caller.address], ['Roles everywhere', caller.roles.join(', ') || 'none'], ['Groups', caller.groups.join(', ') || 'none'], ['Grants', caller.grants.length ? caller.grants.map((grant) => html`<div>${grant.role} ${grant.project ? `in ${grant.project}` : 'everywhere'}</div>`) : 'none']])}
      ${['user', 'session'].includes(caller.credential) ? html`<p></p><button @click=${() => this.#ownPassword()}>Change my password</button>` : nothing}</section>`;
  }

  #form(title, fields, confirm, shell, action) {
    const form = Object.fromEntries(fields.map((field) => [field.name, field.value ?? '']));
    return ask({
      title,
      body: (redraw) => fields.map((field) => {
        const input = (event) => { form[field.name] = event.target.type === 'checkbox' ? event.target.checked : event.target.value; redraw(); };
        return field.choices
          ? html`<label class="field"><span>${field.label}</span><select @change=${input}>${field.choices.map((choice) => html`<option .selected=${choice === form[field.name]}>${choice}</option>`)}</select></label>`
          : html`<label class="field"><span>${field.label}</span><input name=${field.name} type=${field.type ?? 'text'} autocomplete=${field.type === 'password' ? 'new-password' : 'off'} ?required=${field.required} .value=${String(form[field.name])} @input=${input}></label>`;
      }),
      confirm,
      shell: () => shell(form),
      action: async (key) => {
        const answer = await action(form, key);
        this.#list.reload();
        return answer ?? true;
      },
    });
  }

  #grant() {
    return this.#form('Grant a role', [{ name: 'subject', label: 'Who: a user, key:NAME, group:NAME, PROVIDER:NAME', required: true }, { name: 'role', label: 'Role', choices: ROLES, value: 'viewer' }, { name: 'project', label: 'In this project (empty: everywhere)' }, { name: 'until', label: 'Until', type: 'datetime-local' }, { name: 'needsConsent', label: 'Counts only when a second administrator agrees', type: 'checkbox' }], 'Grant',
      (form) => `smo grant add ${shellWord(form.subject || 'SUBJECT')} ${shellWord(form.role)}${form.project ? ` --project ${shellWord(form.project)}` : ''}${form.until ? ` --for ${shellWord(minutesUntil(form.until))}m` : ''}${form.needsConsent ? ' --consent' : ''}`,
      (form, key) => change('POST', '/api/v1/grants', { subject: form.subject, role: form.role, ...(form.project ? { project: form.project } : {}), ...(form.until ? { until: new Date(form.until).toISOString() } : {}), ...(form.needsConsent ? { needsConsent: true } : {}) }, { key }));
  }

  #revoke(grant) {
    return this.#form(`Revoke ${grant.role} of ${grant.subject}?`, [], 'Revoke', () => `smo grant revoke ${shellWord(grant.id)}`, (_, key) => change('DELETE', path('api', 'v1', 'grants', grant.id), undefined, { key }));
  }

  #consent(grant) {
    return this.#form(`Consent to ${grant.role} for ${grant.subject}?`, [], 'Consent', () => `smo grant consent ${shellWord(grant.id)}`, (_, key) => change('POST', path('api', 'v1', 'grants', grant.id, 'consent'), undefined, { key }));
  }

  #addUser() {
    return this.#form('Add a user', [{ name: 'name', label: 'User', required: true }, { name: 'fullName', label: 'Full name' }, { name: 'password', label: 'Password', type: 'password' }], 'Add', (form) => `smo user add ${shellWord(form.name || 'NAME')}${form.fullName ? ` --full-name ${shellWord(form.fullName)}` : ''}`,
      (form, key) => change('POST', '/api/v1/users', { name: form.name, ...(form.fullName ? { fullName: form.fullName } : {}), ...(form.password ? { password: form.password } : {}) }, { key }));
  }

  #enable(user) {
    return this.#form(`${user.enabled ? 'Disable' : 'Enable'} ${user.name}?`, [], user.enabled ? 'Disable' : 'Enable', () => `smo user ${user.enabled ? 'disable' : 'enable'} ${shellWord(user.name)}`, (_, key) => change('PATCH', path('api', 'v1', 'users', user.name), { enabled: !user.enabled }, { key }));
  }

  #password(user) {
    return this.#form(`New password for ${user.name}`, [{ name: 'password', label: 'Password', type: 'password', required: true }], 'Set', () => `smo user set-password ${shellWord(user.name)}`, (form, key) => change('PATCH', path('api', 'v1', 'users', user.name), { password: form.password }, { key }));
  }

  #ownPassword() {
    return this.#form('Change my password', [{ name: 'present', label: 'Present password', type: 'password', required: true }, { name: 'password', label: 'New password', type: 'password', required: true }], 'Change', () => 'smo user change-password', async (form, key) => {
      await change('PUT', '/api/v1/password', form, { key });
      toast('The password is changed; all other sessions have ended.');
    });
  }

  #addKey() {
    return this.#form('Make a key', [{ name: 'name', label: 'Name', required: true }, { name: 'description', label: 'What it is for' }, { name: 'until', label: 'Until', type: 'datetime-local' }], 'Make', (form) => `smo key add ${shellWord(form.name || 'NAME')}${form.description ? ` --description ${shellWord(form.description)}` : ''}${form.until ? ` --for ${shellWord(minutesUntil(form.until))}m` : ''}`, async (form, key) => {
      const answer = await change('POST', '/api/v1/keys', { name: form.name, ...(form.description ? { description: form.description } : {}), ...(form.until ? { until: new Date(form.until).toISOString() } : {}) }, { key });
      this.#once(answer.body);
    });
  }

  #rotate(key) {
    return this.#form(`Rotate ${key.name}`, [{ name: 'overlap', label: 'Minutes in which the old secret still counts', type: 'number', value: '60' }], 'Rotate', (form) => `smo key rotate ${shellWord(key.name)} --overlap ${shellWord(form.overlap)}`, async (form, attempt) => {
      const answer = await change('POST', path('api', 'v1', 'keys', key.name, 'rotate'), { overlapMinutes: Number(form.overlap) }, { key: attempt });
      this.#once(answer.body);
    });
  }

  #once(key) {
    show({ title: `Key ${key.name}`, body: html`<p>The secret is shown only now.</p><pre tabindex="0">${key.token}</pre>${copyButton('Copy the secret')}` });
  }

  #remove(what, name, base) {
    return this.#form(`${what === 'session' ? 'End this session' : `Remove ${what} ${name}`}?`, [], what === 'session' ? 'End' : 'Remove', () => (what === 'session' ? `smo session end ${shellWord(name)}` : what === 'user' ? `smo user remove ${shellWord(name)}` : `smo key remove ${shellWord(name)}`), (_, key) => change('DELETE', `${base}/${encodeURIComponent(name)}`, undefined, { key }));
  }
}

/** From now to a time of the clock of the reader, in whole minutes: the command line counts from when it is called. */
const minutesUntil = (local) => Math.max(1, Math.round((new Date(local).getTime() - Date.now()) / 60000));

customElements.define('smo-access', Access);
