import { dataDirectory, lmdbAt } from './data-directory.js';
import { storageContract } from './storage.contract.js';

storageContract('lmdb', () => {
  const { path, dispose } = dataDirectory();
  return { storage: () => lmdbAt(path), dispose };
});
