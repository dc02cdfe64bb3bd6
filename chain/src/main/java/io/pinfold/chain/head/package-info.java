/**
 * Heads: which announcements are listened to, what they say about confirmation and staleness, and when we make ours
 * (docs/protocol/chain.md, "Heads").
 */
@NullMarked
package io.pinfold.chain.head;

import org.jspecify.annotations.NullMarked;
