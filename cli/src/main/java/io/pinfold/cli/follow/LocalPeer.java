package io.pinfold.cli.follow;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.ctl.rest.Endpoint;
import io.pinfold.cli.ctl.rest.RestClient;
import io.pinfold.cli.ctl.rest.RestConfig;
import io.pinfold.cli.service.ClusterCard;
import io.pinfold.cli.service.PeerView;
import java.util.List;
import java.util.Optional;

/** A followed cluster's peer on this machine, which may be running or not. */
record LocalPeer(ClusterCard card, RestClient api, boolean isNodeOnline) {

    private static final int TIMEOUT_MILLIS = 30_000;

    static LocalPeer of(Follow follow) throws Complaint {
        PeerView view = PeerView.of(follow.console(), follow.followed());
        List<Endpoint> endpoints = view.config()
                .rest()
                .listen()
                .stream()
                .flatMap(text -> Endpoint.parse(text).toOptional().stream())
                .toList();
        RestConfig config = new RestConfig(endpoints, "http", TIMEOUT_MILLIS, Optional.empty(), true, _ -> {});
        return new LocalPeer(view.card(), new RestClient(config), view.isNodeOnline(follow.console()));
    }
}
