// Where the browser's storage does not take what it is given.

/** Why nothing is kept: there is no room, or the browser allows no storage here. */
export type StorageRefusal = 'full' | 'denied';
