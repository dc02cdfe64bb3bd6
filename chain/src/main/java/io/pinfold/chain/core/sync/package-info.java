/**
 * Fetching blocks that others have: what to ask whom, and answering such questions.
 *
 * <p>Ranges are verified upwards from what is known, not downwards from the head: each block is signed by a trusted key, so
 * nothing unverified needs to be kept, and fetching can stop and go on at any block (decision 0032).
 */
@NullMarked
package io.pinfold.chain.core.sync;

import org.jspecify.annotations.NullMarked;
