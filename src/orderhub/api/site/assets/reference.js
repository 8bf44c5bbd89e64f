// What the reference adds to Swagger UI: sample accounts, a filter of operations, examples that fill in everything.
'use strict';

const SCHEME = 'OAuth2PasswordBearer';
const KEY = 'Idempotency-Key';
const EXAMPLES = 'x-examples';
const MODIFIED = '__MODIFIED__VALUE__';
const TOKEN_LASTS = 10 * 60 * 1000;
const place = document.getElementById('reference');
const panel = document.getElementById('accounts');
const root = place.dataset.root;
let accounts = [];
let signedIn = null;
const ownKeys = new Set();

function freshKey() {
  const key = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now();
  ownKeys.add(key);
  return key;
}

// Signing in: once for all, by a sample account's button or by the form that Authorize opens.

async function fetchToken(username, password) {
  const body = new URLSearchParams({ grant_type: 'password', username, password });
  const answer = await fetch(root + '/v1/auth/token', { method: 'POST', body });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.detail || found.title);
  return found.access_token;
}

async function signIn({ username, password, handle }) {
  const token = await fetchToken(username, password);
  signedIn = { username, password, handle: handle || username, token, at: Date.now() };
  const auth = { name: SCHEME, schema: { type: 'oauth2', flow: 'password' }, username };
  ui.authActions.authorizeOauth2({ auth, token: { access_token: token } });
  showAccounts();
}

function signOut() {
  signedIn = null;
  ui.authActions.logout([SCHEME]);
  showAccounts();
}

function nameOf(handle) {
  const account = accounts.find((each) => each.handle === handle);
  return account ? account.name : handle;
}

function showAccounts() {
  panel.hidden = accounts.length === 0;
  const buttons = accounts.map((account) => {
    const button = document.createElement('button');
    button.textContent = `${account.name} · ${account.does}`;
    button.setAttribute('aria-pressed', String(signedIn?.handle === account.handle));
    button.addEventListener('click', () => (signedIn?.handle === account.handle ? signOut() : signIn(account)));
    return button;
  });
  panel.querySelector('div').replaceChildren(...buttons);
  for (const note of document.querySelectorAll('.as-whom')) note.dispatchEvent(new Event('signed'));
}

// A token lasts a quarter of an hour: whoever reads longer than that stays signed in.
async function stayedSignedIn(request) {
  if (!signedIn || request.headers?.Authorization !== `Bearer ${signedIn.token}`) return request;
  if (Date.now() - signedIn.at > TOKEN_LASTS) {
    await signIn(signedIn);
    request.headers.Authorization = `Bearer ${signedIn.token}`;
  }
  return request;
}

// Examples: choosing one sets path, query, key and body together.

function operationAt(system, [path, method]) {
  const place = ['paths', path, method];
  return system.specSelectors.specResolvedSubtree(place) || system.specSelectors.specJson().getIn(place);
}

function examplesOf(operation) {
  const contents = operation?.getIn(['requestBody', 'content']);
  return contents && contents.size ? contents.first().get('examples') : undefined;
}

function setParameter(system, pathMethod, parameter, value) {
  system.specActions.changeParamByIdentity(pathMethod, parameter, value, false);
}

function renewKey(system, pathMethod) {
  const parameters = operationAt(system, pathMethod)?.get('parameters');
  const key = parameters?.find((each) => each.get('name') === KEY);
  if (key) setParameter(system, pathMethod, key, freshKey());
}

// Swagger UI says again and again which one is chosen: what was filled in last is not filled in once more.
const filledIn = new Map();

function fillIn(system, { name, pathMethod }) {
  const where = pathMethod.join(' ');
  if (filledIn.get(where) === name) return;
  const isFirst = !filledIn.has(where);
  filledIn.set(where, name);
  if (isFirst) return;
  operationAt(system, pathMethod)?.get('parameters')?.forEach((parameter) => {
    const value = parameter.getIn([EXAMPLES, name]);
    if (value !== undefined) setParameter(system, pathMethod, parameter, value);
  });
  renewKey(system, pathMethod);
}

// The document as it is shown: each key is fresh, and the body's choice of an example is the only one.
function readied(document) {
  for (const path of Object.values(document.paths || {})) {
    for (const operation of Object.values(path)) {
      for (const parameter of operation.parameters || []) {
        const named = Object.entries(parameter.examples || {});
        if (parameter.name === KEY) parameter.example = freshKey();
        else if (named.length && operation.requestBody) {
          parameter[EXAMPLES] = Object.fromEntries(named.map(([name, { value }]) => [name, value]));
          parameter.example = named[0][1].value;
        } else continue;
        delete parameter.examples;
      }
    }
  }
  return document;
}

// The filter: an operation is found by each word of its method, path, summary and id.

function textOf(entry) {
  const words = ['summary', 'operationId'].map((name) => entry.getIn(['operation', name]) || '');
  return [entry.get('method'), entry.get('path'), ...words].join(' ').toLowerCase();
}

function findOperations(tags, phrase) {
  const words = phrase.toLowerCase().split(/\s+/).filter(Boolean);
  const isFound = (entry) => words.every((word) => textOf(entry).includes(word));
  return tags
    .map((tag, name) => (words.join(' ') === name.toLowerCase() ? tag : tag.update('operations', (all) => all.filter(isFound))))
    .filter((tag) => tag.get('operations').size > 0);
}

