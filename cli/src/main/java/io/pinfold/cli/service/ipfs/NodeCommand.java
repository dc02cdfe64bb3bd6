package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command about the peer's IPFS node. */
abstract class NodeCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public final Integer call() throws Complaint {
        IpfsContext context = (IpfsContext) Optional.ofNullable(spec).orElseThrow().root().userObject();
        return context.withNode(prepare(context));
    }

    /** Checks what was typed before the node is reached; the work gives the exit code. */
    abstract IpfsContext.Work<Integer> prepare(IpfsContext context) throws Complaint;
}
