/** What stands at `/` where no user interface is built in: where everything is. No script, nothing from elsewhere. */
export const homePage = (version: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tocsin</title>
</head>
<body>
<h1>Tocsin ${escapeText(version)}</h1>
<p>An alert router that speaks Alertmanager's API.</p>
<ul>
<li><a href="api/v2/alerts">Alerts</a>, <a href="api/v2/alerts/groups">groups</a>, <a href="api/v2/silences">silences</a></li>
<li><a href="api/v2/status">Status</a>, <a href="api/v2/receivers">receivers</a></li>
<li><a href="metrics">Metrics</a>, <a href="debug/pprof/">debugging</a></li>
<li><a href="-/healthy">Healthy?</a> <a href="-/ready">Ready?</a></li>
</ul>
</body>
</html>
`;

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A bell, so that browsers do not ask in vain. */
export const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#c62828" d="M8 1a1 1 0 0 1 1 1v.3A5 5 0 0 1 13 7v4l1.5 2h-13L3 11V7a5 5 0 0 1 4-4.7V2a1 1 0 0 1 1-1zM6 14h4a2 2 0 0 1-4 0z"/></svg>`;

/** Pages that must be asked for anew each time. */
export const NO_CACHE: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-cache, no-store, must-revalidate',
  Pragma: 'no-cache',
  Expires: '0',
};
