/**
 * What the operator's tools and strangers' gateways may see of an embedded node: blocks, files, pins, statistics.
 *
 * <p>Failures are those of {@link io.pinfold.ipfs.Answer}. All methods may be called from any number of threads and block; an
 * interrupted thread ends its call.
 */
@NullMarked
package io.pinfold.ipfsnode.view;

import org.jspecify.annotations.NullMarked;
