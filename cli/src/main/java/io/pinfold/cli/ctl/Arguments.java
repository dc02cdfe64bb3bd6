package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Values;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Set;

/** What several commands take. */
final class Arguments {

    private static final Set<String> NAMESPACES = Set.of("ipfs", "ipns", "ipld");

    private Arguments() {}

    /** The CID that {@code text} spells, as it is written. */
    static String cid(String text) throws Complaint {
        return Values.of("CID " + text, Cid.parse(text), ExitCode.LOCAL).toString();
    }

    /** A request about a CID or a path such as {@code /ipfs/CID/a/b}, also without its {@code /ipfs/}. */
    static RestRequest about(String method, String subject) throws Complaint {
        if (!subject.startsWith("/") && subject.indexOf('/') > 0) {
            return about(method, "/ipfs/" + subject);
        }
        if (!subject.startsWith("/")) {
            return new RestRequest(method, "/pins/" + cid(subject), java.util.Map.of(),
                    Bytes.EMPTY);
        }
        List<String> parts = List.of(subject.substring(1).split("/"));
        if (parts.size() < 2 || !NAMESPACES.contains(parts.getFirst())) {
            throw new Complaint("error: path " + subject + ": a path begins with /ipfs/, /ipns/ or /ipld/",
                    ExitCode.LOCAL);
        }
        if (parts.getFirst().equals("ipfs")) {
            cid(parts.get(1));
        }
        String[] rest = parts.subList(1, parts.size()).toArray(String[]::new);
        RestRequest encoded = RestRequest.get("/pins/" + parts.getFirst(), rest);
        return new RestRequest(method, encoded.path(), java.util.Map.of(),
                Bytes.EMPTY);
    }
}
