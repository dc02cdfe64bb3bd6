package io.pinfold.follower.tracker;

/**
 * A bound that a configured value keeps.
 *
 * <p>It stands outside {@link TrackerConfig}, whose parts check themselves by it: if they called the class around them, its
 * default would be made of parts that are not there yet.
 */
final class ConfigRule {

    private ConfigRule() {}

    /** Throws {@link IllegalArgumentException} with {@code sentence}, which names the setting, unless it holds. */
    static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
