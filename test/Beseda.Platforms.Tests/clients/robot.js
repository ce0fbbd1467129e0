'use strict';
// What every client has in common: settings come as JSON in the first argument, facts go out as lines of JSON,
// and when whoever started it closes its input, it ends.
const http = require('node:http');

exports.settings = JSON.parse(process.argv[2]);

exports.tell = (fact, more = {}) => process.stdout.write(JSON.stringify({ fact, ...more }) + '\n');

/** A server on a free port; its address. */
exports.serve = listener => new Promise(resolve => {
  const server = http.createServer(listener);
  server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
});

exports.read = async request => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Runs a client; what it stumbles over is a fact too. */
exports.run = async client => {
  process.stdin.on('end', () => process.exit(0)).resume();
  process.on('unhandledRejection', error => exports.tell('stumbled', { error: String(error?.stack ?? JSON.stringify(error)) }));
  try {
    await client();
    exports.tell('ready');
  } catch (error) {
    exports.tell('stumbled', { error: String(error?.stack ?? JSON.stringify(error)) });
  }
};
