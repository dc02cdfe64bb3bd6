package io.pinfold.cli.service.daemon;

import java.util.List;

/** Starts peers. */
@FunctionalInterface
public interface DaemonRunner {

    /** Starts the peer of {@code plan} with its interfaces; returns when they answer. */
    Start start(DaemonPlan plan);

    /** What became of starting. */
    sealed interface Start {

        /** It runs; whoever started it closes it. */
        record Running(Daemon daemon) implements Start {}

        /** It cannot listen at an address: most often, the port is in use. */
        record CannotListen(String address, String detail) implements Start {}

        /** Its files cannot be used; {@code sentence} is for people. */
        record Unusable(String sentence) implements Start {}
    }

    /** A peer that runs. */
    interface Daemon extends AutoCloseable {

        /** Where its API listens. */
        List<String> apiAddresses();

        /** Stops it; returns when all of it has ended. */
        @Override
        void close();
    }
}
