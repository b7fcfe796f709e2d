// Runs in the browser: checks of the pure functions of the page. arguments[0]: where its files are. Returns a list of {what, ok, got}.
const assets = arguments[0];
const results = [];
const same = (what, got, wanted) => results.push({ what, ok: JSON.stringify(got) === JSON.stringify(wanted), got });
return Promise.all(['ui/schema.js', 'ui/layout.js', 'ui/diff.js', 'ui/yaml.js', 'ui/format.js', 'net/sse.js', 'net/api.js', 'net/session.js', 'ui/views.js', 'ui/read.js', 'ui/library.js', 'pages/why.js', 'pages/deploy.js'].map((file) => import(assets + file)))
  .then(async ([schema, layout, diff, yaml, format, sse, api, { session, may, isGuarded }, views, reading, { lazily }, why, deploy]) => {
    // the place in a YAML document
    same('top', schema.pathOf([], 0), []);
    same('below a key', schema.pathOf(['services:'], 2), ['services']);
    same('in an element', schema.pathOf(['services:', '  - id: web'], 4), ['services', '[]']);
    same('a new element', schema.pathOf(['services:', '  - id: web'], 2, true), ['services', '[]']);
    same('a list at the column of its key', schema.pathOf(['services:', '- id: web'], 2), ['services', '[]']);
    same('deep', schema.pathOf(['services:', '  - id: web', '    deployment:', '      trigger:', '        auto: {}', '      intent:', '        compute:'], 10), ['services', '[]', 'deployment', 'intent', 'compute']);
    same('beside what is deeper', schema.pathOf(['a:', '  b:', '    c: 1'], 2), ['a']);
    same('comments do not count', schema.pathOf(['a:', '# b:', '  # c:'], 2), ['a']);
    const document_ = { properties: { id: { type: 'string' }, services: { type: 'array', items: { $ref: '#/$defs/service' } } }, required: ['id'], $defs: { service: { type: 'object', properties: { cpu: { enum: ['light', 'large'] }, on: { type: 'boolean' }, deep: { type: 'object', properties: { x: {} } } }, required: ['cpu'] } } };
    const labels = (above, line) => schema.suggestions(document_, above, line).map((option) => option.label).sort();
    same('members', labels([], ''), ['id', 'services']);
    same('members of an element', labels(['services:'], '  - '), ['cpu', 'deep', 'on']);
    same('members beside others', labels(['services:', '  - cpu: light'], '    '), ['cpu', 'deep', 'on']);
    same('values', labels(['services:', '  - cpu: light'], '    cpu: '), ['large', 'light']);
    same('flags', labels(['services:', '  - cpu: light'], '    on: '), ['false', 'true']);
    same('required first', schema.suggestions(document_, [], '').find((option) => option.label === 'id').detail, 'required');
    // levels and places
    same('levels', [...layout.levels(['a', 'b', 'c'], [['a', 'b'], ['b', 'c'], ['a', 'c']]).values()], [0, 1, 2]);
    same('a circle ends', layout.levels(['a', 'b'], [['a', 'b'], ['b', 'a']]).size, 2);
    same('unknown ends of links', [...layout.levels(['a'], [['a', 'x'], ['y', 'a']]).values()], [0]);
    const many = Array.from({ length: 1000 }, (_, index) => ({ id: `s${index}`, cluster: `c${index % 7}` }));
    const places = layout.place(many, many.slice(1).map((service, index) => [`s${Math.floor(index / 2)}`, service.id]));
    same('each has a place of its own', new Set([...places.values()].map(({ x, y }) => `${x},${y}`)).size, 1000);
    same('the same again', [...layout.place(many, []).entries()], [...layout.place(many, []).entries()]);
    // differences
    const kinds = (a, b) => diff.lineDiff(a, b).map((line) => `${line.kind[0]}${line.text}`).join(' ');
    same('no difference', kinds('a\nb', 'a\nb'), 'sa sb');
    same('a line more', kinds('a\nc', 'a\nb\nc'), 'sa ab sc');
    same('a line other', kinds('a\nb\nc', 'a\nx\nc'), 'sa rb ax sc');
    same('all other', kinds('a', 'b'), 'ra ab');
    same('large ones end', diff.lineDiff(Array.from({ length: 5000 }, (_, i) => `a${i}`).join('\n'), Array.from({ length: 5000 }, (_, i) => `b${i}`).join('\n')).length, 10000);
    // YAML
    same('yaml', yaml.asYaml({ id: 'web', count: 1, yes: 'yes', empty: {}, list: [], s: 'a: b', deep: { a: [{ b: 1, c: [true, null] }, 'x'] } }),
      'id: web\ncount: 1\n"yes": "yes"\nempty: {}\nlist: []\ns: "a: b"\ndeep:\n  a:\n    - b: 1\n      c:\n        - true\n        - null\n    - x\n');
    // streams
    const frames = new sse.FrameReader();
    same('half a frame', frames.push('id: 1\ndata: {"a"'), []);
    same('the other half', frames.push(':1}\n\n: beat\n\nid: 2\nevent: x\ndata: {}\n\n'), [{ id: '1', event: '', data: '{"a":1}' }, { id: '2', event: 'x', data: '{}' }]);
    same('heartbeats say how far the stream is', frames.push(': heartbeat\nid: 9\n\n'), [{ id: '9', event: '', data: '' }]);
    // words
    same('bytes', [format.bytes(0), format.bytes(1536), format.bytes(68719476736)], ['0 B', '1.5 KiB', '64.0 GiB']);
    same('durations', [format.duration(5), format.duration(1500), format.duration(3600000)], ['5 ms', '1.5 s', '60 min']);
    same('tones', [format.tone('RUNNING'), format.tone('FAILED'), format.tone('half-open'), format.tone('whatever')], ['ok', 'bad', 'warn', 'idle']);
    same('tones of clusters and standings', ['ready', 'cordoned', 'draining', 'unavailable', 'USED', 'HELD', 'EJECTED'].map(format.tone), ['ok', 'warn', 'warn', 'bad', 'ok', 'warn', 'bad']);
    same('few are all', format.evenly(3, 50), [0, 1, 2]);
    same('many with both ends', [format.evenly(1000, 50).length, format.evenly(1000, 50)[0], format.evenly(1000, 50).at(-1), new Set(format.evenly(51, 50)).size], [50, 0, 999, 50]);
    same('queries', api.query('/a', { b: 'x y', c: '', d: undefined, e: false, f: true }), '/a?b=x+y&f=true');
    same('paths', api.graphPath('p/q', 'g'), '/api/v1/projects/p%2Fq/graphs/g');
    // words of a shell
    same('plain words', ['shop/cart', 'a_b-c.d:e@f%g+h=i,j', 7].map(views.shellWord), ['shop/cart', 'a_b-c.d:e@f%g+h=i,j', '7']);
    same('words that are text', ['x;curl evil|sh', "it's", '$(id)', '', 'hdag.*', 'a\nb\u0015c'].map(views.shellWord), ["'x;curl evil|sh'", "'it'\\''s'", "'$(id)'", "''", "'hdag.*'", "'a b c'"]);
    // clusters of several sources
    same('parts of a reference', ['c1', 'lab/c1', 'lab/a/b'].map(views.clusterSegments), [['c1'], ['lab', 'c1'], ['lab', 'a/b']]);
    same('names where two are alike', views.clusterNames([{ name: 'a', source: 'x' }, { name: 'b', source: 'x' }, { name: 'b', source: 'y' }]), ['a', 'x/b', 'y/b']);
    // refusals
    same('reasons', why.reasonRows({ web: { 'lab/c1': 'no room', 'lab/c2': 'no GPU' } }), [['web', 'lab/c1', 'no room'], ['web', 'lab/c2', 'no GPU']]);
    same('no reasons', why.reasonRows(undefined), []);
    // lists of several pages
    const pages = { '/a?limit=2': { items: [1, 2], nextCursor: 'n' }, '/a?limit=2&cursor=n': { items: [3] } };
    same('all pages', await reading.readAll('/a', { limit: 2 }, async (path) => pages[path]), [1, 2, 3]);
    // a library that could not be loaded
    let calls = 0;
    const library = lazily(async () => {
      calls += 1;
      if (calls === 1) {
        throw new Error('gone');
      }
      return 'it';
    });
    same('loaded again after a failure, then kept', [await library().catch((failure) => failure.message), await library(), await library(), calls], ['gone', 'it', 'it', 2]);
    // what is not offered without credentials
    const known = session.caller;
    session.caller = { principal: 'anonymous', roles: ['admin'], grants: [], guardedChanges: ['/api/v1/keys', '/api/v1/strategies', '/api/v1/shadows/*/promote'] };
    same('guarded kinds', ['key', 'strategy', 'graph', 'shadow'].map((kind) => may('UPDATE', kind)), [false, false, true, true]);
    same('reading them', may('READ', 'key'), true);
    same('guarded below a path', ['/api/v1/shadows/a/promote', '/api/v1/shadows/a', '/api/v1/keysmith'].map(isGuarded), [true, false, false]);
    session.caller = { ...session.caller, principal: 'anna' };
    same('with credentials', may('UPDATE', 'key'), true);
    // grants: in one project, for some verbs only
    const roles = session.roles;
    session.roles = new Map([['operator', { inProject: { graph: ['OPERATE', 'UPDATE'] }, ofServer: { cluster: ['OPERATE'], graph: ['OPERATE'] } }]]);
    session.caller = { principal: 'oda', roles: [], grants: [{ role: 'operator', project: 'shop', verbs: [] }], guardedChanges: [] };
    same('in its project', [may('OPERATE', 'graph', 'shop'), may('OPERATE', 'graph', 'bank'), may('OPERATE', 'graph'), may('OPERATE', 'graph', '')], [true, false, true, false]);
    same('nothing of the server', may('OPERATE', 'cluster'), false);
    session.caller = { ...session.caller, grants: [{ role: 'operator', project: '', verbs: ['UPDATE'] }] };
    same('some verbs', [may('UPDATE', 'graph', 'bank'), may('OPERATE', 'graph', 'bank'), may('OPERATE', 'cluster')], [true, false, false]);
    session.caller = { ...session.caller, grants: [{ role: 'operator', project: '', verbs: [] }] };
    same('everywhere', [may('OPERATE', 'graph', ''), may('OPERATE', 'cluster')], [true, true]);
    session.roles = roles;
    session.caller = known;
    // descriptors as people write them
    same('marker of a document', deploy.withoutMarker('# mine\n---\nid: a\n---\n'), '# mine\n\nid: a\n---\n');
    same('names', [`id: 'a'`, 'services:\n  - id: s\nid: b', '{"services": [{"id": "s"}],\n"id": "c"}', '{"hdaGraph": {"id": "d"}}', 'x: 1'].map(deploy.idOf), ['a', 'b', 'c', 'd', 'unnamed']);
    return results;
  });
