/** Tests of what comes over HTTP. */
@NullMarked
package io.pinfold.ipfsnode.fetch.web;

import org.jspecify.annotations.NullMarked;
