package io.pinfold.libp2p;

/**
 * A rule that a configuration keeps.
 *
 * <p>A class of its own, since nested records that called a method of {@link HostConfig} would initialise it, and its
 * default with what is still missing of theirs.
 */
final class ConfigRule {

    private ConfigRule() {}

    /** Refuses a configuration for which {@code rule} does not hold. */
    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("libp2p: " + rule);
        }
    }
}
