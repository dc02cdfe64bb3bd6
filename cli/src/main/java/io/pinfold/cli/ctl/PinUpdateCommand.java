package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.ctl.rest.RestRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pin update}. */
@Command(name = "update", description = "pin a CID with the options of an existing pin, which stays; IPFS nodes fetch only"
        + " what differs")
final class PinUpdateCommand extends ApiCommand {

    @Parameters(index = "0", paramLabel = "CID", description = "the existing pin")
    private String existing = "";

    @Parameters(index = "1", paramLabel = "NEW-CID|PATH", description = "what to pin")
    private String subject = "";

    @Option(names = {"-n", "--name"}, paramLabel = "NAME", description = "another name than the existing pin's")
    private String name = "";

    @Option(names = "--expire-in", paramLabel = "TIME", description = "unpin it after this time, as in 720h")
    private String expireIn = "";

    @Mixin
    private Afterwards afterwards = new Afterwards();

    @Override
    int run(Session session) throws Complaint, InterruptedException {
        RestRequest request = Arguments.about("POST", subject)
                .with("pin-update", Arguments.cid(existing))
                .with("name", name)
                .with("expire-in", Afterwards.expireIn(expireIn));
        return afterwards.run(session, request, Target.PINNED);
    }
}