// The parts of Swagger UI that are replaced or that something is put before.

function plugin({ React, getStore }) {
  const make = React.createElement;

  // Dispatched as it is, since the action of this name would also change the address.
  const open = (tag, shown) => getStore().dispatch({ type: 'layout_show', payload: { thing: ['operations-tag', tag], shown } });

  function Filter({ layoutActions, specSelectors }) {
    const [text, setText] = React.useState('');
    const change = (event) => {
      const phrase = event.target.value.trim();
      setText(event.target.value);
      layoutActions.updateFilter(phrase || true);
      specSelectors.taggedOperations().keySeq().forEach((tag) => open(tag, phrase !== ''));
    };
    const field = { type: 'search', className: 'operation-filter-input', placeholder: 'Find an operation: "refund", "accept quote", "/v1/me" …' };
    return make('div', { className: 'filter wrapper' }, make('input', { ...field, value: text, onChange: change, 'aria-label': 'Find an operation' }));
  }

  function SignInForm({ authSelectors, name }) {
    const [failure, setFailure] = React.useState('');
    const isIn = Boolean(authSelectors.authorized()?.get(name));
    const submit = (event) => {
      event.preventDefault();
      const given = new FormData(event.target);
      signIn({ username: given.get('username'), password: given.get('password') }).then(() => setFailure(''), (error) => setFailure(error.message));
    };
    if (isIn) {
      return make('div', null, make('h4', null, `Signed in as ${signedIn ? nameOf(signedIn.handle) : 'somebody'}`), make('button', { className: 'btn', onClick: signOut }, 'Sign out'));
    }
    const field = (label, props) => make('label', { className: 'sign-in' }, label, make('input', { required: true, ...props }));
    return make('form', { onSubmit: submit }, make('h4', null, 'Sign in'),
      field('E-mail', { name: 'username', type: 'email', autoComplete: 'username' }),
      field('Password', { name: 'password', type: 'password', autoComplete: 'current-password' }),
      make('p', { role: 'alert', className: 'failure' }, failure),
      make('button', { className: 'btn authorize', type: 'submit' }, 'Sign in'));
  }

  function AsWhom({ path, method, specSelectors, oas3Selectors }) {
    const [, redraw] = React.useReducer((count) => count + 1, 0);
    const note = React.useRef(null);
    React.useEffect(() => {
      const element = note.current;
      element?.addEventListener('signed', redraw);
      return () => element?.removeEventListener('signed', redraw);
    });
    const operation = specSelectors.specJson().getIn(['paths', path, method]);
    const examples = examplesOf(operation);
    const chosen = oas3Selectors.activeExamplesMember(path, method, 'requestBody', 'requestBody') || examples?.keySeq().first();
    const handle = examples?.getIn([chosen, 'x-sample-caller']) || operation?.get('x-sample-caller');
    if (!handle) return null;
    const account = accounts.find((each) => each.handle === handle);
    const isIn = signedIn?.handle === handle;
    const text = handle === 'none' ? 'The example needs nobody to be signed in.' : `The example is sent as ${nameOf(handle)}${isIn ? ', as whom you are signed in' : ''}.`;
    return make('p', { className: 'as-whom', ref: note }, text, ' ',
      account && !isIn ? make('button', { className: 'btn', onClick: () => signIn(account) }, `Sign in as ${account.name}`) : null);
  }

  return {
    fn: { opsFilter: findOperations },
    components: { FilterContainer: Filter, oauth2: SignInForm },
    wrapComponents: {
      execute: (Original, system) => (props) => make('div', { className: 'sending' },
        make(AsWhom, { path: props.path, method: props.method, specSelectors: system.specSelectors, oas3Selectors: system.oas3Selectors }),
        make(Original, props)),
    },
    statePlugins: {
      spec: {
        wrapActions: {
          updateJsonSpec: (original) => (document) => original(readied({ ...document, servers: [{ url: root || '/' }] })),
          setResponse: (original, system) => (path, method, answer) => {
            const sent = answer?.req?.headers?.[KEY] || system.specSelectors.requestFor(path, method)?.getIn(['headers', KEY]);
            if (ownKeys.has(sent)) renewKey(system, [path, method]);
            return original(path, method, answer);
          },
        },
      },
      oas3: {
        wrapActions: {
          setActiveExamplesMember: (original, system) => (chosen) => {
            const answer = original(chosen);
            if (chosen.contextType === 'requestBody' && chosen.name !== MODIFIED) fillIn(system, chosen);
            return answer;
          },
        },
      },
    },
  };
}

const ui = SwaggerUIBundle({
  url: root + '/openapi.json',
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [plugin],
  layout: 'BaseLayout',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  docExpansion: 'none',
  filter: true,
  requestInterceptor: stayedSignedIn,
  tryItOutEnabled: true,
  validatorUrl: null,
});
window.ui = ui;

fetch(root + '/docs/accounts.json')
  .then((answer) => (answer.ok ? answer.json() : []))
  .then((found) => {
    accounts = found;
    showAccounts();
  });
