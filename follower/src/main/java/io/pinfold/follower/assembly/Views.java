package io.pinfold.follower.assembly;

import io.pinfold.follower.view.AddOperations;
import io.pinfold.follower.view.ClusterPeer;
import io.pinfold.follower.view.PeerDirectory;
import io.pinfold.follower.view.PeerMonitor;
import io.pinfold.follower.view.PinOperations;
import io.pinfold.follower.view.PinStatuses;
import io.pinfold.follower.view.TemplateOperations;

/** The ports of a running peer, each answered by the part that knows. */
record Views(String version, PeerDirectory directory, PinOperations pins, AddOperations adding, PinStatuses statuses,
        PeerMonitor monitor, TemplateOperations templates) implements ClusterPeer {}
