/**
 * What comes over HTTP: blocks and records from trustless gateways, providers and records from delegated routers.
 *
 * <p>Servers are those that the operator configured. Where they lead is followed only to public addresses, unless it is one of
 * the configured servers again.
 */
@NullMarked
package io.pinfold.ipfsnode.fetch.web;

import org.jspecify.annotations.NullMarked;
