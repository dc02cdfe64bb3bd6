package io.pinfold.cli.follow;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.ctl.rest.RestClient;
import io.pinfold.cli.service.LocalApi;
import io.pinfold.cli.service.PeerView;

/** A followed cluster's peer on this machine, which may be running or not. */
record LocalPeer(PeerView view, RestClient api) {

    static LocalPeer of(Follow follow) throws Complaint {
        PeerView view = PeerView.of(follow.console(), follow.followed());
        return new LocalPeer(view, LocalApi.of(view.config()));
    }
}
