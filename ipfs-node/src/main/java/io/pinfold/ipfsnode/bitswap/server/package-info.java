/** What other peers want of us, and how it is answered: bounded want-lists, one message at a time for each peer, ledgers. */
@NullMarked
package io.pinfold.ipfsnode.bitswap.server;

import org.jspecify.annotations.NullMarked;
