/** The ports of the chain: what stores, networks and backends must do for it, each with its contract. */
@NullMarked
package io.pinfold.chain;

import org.jspecify.annotations.NullMarked;
