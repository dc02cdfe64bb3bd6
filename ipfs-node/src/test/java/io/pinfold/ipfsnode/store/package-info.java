/** Tests of the blockstore: against a model, with damage, with kills, on a full disk. */
@NullMarked
package io.pinfold.ipfsnode.store;

import org.jspecify.annotations.NullMarked;
