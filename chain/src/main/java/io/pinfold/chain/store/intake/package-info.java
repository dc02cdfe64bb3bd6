/** The intake log on disk: what has been acknowledged to clients and is in no block yet. */
@NullMarked
package io.pinfold.chain.store.intake;

import org.jspecify.annotations.NullMarked;
