/**
 * Private networks by a pre-shared key: everything on a link is encrypted once more, so that nobody without the key can say
 * or learn anything.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pnet/Private-Networks-PSK-V1.md">the specification</a>
 */
@NullMarked
package io.pinfold.libp2p.pnet;

import org.jspecify.annotations.NullMarked;
