// Node's own http: POST publishes in the process, as most examples do; GET subscribes.
const http = require('node:http');

const subscribers = new Set();

http.createServer((request, response) => {
  if (request.method === 'POST') {
    let body = '';
    request.on('data', (piece) => { body += piece; });
    request.on('end', () => {
      response.writeHead(202, {'Content-Length': 0}).end();
      const frame = Buffer.from(`data: ${body}\n\n`);
      for (const subscriber of subscribers) subscriber.write(frame);
    });
    return;
  }
  response.writeHead(200, {'Content-Type': 'text/event-stream'});
  response.write(': ok\n\n');
  subscribers.add(response);
  request.on('close', () => subscribers.delete(response));
}).listen({port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096});
