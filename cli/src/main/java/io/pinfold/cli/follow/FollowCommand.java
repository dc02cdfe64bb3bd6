package io.pinfold.cli.follow;

import io.pinfold.cli.console.Complaint;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command about one followed cluster. */
abstract class FollowCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public final Integer call() throws Complaint, InterruptedException {
        return run((Follow) Optional.ofNullable(spec).orElseThrow().root().userObject());
    }

    /** Does its work; the exit code. */
    abstract int run(Follow follow) throws Complaint, InterruptedException;
}
