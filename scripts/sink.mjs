/**
 * `npm run sink`: stands in for a receiver. Prints each notification that arrives on http://127.0.0.1:5001/ in one line,
 * so that one sees the router work without an account anywhere.
 */
import { createServer } from 'node:http';

const PORT = 5001;

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    response.end();
    print(Buffer.concat(chunks).toString());
  });
});

function print(body) {
  try {
    const { status, notification_reason, groupLabels, alerts } = JSON.parse(body);
    const names = alerts.map(({ status, labels }) => `${labels.alertname ?? '(no name)'} ${status}`).join(', ');
    process.stdout.write(
      `${new Date().toISOString()} ${status} (${notification_reason}) ${JSON.stringify(groupLabels)}: ${names}\n`,
    );
  } catch {
    process.stdout.write(`${new Date().toISOString()} not a notification: ${body.slice(0, 200)}\n`);
  }
}

server.listen(PORT, '127.0.0.1', () =>
  process.stdout.write(`waiting for notifications on http://127.0.0.1:${PORT}/\n`),
);
