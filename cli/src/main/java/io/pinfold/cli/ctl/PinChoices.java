package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Values;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.multiformats.PeerId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a pin that several commands make. */
final class PinChoices {

    @Option(names = {"-n", "--name"}, paramLabel = "NAME", description = "a name for the pin")
    private String name = "";

    @Option(names = "--mode", paramLabel = "recursive|direct", description = "with all that it links to, or alone")
    private String mode = "";

    @Option(names = {"--replication-min", "--rmin"}, paramLabel = "N", description = "at how many peers at least")
    private @Nullable Integer replicationMin;

    @Option(names = {"--replication-max", "--rmax"}, paramLabel = "N", description = "at how many peers at most")
    private @Nullable Integer replicationMax;

    @Option(names = {"--allocations",
        "--allocs"}, paramLabel = "PEER,...", description = "peers that are to hold it first")
    private String allocations = "";

    @Option(names = "--expire-in", paramLabel = "TIME", description = "unpin it after this time, as in 720h")
    private String expireIn = "";

    @Option(names = "--metadata", paramLabel = "KEY=VALUE", description = "something to remember with it; may be repeated")
    private Map<String, String> metadata = new TreeMap<>();

    /** The request with these options; {@code both} stands for a replication that is not told. */
    RestRequest addTo(RestRequest request, @Nullable Integer both) throws Complaint {
        RestRequest with = request.with("name", name)
                .with("mode", mode())
                .with("replication-min", number(replicationMin, both))
                .with("replication-max", number(replicationMax, both))
                .with("user-allocations", allocations())
                .with("expire-in", Afterwards.expireIn(expireIn));
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            with = with.with("meta-" + entry.getKey(), entry.getValue());
        }
        return with;
    }

    private String mode() throws Complaint {
        if (!mode.isEmpty() && !mode.equals("recursive") && !mode.equals("direct")) {
            throw new Complaint("error: --mode " + mode + ": recursive or direct is due", ExitCode.LOCAL);
        }
        return mode;
    }

    private String allocations() throws Complaint {
        for (String peer : allocations.isEmpty() ? new String[0] : allocations.split(",", -1)) {
            Values.of("--allocations " + peer, PeerId.parse(peer.strip()), ExitCode.LOCAL);
        }
        return allocations;
    }

    private static String number(@Nullable Integer own, @Nullable Integer both) {
        Integer number = own == null ? both : own;
        return number == null ? "" : number.toString();
    }
}
