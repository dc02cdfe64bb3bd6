package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Sizes;
import io.pinfold.cli.ctl.Session.Answer;
import io.pinfold.cli.ctl.rest.RestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Asks for a status again and again until enough peers have reached the target. */
final class Waiting {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Set<String> HOPELESS = Set.of("undefined", "cluster_error", "pin_error", "unpin_error");

    private final Session session;
    private final Target target;
    private final int limit;
    private final Duration timeout;

    /**
     * Waits for {@code target}.
     *
     * @param limit how many peers must reach it; 0 or less: all of them, but those that it is not allocated to
     * @param timeout longest time; up to a second means for ever, as with ipfs-cluster-ctl
     */
    Waiting(Session session, Target target, int limit, Duration timeout) {
        this.session = session;
        this.target = target;
        this.limit = limit;
        this.timeout = timeout;
    }

    /** The last answer of {@code status}: the status that was waited for, or what the API failed with. */
    Answer until(RestRequest status) throws Complaint, InterruptedException {
        Instant begin = session.console().clock().instant();
        try {
            while (true) {
                Answer answer = session.ask(status);
                if (answer.value().isEmpty() || isReached(answer.value().get())) {
                    return answer;
                }
                Duration waited = Duration.between(begin, session.console().clock().instant());
                if (timeout.compareTo(INTERVAL) > 0 && waited.compareTo(timeout) >= 0) {
                    throw new Complaint("error waiting for " + target.status() + ": not within " + timeout.toSeconds()
                            + " s, " + count, ExitCode.DEADLINE);
                }
                session.console().pause().pass(INTERVAL);
            }
        } catch (InterruptedException e) {
            throw new Complaint("error waiting for " + target.status() + ": interrupted", ExitCode.CANCELLED);
        } finally {
            show("");
        }
    }

    private String count = "";

    private boolean isReached(JsonNode status) throws Complaint {
        int reached = 0;
        int others = 0;
        long blocks = 0;
        long bytes = 0;
        for (JsonNode there : status.path("peer_map")) {
            String word = there.path("status").asString("");
            if (HOPELESS.contains(word)) {
                throw new Complaint("error waiting for " + target.status() + ": "
                        + there.path("peername").asString("a peer") + " has " + word + ": "
                        + there.path("error").asString(""), ExitCode.LOCAL);
            }
            if (word.equals(target.status())) {
                reached++;
            } else if (target == Target.UNPINNED || !word.equals("remote")) {
                others++;
            }
            blocks += there.path("progress").path("blocks").asLong(0);
            bytes += there.path("progress").path("bytes").asLong(0);
        }
        int due = limit > 0 ? limit : reached + others;
        count = reached + " of " + due + " peers have it";
        show(String.format(Locale.ROOT, "%s at %d of %d peers%s%s", target.status(), reached, due,
                blocks > 0 ? ", " + blocks + " blocks on the way" : "",
                bytes > 0 ? ", " + Sizes.decimal(bytes) : ""));
        return limit > 0 ? reached >= limit : others == 0;
    }

    private void show(String line) {
        if (session.console().errIsTerminal()) {
            session.console().err().print("\r\u001b[K" + line);
            session.console().err().flush();
        }
    }
}
