/**
 * The host: connections to peers by whatever transport, who dials and who answers, which are kept, and the streams on
 * them.
 */
@NullMarked
package io.pinfold.libp2p.host;

import org.jspecify.annotations.NullMarked;
