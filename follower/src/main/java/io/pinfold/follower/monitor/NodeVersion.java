package io.pinfold.follower.monitor;

import io.pinfold.follower.peers.NodeIdentityCache;
import io.pinfold.ipfs.IpfsNode.NodeIdentity;
import io.pinfold.ipfs.VersionCheck;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once which version the IPFS node has, and again when another one answers; one that does not do is an alert. For one thread. */
public final class NodeVersion {

    /** The kind of its alerts. */
    public static final String KIND = "ipfs_version";

    private static final Logger log = LoggerFactory.getLogger(NodeVersion.class);

    private final Alerts alerts;
    private Optional<String> said = Optional.empty();

    /** Nothing is known of the node yet. */
    public NodeVersion(Alerts alerts) {
        this.alerts = alerts;
    }

    /** Takes note of {@code state}. */
    public void note(NodeIdentityCache.State state) {
        state.identity()
                .filter(node -> !said.equals(Optional.of(node.version())))
                .ifPresent(this::say);
    }

    private void say(NodeIdentity node) {
        said = Optional.of(node.version());
        log.info("the IPFS node {} has version {}", node.id(), node.version());
        switch (VersionCheck.of(node.version())) {
            case VersionCheck.Recommended _ -> {
            }
            case VersionCheck.Dated(String warning) -> alerts.raise(KIND, warning + '.');
            case VersionCheck.TooOld(String reason) -> alerts.raise(KIND, reason + '.');
            case VersionCheck.Unknown(String version) -> alerts.raise(KIND, "The IPFS node says that its version is "
                    + shortened(version) + ", which is none of Kubo: nobody has tried whether it does what is needed.");
        }
    }

    private static String shortened(String version) {
        return '"' + version.substring(0, Math.min(version.length(), 40)) + '"';
    }
}
