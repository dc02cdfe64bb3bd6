package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.unixfs.UnixFsFile;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Files and paths: {@code add}, {@code resolve}, and reading. */
final class FileCalls {

    private static final Duration LONGEST_ADD = Duration.ofHours(24);

    private final KuboHttp http;
    private final IpfsConfig config;
    private final PinCalls pins;
    private final BlockCalls blocks;
    private final RandomGenerator random;

    FileCalls(KuboHttp http, IpfsConfig config, PinCalls pins, BlockCalls blocks, RandomGenerator random) {
        this.http = http;
        this.config = config;
        this.pins = pins;
        this.blocks = blocks;
        this.random = random;
    }

    /** Adds without a pin and pins then: pinning within {@code add} would put our name on a pin that was there before. */
    Answer<Cid> add(InputStream content, String name) {
        WatchedInput input = new WatchedInput(content);
        Call call = Call.of("add")
                .with("cid-version", 1)
                .with("raw-leaves", true)
                .with("chunker", "size-262144")
                .with("hash", "sha2-256")
                .with("pin", false)
                .with("progress", false)
                .body(Multipart.file(input, random));
        Patience patience = Patience.of(LONGEST_ADD);
        RpcResult<Cid> added = http.send(KuboHttp.Lane.NETWORK, call, patience,
                body -> cid(AnswerBody.object().read(body), "Hash"));
        Optional<IOException> unreadable = input.failure();
        if (unreadable.isPresent() && !(added instanceof RpcResult.Ok<Cid>)) {
            return new Answer.Failed<>(new BackendFailure(BackendFailure.Kind.REFUSED,
                    "the content cannot be read: " + unreadable.get().getMessage()));
        }
        return added instanceof RpcResult.Ok<Cid>(Cid root) ? pin(root, name) : added.toAnswer();
    }

    /** Pins what is here already; Kubo would fetch what is missing, so that time is limited. */
    Answer<Cid> pin(Cid root, String name) {
        PinRequest request = new PinRequest(root, new PinDepth.Recursive(), name, Optional.empty(), List.of(),
                config.callTimeout());
        return switch (pins.pin(request, (blocks, bytes) -> {})) {
            case PinOutcome.Pinned _,PinOutcome.AlreadyPinned _ -> new Answer.Got<>(root);
            case PinOutcome.Unsupported(String reason) ->
                new Answer.Failed<>(new BackendFailure(BackendFailure.Kind.REFUSED, reason));
            case PinOutcome.Failed(BackendFailure failure) -> new Answer.Failed<>(failure);
        };
    }

    /** Fetched block by block, each checked; Kubo's own {@code cat} gives bytes that nothing vouches for. */
    Answer<Bytes> cat(String path, int maxBytes, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        return switch (resolve(path, timeout)) {
            case Answer.Failed<Cid>(BackendFailure failure) -> new Answer.Failed<>(failure);
            case Answer.Got<Cid>(Cid root) -> UnixFsFile.read(root, maxBytes, cid -> {
                Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
                return blocks.get(cid, BlockCalls.MAX_BLOCK, left, false);
            });
        };
    }

    /** Names are looked up anew, not in Kubo's cache. */
    Answer<Cid> resolve(String path, Duration timeout) {
        if (!path.startsWith("/ipns/")) {
            return resolvePath(path, timeout);
        }
        int end = path.indexOf('/', "/ipns/".length());
        String name = end < 0 ? path : path.substring(0, end);
        String rest = end < 0 ? "" : path.substring(end);
        Call call = Call.of("name/resolve").arg(name).with("recursive", true).with("nocache", true);
        RpcResult<String> target = http.send(KuboHttp.Lane.NETWORK, call, Patience.of(timeout),
                body -> AnswerBody.text(AnswerBody.object().read(body), "Path"));
        return switch (target) {
            case RpcResult.Ok<String>(String found) -> resolvePath(found + rest, timeout);
            case RpcResult.Refused<String>(KuboError error) -> new Answer.Failed<>(error.toFailure());
            case RpcResult.Failed<String>(BackendFailure failure) -> new Answer.Failed<>(failure);
        };
    }

    private Answer<Cid> resolvePath(String path, Duration timeout) {
        Optional<Cid> bare = bareCid(path);
        if (bare.isPresent()) {
            return new Answer.Got<>(bare.get());
        }
        Call call = Call.of("resolve").arg(path).with("recursive", true);
        return http.send(KuboHttp.Lane.NETWORK, call, Patience.of(timeout), body -> {
            String found = AnswerBody.text(AnswerBody.object().read(body), "Path");
            return bareCid(found).orElseThrow(() -> new BrokenAnswerException("'" + found + "' is not a CID"));
        }).toAnswer();
    }

    private static Optional<Cid> bareCid(String path) {
        return path.startsWith("/ipfs/") ? Cid.parse(path.substring("/ipfs/".length())).toOptional() : Optional.empty();
    }

    static Cid cid(JsonNode answer, String field) throws IOException {
        return switch (Cid.parse(AnswerBody.text(answer, field))) {
            case Decoded.Ok<Cid>(Cid cid) -> cid;
            case Decoded.Refused<Cid>(Refusal refusal) ->
                throw new BrokenAnswerException("not a CID: " + refusal.detail());
        };
    }
}
