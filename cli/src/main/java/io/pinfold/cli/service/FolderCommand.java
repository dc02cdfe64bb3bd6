package io.pinfold.cli.service;

import io.pinfold.cli.console.Complaint;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command about a peer's folder. */
abstract class FolderCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public final Integer call() throws Complaint, InterruptedException {
        Service service = (Service) Optional.ofNullable(spec).orElseThrow().root().userObject();
        run(service, PeerFolder.locate(service.folder(), service.console()));
        return ServiceExit.OK;
    }

    /** Does its work. */
    abstract void run(Service service, PeerFolder folder) throws Complaint, InterruptedException;
}
