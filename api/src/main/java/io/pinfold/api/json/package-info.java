/**
 * The JSON of the REST API, field by field as in ipfs-cluster 1.1.6, written with a token generator. Fields that
 * Pinfold adds ({@code replication_percent}, {@code progress}) are left out where they say nothing.
 */
@NullMarked
package io.pinfold.api.json;

import org.jspecify.annotations.NullMarked;
