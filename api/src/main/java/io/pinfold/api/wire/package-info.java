/**
 * HTTP/1.1 on the wire (RFC 9112), as a server needs it: request heads and bodies read strictly and within bounds,
 * answers written whole or in chunks with trailers, deadlines for every wait. No routes, no JSON.
 *
 * <p>Differences from what RFC 9112 would allow: a request with both {@code Content-Length} and
 * {@code Transfer-Encoding}, with another coding than {@code chunked}, with folded header lines or with bare line feeds
 * is refused, since only clients that mean harm send it.
 */
@NullMarked
package io.pinfold.api.wire;

import org.jspecify.annotations.NullMarked;
