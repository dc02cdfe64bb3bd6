/** The called side: who may come in, at what rate, within which bounds, and the handlers' face. */
@NullMarked
package io.pinfold.rpc.server;

import org.jspecify.annotations.NullMarked;
