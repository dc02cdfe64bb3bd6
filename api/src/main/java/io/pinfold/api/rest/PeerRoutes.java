package io.pinfold.api.rest;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Reply;
import io.pinfold.api.http.Router;
import io.pinfold.api.json.GraphJson;
import io.pinfold.api.json.PeerJson;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.ClusterPeer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PeerInfo;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** This peer and the members: {@code /id}, {@code /version}, {@code /peers}, {@code /health/graph}. */
final class PeerRoutes {

    private static final int MAX_BODY = 4096;

    private final ClusterPeer peer;

    PeerRoutes(ClusterPeer peer) {
        this.peer = peer;
    }

    void addTo(Router router) {
        router.add("GET", "/id", _ -> Replies.value(peer.directory().self(), PeerJson::write));
        router.add("GET", "/health/graph", _ -> graph());
        router.add("GET", "/version", _ -> version());
        router.add("GET", "/peers", _ -> Replies.lines(PeerJson::write, each -> peer.directory().peers(each)));
        router.add("POST", "/peers", Strictly.of(this::add));
        router.add("DELETE", "/peers/{peer}", Strictly.of(this::remove));
    }

    private Reply graph() {
        List<PeerInfo> members = new ArrayList<>();
        return switch (peer.directory().self()) {
            case Answer.Failed<PeerInfo>(Failure failure) -> Replies.problem(failure);
            case Answer.Done<PeerInfo>(PeerInfo self) -> switch (peer.directory().peers(members::add)) {
                case Answer.Failed<Long>(Failure failure) -> Replies.problem(failure);
                case Answer.Done<Long> _ ->
                    Reply.ok(json -> GraphJson.write(json, self.id(), members, peer.monitor().trusted()));
            };
        };
    }

    private Reply version() {
        return Reply.ok(json -> {
            json.writeStartObject();
            json.writeStringProperty("version", peer.version());
            json.writeEndObject();
        });
    }

    private Reply add(Call call) throws BadParameterException {
        Optional<byte[]> body = call.request().body(MAX_BODY);
        if (body.isEmpty()) {
            return Reply.problem(413, "the body is longer than " + MAX_BODY + " bytes");
        }
        PeerId added = Parameters.peer(PeerIdBody.read(body.get()));
        return Replies.value(peer.directory().add(added), PeerJson::write);
    }

    private Reply remove(Call call) throws BadParameterException {
        return switch (peer.directory().remove(Parameters.peer(call.variable("peer")))) {
            case Answer.Done<PeerId> _ -> Reply.nothing();
            case Answer.Failed<PeerId>(Failure failure) -> Replies.problem(failure);
        };
    }
}
