/**
 * The REST API, compatible with ipfs-cluster 1.1.6's. Where it differs on purpose (docs/compatibility.md lists all):
 * every bad parameter is a 400 and nothing is done, unknown filter words included; {@code mode=direct} holds for CIDs
 * too; who may not write gets 403, what is busy or starting 503; {@code DELETE /peers} is 501 and changes nothing; there
 * are {@code GET /sync}, {@code Idempotency-Key} and {@code X-Pinfold-Operation} besides.
 */
@NullMarked
package io.pinfold.api.rest;

import org.jspecify.annotations.NullMarked;
