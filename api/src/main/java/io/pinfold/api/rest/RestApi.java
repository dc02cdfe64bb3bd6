package io.pinfold.api.rest;

import io.pinfold.api.http.Router;
import io.pinfold.follower.view.ClusterPeer;
import java.time.InstantSource;

/** The routes of the REST API over one peer. */
public final class RestApi {

    private RestApi() {}

    /**
     * All routes.
     *
     * @param clock by which relative expiry times are reckoned
     */
    public static Router routes(ClusterPeer peer, InstantSource clock) {
        Router router = new Router();
        new PeerRoutes(peer).addTo(router);
        new StatusRoutes(peer.statuses()).addTo(router); // its /pins/recover goes before /pins/{cid}
        new PinRoutes(peer.pins(), clock).addTo(router);
        new AddRoutes(peer.adding(), clock).addTo(router);
        new MonitorRoutes(peer.monitor()).addTo(router);
        new TemplateRoutes(peer.templates()).addTo(router);
        return router;
    }
}
