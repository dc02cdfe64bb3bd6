package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.StatusText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code recover}. */
@Command(name = "recover", description = "try again at once what failed, for one pin or for all; shows what is tried")
final class RecoverCommand extends ApiCommand {

    @Parameters(arity = "0..1", paramLabel = "CID", description = "which pin (default: all)")
    private String cid = "";

    @Option(names = "--local", description = "at this peer only")
    private boolean local;

    @Override
    int run(Session session) throws Complaint {
        RestRequest request = cid.isEmpty()
                ? RestRequest.post("/pins/recover")
                : RestRequest.post("/pins/" + Arguments.cid(cid) + "/recover");
        return session.show(request.with("local", local ? "true" : ""),
                new StatusText(session.console().outIsTerminal()));
    }
}
