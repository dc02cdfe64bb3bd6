package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Values;
import io.pinfold.cli.ctl.Session.Answer;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.PinText;
import io.pinfold.cli.ctl.text.StatusText;
import java.time.Duration;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What follows a change of the pinset: the status a second later, or after waiting, or nothing but the pin. */
final class Afterwards {

    private static final Duration SETTLING = Duration.ofSeconds(1);

    @Option(names = {"--no-status", "--ns"}, description = "do not ask for the status; show the pin")
    private boolean noStatus;

    @Option(names = {"-w", "--wait"}, description = "wait until the IPFS nodes are done")
    private boolean wait;

    @Option(names = {"--wait-limit",
        "--wl"}, paramLabel = "N", description = "how many peers must be done (default: all, or for pins their least replication)")
    private int waitLimit;

    @Option(names = {"--wait-timeout",
        "--wt"}, paramLabel = "TIME", description = "longest time to wait (default: for ever)")
    private String waitTimeout = "0";

    /** The text of {@code --expire-in}, which is a duration of a second or more. */
    static String expireIn(String text) throws Complaint {
        if (!text.isEmpty() && Values.duration("--expire-in " + text, text, ExitCode.LOCAL).compareTo(SETTLING) < 0) {
            throw new Complaint("error: --expire-in " + text + ": less than a second", ExitCode.LOCAL);
        }
        return text;
    }

    /** Sends {@code change} and shows what comes of it; the exit code. */
    int run(Session session, RestRequest change, Target target) throws Complaint, InterruptedException {
        Duration timeout = Values.duration("--wait-timeout " + waitTimeout, waitTimeout, ExitCode.LOCAL);
        if (waitLimit < 0) {
            throw new Complaint("error: --wait-limit " + waitLimit + ": a number of peers is due", ExitCode.LOCAL);
        }
        Answer answer = session.ask(change);
        if (answer.value().isEmpty()) {
            return session.printer().end(answer.outcome());
        }
        JsonNode pin = answer.value().get();
        RestRequest status = RestRequest.get("/pins", pin.path("cid").asString(""));
        StatusText form = new StatusText(session.console().outIsTerminal());
        PinText pinForm = new PinText(session.console().clock());
        if (wait) {
            int limit = waitLimit > 0 || target == Target.UNPINNED
                    ? waitLimit
                    : pin.path("replication_factor_min").asInt(0);
            Answer reached = new Waiting(session, target, limit, timeout).until(status);
            if (reached.value().isEmpty()) {
                return session.printer().end(reached.outcome());
            }
            session.printer().value(noStatus ? pin : reached.value().get(), noStatus ? pinForm : form);
            return ExitCode.OK;
        }
        if (noStatus) {
            session.printer().value(pin, pinForm);
            return ExitCode.OK;
        }
        session.console().pause().pass(SETTLING);
        return session.show(status, form);
    }
}
