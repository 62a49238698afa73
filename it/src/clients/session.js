// One request and then a GET on the same connection, by node's own http; prints the status of the
// first, how many interim responses it had, and the body of the second.
// Arguments: method URL next-URL user password time-out field:value...
const http = require('http');

const [method, url, following, user, password, timeout, ...fields] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const headers = Object.fromEntries(fields.map((f) => f.match(/(.*?):(.*)/).slice(1)));

function send(method, url, headers, done) {
  let interims = 0;
  const options = { method, headers, agent, auth: `${user}:${password}`, timeout: Number(timeout) };
  const request = http.request(url, options, (response) => {
    let body = '';
    response.on('data', (data) => (body += data));
    response.on('end', () => done(response.statusCode, interims, body));
  });
  request.on('information', () => interims++);
  request.on('timeout', () => request.destroy(new Error('timed out')));
  request.end();
}

send(method, url, headers, (status, interims) =>
  send('GET', following, {}, (next, none, body) => {
    console.log(status, interims, body);
    agent.destroy();
  })
);
