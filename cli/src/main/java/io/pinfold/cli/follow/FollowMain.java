package io.pinfold.cli.follow;

import io.pinfold.cli.console.Console;
import io.pinfold.cli.service.daemon.PeerRunner;
import io.pinfold.cli.service.daemon.StopSignal;

/** Starts {@code cluster-follow}. */
public final class FollowMain {

    private FollowMain() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        StopSignal signal = StopSignal.ofProcess();
        signal.end(Follow.run(Console.ofProcess(), new PeerRunner(), signal, arguments));
    }
}
