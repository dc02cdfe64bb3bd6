package io.pinfold.follower.view;

import io.pinfold.multiformats.PeerId;
import java.util.List;
import java.util.Set;

/** How this peer and the cluster are doing; answered from memory, without the network. */
public interface PeerMonitor {

    /** Where this peer stands on the chain; also while it starts. */
    SyncStatus sync();

    /** The peers whose keys the cluster trusts at this moment. */
    Set<PeerId> trusted();

    /** What went wrong lately, newest first; at most a thousand. */
    List<Alert> alerts();

    /** The names of the metrics that members publish, in order. */
    List<String> metricNames();

    /** The newest unexpired metric of that name of each member, ordered by member; empty for an unknown name. */
    List<Metric> metrics(String name);
}
