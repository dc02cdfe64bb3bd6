/**
 * A trustless gateway (specs.ipfs.tech, http-gateways/trustless-gateway): raw blocks, CARs and IPNS records, read only, and of
 * what is here only: nothing is fetched for whoever asks.
 *
 * <p>Differs from Kubo's: a root that is not here is 404 and not an empty archive; {@code entity-bytes} implies
 * {@code dag-scope=entity} also where no scope is given, both as the specification has it.
 */
@NullMarked
package io.pinfold.api.gateway;

import org.jspecify.annotations.NullMarked;
