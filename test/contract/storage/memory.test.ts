import { MemoryStorage } from '../../../src/storage/memory/memory-storage.js';
import { storageContract } from './storage.contract.js';

storageContract('memory', () => {
  const storage = new MemoryStorage();
  return { storage: () => storage, dispose: () => {} };
});
