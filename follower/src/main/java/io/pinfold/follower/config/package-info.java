/**
 * The peer's configuration: one record a component, and where each value comes from.
 *
 * <p>Layers, later ones win: defaults, the template's suggestions, {@code service.json}, the environment
 * ({@code PINFOLD_<SECTION>_<KEY>}), {@code --set section.key=value}. Keys are told in docs/configuration.md.
 *
 * <p>Differs from ipfs-cluster: an unknown key or a bad value is an error, never ignored; the file holds only what was set;
 * a template can set a closed list of keys, and is not fetched at every start.
 */
@NullMarked
package io.pinfold.follower.config;

import org.jspecify.annotations.NullMarked;
