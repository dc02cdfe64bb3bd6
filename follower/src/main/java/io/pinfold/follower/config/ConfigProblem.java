package io.pinfold.follower.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One reason why a configuration cannot be used. */
public sealed interface ConfigProblem {

    /** The reason in a sentence for people, without secrets. */
    String sentence();

    /**
     * Nobody knows this key.
     *
     * @param key as it was written; a variable's name for the environment
     * @param nearest a key that may have been meant, written the same way
     */
    record UnknownKey(String key, Origin origin, Optional<String> nearest) implements ConfigProblem {
        @Override
        public String sentence() {
            return "unknown key " + key + " (" + origin + ")"
                    + nearest.map(near -> "; did you mean " + near + "?").orElse("");
        }
    }

    /** A value that its key does not take. */
    record InvalidValue(String key, String shown, Origin origin, String expected,
            String detail) implements ConfigProblem {
        @Override
        public String sentence() {
            return key + " = " + shown + " (" + origin + "): expected " + expected + "; " + detail;
        }
    }

    /** A template suggests what only this peer's operator may set. */
    record NotForTemplates(String key) implements ConfigProblem {
        @Override
        public String sentence() {
            return key + " (template): a template cannot set this key";
        }
    }

    /** Values that are good by themselves and not together. */
    record Conflict(List<String> keys, String rule) implements ConfigProblem {

        public Conflict {
            keys = List.copyOf(keys);
        }

        @Override
        public String sentence() {
            return String.join(", ", keys) + ": " + rule;
        }
    }

    /** The file is no configuration at all. */
    record BadFile(Path path, String detail) implements ConfigProblem {
        @Override
        public String sentence() {
            return path + ": " + detail;
        }
    }

    /** An option that is not {@code section.key=value}. */
    record BadOption(String text) implements ConfigProblem {
        @Override
        public String sentence() {
            return "--set " + text + ": expected section.key=value";
        }
    }
}
