/**
 * The small part of Kubo's RPC that lets {@code ipfs --api …} and other tools of an operator look into the embedded node.
 *
 * <p>There are no credentials: it listens where only this machine, or only its owner, gets at it. Differs from Kubo's: requests
 * with an {@code Origin} or a {@code Referer} are refused whatever they are, blocks fetched from others are not kept, and time
 * always ends.
 */
@NullMarked
package io.pinfold.api.kubo;

import org.jspecify.annotations.NullMarked;
