package io.pinfold.follower.removal;

import io.pinfold.multiformats.Cid;
import java.util.Optional;

/**
 * Something that is not wanted at the backend any more.
 *
 * @param height of the block that took it out, or of the state if no block did
 * @param block that block
 */
public record RemovalRequest(Cid cid, RemovalReason reason, long height, Optional<Cid> block) {}
