package io.pinfold.ipfsnode.pins;

/**
 * A pin that is finished.
 *
 * @param holder the session that made it; holds its nodes if the depth is limited
 */
record Pinned(Pin pin, long holder) {}
