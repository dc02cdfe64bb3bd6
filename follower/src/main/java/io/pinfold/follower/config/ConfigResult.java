package io.pinfold.follower.config;

import java.util.List;

/** What became of reading a configuration. */
public sealed interface ConfigResult {

    /**
     * It can be used.
     *
     * @param settings every key with its value in force, in the order of sections and keys
     */
    record Loaded(PeerConfig config, List<Setting> settings) implements ConfigResult {

        public Loaded {
            settings = List.copyOf(settings);
        }
    }

    /** It cannot be used; all problems that were found, in the order of layers and keys. */
    record Invalid(List<ConfigProblem> problems) implements ConfigResult {

        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
