package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.StatusText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}. */
@Command(name = "status", description = "what each peer's IPFS node makes of some pins, or of all")
final class StatusCommand extends ApiCommand {

    @Parameters(arity = "0..*", paramLabel = "CID", description = "which pins (default: all)")
    private List<String> cids = List.of();

    @Option(names = "--local", description = "ask this peer only")
    private boolean local;

    @Option(names = "--filter", paramLabel = "STATUS,...", description = "only with one of these statuses: pinned, pinning, pin_queued, pin_error, unpinning, unpin_queued,"
            + " unpin_error, unpinned, remote, unexpectedly_unpinned, over_budget, sharded, cluster_error, error, queued")
    private String filter = "";

    @Override
    int run(Session session) throws Complaint {
        List<String> parsed = new ArrayList<>();
        for (String cid : cids) {
            parsed.add(Arguments.cid(cid));
        }
        RestRequest request = parsed.size() == 1
                ? RestRequest.get("/pins", parsed.getFirst())
                : RestRequest.get("/pins").with("filter", filter).with("cids", String.join(",", parsed));
        return session.show(request.with("local", local ? "true" : ""),
                new StatusText(session.console().outIsTerminal()));
    }
}
