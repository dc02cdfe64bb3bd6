/** The calling side: single answers and streams of them, each within bounds of time and size. */
@NullMarked
package io.pinfold.rpc.client;

import org.jspecify.annotations.NullMarked;
