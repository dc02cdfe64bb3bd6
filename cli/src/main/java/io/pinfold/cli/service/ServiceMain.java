package io.pinfold.cli.service;

import io.pinfold.cli.console.Console;
import io.pinfold.cli.service.daemon.StopSignal;

/** Starts {@code cluster-service}. */
public final class ServiceMain {

    private ServiceMain() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        StopSignal signal = StopSignal.ofProcess();
        signal.end(Service.run(Console.ofProcess(), signal, arguments));
    }
}
