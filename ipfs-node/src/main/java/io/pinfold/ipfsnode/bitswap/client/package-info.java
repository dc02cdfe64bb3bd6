/**
 * What is asked of other peers: sessions, whom to ask for what, and what to do when nothing comes.
 *
 * <p>One lock guards the state of all sessions and peers ({@code Board}); streams are opened and written, peers dialled
 * and providers looked up on threads that do not hold it.
 */
@NullMarked
package io.pinfold.ipfsnode.bitswap.client;

import org.jspecify.annotations.NullMarked;
