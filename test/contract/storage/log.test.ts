import { NOW, dataDirectory, logAt } from './data-directory.js';
import { type Place, storageContract } from './storage.contract.js';

const placeWith = (options: Parameters<typeof logAt>[1]) => (): Place => {
  const { path, dispose } = dataDirectory();
  return { storage: () => logAt(path, options), dispose };
};

/** As if each write had taken a second. */
let elapsed = 0;
const slow = { now: () => NOW, elapsed: () => (elapsed += 1_000), after: () => ({ cancel: () => undefined }) };

storageContract('log', placeWith({}));
storageContract('log on a slow disk', placeWith({ clock: slow }));
storageContract('log that waits for the disk', placeWith({ sync: 'always' }));
storageContract('log that is summed up all the time', placeWith({ segmentBytes: 1 }));
