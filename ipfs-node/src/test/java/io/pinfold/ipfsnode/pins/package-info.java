/** Tests of pins: against a model that recomputes what is reachable, with kills, on a full disk. */
@NullMarked
package io.pinfold.ipfsnode.pins;

import org.jspecify.annotations.NullMarked;
