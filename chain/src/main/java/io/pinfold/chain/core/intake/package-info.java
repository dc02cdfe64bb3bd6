/** The way in for operations of this peer's clients: durable before they are acknowledged, then cut into blocks. */
@NullMarked
package io.pinfold.chain.core.intake;

import org.jspecify.annotations.NullMarked;
