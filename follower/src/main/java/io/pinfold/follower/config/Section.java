package io.pinfold.follower.config;

import java.util.List;

/** The keys of one component, what must hold between them, and the record that they make. */
interface Section<C> {

    /** Its keys, in the order in which they are shown. */
    List<Key<?>> keys();

    /** Reports values that do not go together. */
    default void check(Settings settings) {}

    /** The component's configuration; called only when there is no problem. */
    C build(Settings settings);
}
