package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Names: {@code key/list}, {@code key/gen}, {@code name/publish}. */
final class NameCalls {

    /** How long others may keep what they resolved: updates are to be seen soon. */
    private static final Duration KEEP = Duration.ofMinutes(1);

    private final KuboHttp http;
    private final IpfsConfig config;

    NameCalls(KuboHttp http, IpfsConfig config) {
        this.http = http;
        this.config = config;
    }

    /** Works without neighbours too: the record is then offered to those that come. */
    Answer<String> publish(String keyName, Cid target, Duration lifetime) {
        Optional<BackendFailure> noKey = ensureKey(keyName);
        if (noKey.isPresent()) {
            return new Answer.Failed<>(noKey.get());
        }
        Call call = Call.of("name/publish")
                .arg("/ipfs/" + target)
                .with("key", keyName)
                .with("lifetime", lifetime)
                .with("ttl", KEEP)
                .with("allow-offline", true)
                .with("resolve", false);
        return http.send(KuboHttp.Lane.CALL, call, Patience.of(config.callTimeout()),
                body -> AnswerBody.text(AnswerBody.object().read(body), "Name")).toAnswer();
    }

    private Optional<BackendFailure> ensureKey(String keyName) {
        RpcResult<Boolean> listed = http.send(KuboHttp.Lane.CALL, Call.of("key/list"),
                Patience.of(config.callTimeout()),
                body -> has(body, keyName));
        return switch (listed) {
            case RpcResult.Ok<Boolean>(Boolean there) -> there ? Optional.empty() : makeKey(keyName);
            case RpcResult.Refused<Boolean>(KuboError error) -> Optional.of(error.toFailure());
            case RpcResult.Failed<Boolean>(BackendFailure failure) -> Optional.of(failure);
        };
    }

    private static boolean has(AnswerBody body, String keyName) throws IOException {
        return AnswerBody.object()
                .read(body)
                .path("Keys")
                .valueStream()
                .anyMatch(key -> key.path("Name").asString("").equals(keyName));
    }

    private Optional<BackendFailure> makeKey(String keyName) {
        Call call = Call.of("key/gen").arg(keyName).with("type", "ed25519");
        return switch (http.send(KuboHttp.Lane.CALL, call, Patience.of(config.callTimeout()), AnswerBody.object())) {
            case RpcResult.Ok<JsonNode> _ -> Optional.empty();
            case RpcResult.Refused<JsonNode>(KuboError error) when error.saysKeyExists() -> Optional.empty();
            case RpcResult.Refused<JsonNode>(KuboError error) -> Optional.of(error.toFailure());
            case RpcResult.Failed<JsonNode>(BackendFailure failure) -> Optional.of(failure);
        };
    }
}
