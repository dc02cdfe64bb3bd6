package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.PinText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pin ls}. */
@Command(name = "ls", description = "list the pinset, or show one pin of it")
final class PinListCommand extends ApiCommand {

    @Parameters(arity = "0..1", paramLabel = "CID", description = "one pin")
    private String cid = "";

    @Option(names = "--filter", paramLabel = "TYPE,...", description = "only pins of these types: pin, meta-pin, clusterdag-pin, shard-pin, all (default: all)")
    private String filter = "all";

    @Override
    int run(Session session) throws Complaint {
        return session.show(cid.isEmpty()
                ? RestRequest.get("/allocations").with("filter", filter)
                : RestRequest.get("/allocations", Arguments.cid(cid)), new PinText(session.console().clock()));
    }
}
