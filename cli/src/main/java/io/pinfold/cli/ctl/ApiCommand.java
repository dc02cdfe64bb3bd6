package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that talks to the API. */
abstract class ApiCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public final Integer call() throws Complaint, InterruptedException {
        CommandSpec own = Optional.ofNullable(spec).orElseThrow();
        return run(((Ctl) own.root().userObject()).session());
    }

    /** Does its work; the exit code. */
    abstract int run(Session session) throws Complaint, InterruptedException;
}
