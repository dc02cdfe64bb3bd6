package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.IpfsNode.NodeIdentity;
import io.pinfold.ipfs.IpfsNode.RepositorySize;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The node itself: {@code id}, {@code version}, {@code repo/stat}, {@code swarm/connect}. */
final class NodeCalls {

    /** Kubo walks folders to tell its size, so an answer is good for a while. */
    private static final Duration SIZE_HOLDS = Duration.ofSeconds(30);

    private static final int MAX_ADDRESSES = 100;

    private final KuboHttp http;
    private final IpfsConfig config;
    private final InstantSource time;
    private volatile @Nullable KnownSize known;

    private record KnownSize(RepositorySize size, Instant until) {}

    NodeCalls(KuboHttp http, IpfsConfig config, InstantSource time) {
        this.http = http;
        this.config = config;
        this.time = time;
    }

    /** Addresses of kinds that we do not know are left out. */
    Answer<NodeIdentity> identity() {
        RpcResult<String> version = http.send(KuboHttp.Lane.CALL, Call.of("version"), Patience.of(config.callTimeout()),
                body -> AnswerBody.text(AnswerBody.object().read(body), "Version"));
        return switch (version) {
            case RpcResult.Ok<String>(String text) -> http.send(KuboHttp.Lane.CALL, Call.of("id"),
                    Patience.of(config.callTimeout()), body -> identity(AnswerBody.object().read(body), text))
                    .toAnswer();
            case RpcResult.Refused<String>(KuboError error) -> new Answer.Failed<>(error.toFailure());
            case RpcResult.Failed<String>(BackendFailure failure) -> new Answer.Failed<>(failure);
        };
    }

    private static NodeIdentity identity(JsonNode answer, String version) throws IOException {
        PeerId id = switch (PeerId.parse(AnswerBody.text(answer, "ID"))) {
            case Decoded.Ok<PeerId>(PeerId parsed) -> parsed;
            case Decoded.Refused<PeerId>(Refusal refusal) ->
                throw new BrokenAnswerException("not a peer id: " + refusal.detail());
        };
        List<Multiaddr> addresses = answer.path("Addresses")
                .valueStream()
                .limit(MAX_ADDRESSES)
                .flatMap(address -> Multiaddr.parse(address.asString("")).toOptional().stream())
                .toList();
        return new NodeIdentity(id, addresses, version);
    }

    Answer<RepositorySize> repositorySize() {
        KnownSize last = known;
        if (last != null && time.instant().isBefore(last.until())) {
            return new Answer.Got<>(last.size());
        }
        Call call = Call.of("repo/stat").with("size-only", true);
        RpcResult<RepositorySize> result = http.send(KuboHttp.Lane.CALL, call, Patience.of(config.callTimeout()),
                body -> {
                    JsonNode answer = AnswerBody.object().read(body);
                    return new RepositorySize(number(answer, "RepoSize"), number(answer, "StorageMax"));
                });
        if (result instanceof RpcResult.Ok<RepositorySize>(RepositorySize size)) {
            known = new KnownSize(size, time.instant().plus(SIZE_HOLDS));
        }
        return result.toAnswer();
    }

    private static long number(JsonNode answer, String name) throws IOException {
        JsonNode value = answer.get(name);
        if (value == null || !value.isIntegralNumber()) {
            throw new BrokenAnswerException("an answer without the number '" + name + "'");
        }
        return value.canConvertToLong() ? value.asLong() : Long.MAX_VALUE;
    }

    Answer<PeerId> connect(Multiaddr address, Duration timeout) {
        Optional<PeerId> peer = address.peerId();
        if (peer.isEmpty()) {
            return new Answer.Failed<>(new BackendFailure(BackendFailure.Kind.REFUSED,
                    "the address " + address + " does not say who is there: it must end with /p2p/ and a peer id"));
        }
        Call call = Call.of("swarm/connect").arg(address);
        return http.send(KuboHttp.Lane.NETWORK, call, Patience.of(timeout), AnswerBody.object())
                .toAnswer()
                .map(answer -> peer.get());
    }
}
