package io.pinfold.cli.follow;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.ctl.rest.RestOutcome;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.FollowedText;
import io.pinfold.cli.service.ServiceExit;
import picocli.CommandLine.Command;

/** {@code NAME list}. */
@Command(name = "list", description = "the pins, with what this peer's IPFS node makes of them; the peer must run")
final class FollowListCommand extends FollowCommand {

    @Override
    int run(Follow follow) throws Complaint {
        FollowedText form = new FollowedText();
        RestOutcome outcome = LocalPeer.of(follow)
                .api()
                .send(RestRequest.get("/pins").with("local", "true"),
                        status -> follow.console().out().print(form.of(status)));
        follow.console().out().flush();
        return switch (outcome) {
            case RestOutcome.Done _ -> ServiceExit.OK;
            case RestOutcome.Refused(int _, String message) ->
                throw new Complaint("error: the peer cannot list: " + message, ServiceExit.FAILED);
            case RestOutcome.NoAnswer(String _) -> throw new Complaint("error: the peer does not run; start it with"
                    + " cluster-follow " + follow.name() + " run", ServiceExit.FAILED);
        };
    }
}
