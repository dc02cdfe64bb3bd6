/** Tests of connection strings, settings and versions. */
@NullMarked
package io.pinfold.ipfs;

import org.jspecify.annotations.NullMarked;
