/** Tests of the commands about the IPFS node within the peer. */
@NullMarked
package io.pinfold.cli.service.ipfs;

import org.jspecify.annotations.NullMarked;
