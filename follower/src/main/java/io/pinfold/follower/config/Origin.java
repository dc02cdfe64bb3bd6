package io.pinfold.follower.config;

import java.nio.file.Path;

/** Where a value comes from. */
public sealed interface Origin {

    /** Nobody set it. */
    record Default() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** The template suggests it. */
    record Template() implements Origin {
        @Override
        public String toString() {
            return "template";
        }
    }

    /** The configuration file. */
    record File(Path path) implements Origin {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** An environment variable. */
    record Variable(String name) implements Origin {
        @Override
        public String toString() {
            return "environment " + name;
        }
    }

    /** The option {@code --set} of the command line. */
    record Option() implements Origin {
        @Override
        public String toString() {
            return "--set";
        }
    }
}
