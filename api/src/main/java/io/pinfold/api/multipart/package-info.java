/**
 * Reads {@code multipart/form-data} (RFC 7578, RFC 2046 section 5.1) as it comes, part after part, in fixed memory; and the
 * way in which IPFS clients write files, folders and symbolic links in it.
 */
@NullMarked
package io.pinfold.api.multipart;

import org.jspecify.annotations.NullMarked;
