package io.pinfold.ipfsnode.bitswap.wire;

import io.pinfold.multiformats.Cid;

/** Whether its sender has a block: HAVE or DONT_HAVE. */
public record Presence(Cid cid, boolean have) {}
