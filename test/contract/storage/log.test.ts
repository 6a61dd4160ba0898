import { dataDirectory, logAt } from './data-directory.js';
import { type Place, storageContract } from './storage.contract.js';

const placeWith = (options: Parameters<typeof logAt>[1]) => (): Place => {
  const { path, dispose } = dataDirectory();
  return { storage: () => logAt(path, options), dispose };
};

storageContract('log', placeWith({}));
storageContract('log that waits for the disk', placeWith({ sync: 'always' }));
storageContract('log that is summed up all the time', placeWith({ segmentBytes: 1 }));
