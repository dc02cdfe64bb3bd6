package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.ProgressLine;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code ipfs verify}. */
@Command(name = "verify", description = "read every block and compare it with its hash; ends with code 11 where blocks are damaged or missing")
final class VerifyCommand extends NodeCommand {

    /** The form in which Kubo names a block with a flaw; the one place where its texts are read. */
    private static final Pattern FLAW = Pattern.compile("block (\\S{1,512}) (.{1,512})", Pattern.DOTALL);
    /** The most flaws that are listed. */
    private static final int MAX_LISTED = 10_000;

    @Override
    IpfsContext.Work<Integer> prepare(IpfsContext context) {
        return node -> {
            long all = Repository.of(node).blocks();
            Findings findings = new Findings(new ProgressLine(context.console(), "blocks read"), all);
            Complaint[] atEnd = new Complaint[1];
            try {
                node.lines("verify", NodeRequest.of("repo/verify"), findings::take);
            } catch (Complaint e) {
                atEnd[0] = e; // Kubo tells of flaws by an error at the end
            }
            findings.line.end();
            if (atEnd[0] != null && (findings.count == 0 || atEnd[0].exitCode() != IpfsExit.FAILED)) {
                throw atEnd[0];
            }
            return findings.say(context);
        };
    }

    private record Flaw(String cid, String detail) {}

    private static final class Findings {

        private final ProgressLine line;
        private final long all;
        private final List<Flaw> flaws = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private long blocks;
        private long count;

        Findings(ProgressLine line, long all) {
            this.line = line;
            this.all = all;
        }

        void take(JsonNode told) {
            Matcher flaw = FLAW.matcher(told.path("Msg").asString(""));
            if (flaw.matches() && (seen.size() >= MAX_LISTED || seen.add(block(flaw.group(1))))) {
                count++;
                if (flaws.size() < MAX_LISTED) {
                    flaws.add(new Flaw(Shown.text(flaw.group(1)), Shown.text(flaw.group(2))));
                }
            }
            long progress = told.path("Progress").asLong(0);
            if (progress > blocks) {
                blocks = progress;
                line.at(blocks, Math.max(all, blocks));
            }
        }

        /** What a block is known by, whatever its codec: a damaged one that a pin wants is missing then, and is one flaw. */
        private static String block(String cid) {
            return Cid.parse(cid) instanceof Decoded.Ok<Cid>(Cid known) ? known.hash().toString() : cid;
        }

        int say(IpfsContext context) throws Complaint {
            StringBuilder text = new StringBuilder();
            ObjectNode json = JsonNodeFactory.instance.objectNode()
                    .put("ok", count == 0)
                    .put("blocks", blocks)
                    .put("flaws", count);
            ArrayNode list = json.putArray("damaged");
            for (Flaw flaw : flaws) {
                text.append(flaw.cid()).append(' ').append(flaw.detail()).append('\n');
                list.addObject().put("cid", flaw.cid()).put("detail", flaw.detail());
            }
            text.append(blocks)
                    .append(" blocks read: ")
                    .append(count == 0 ? "all are sound" : count + " are not sound");
            Output.of(context).show(text.append('\n').toString(), json);
            if (count > 0) {
                throw new Complaint("error: " + count
                        + " blocks are damaged or missing; a running peer fetches those of"
                        + " the cluster's pins again from others ('cluster-ctl recover'), and what you added yourself"
                        + " is mended by 'ipfs add' or 'ipfs import' of the same content", IpfsExit.DAMAGED);
            }
            return IpfsExit.OK;
        }
    }
}
