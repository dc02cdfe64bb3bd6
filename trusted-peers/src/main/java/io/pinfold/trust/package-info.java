/**
 * Who is trusted: identities, the trusted keys of a cluster, the guard log, and evidence of equivocation.
 *
 * <p>Other than in ipfs-cluster there is no "trust everyone": an empty set trusts nobody.
 */
@NullMarked
package io.pinfold.trust;

import org.jspecify.annotations.NullMarked;
