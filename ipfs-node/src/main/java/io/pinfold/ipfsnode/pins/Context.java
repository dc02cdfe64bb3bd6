package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.store.database.Database;

/** What every session works with. */
record Context(Database database, Blockstore store, LinkReader links, Keeper keeper, Guards guards, Budget budget) {}
