package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.ipfsnode.ipns.NameOutcome;
import io.pinfold.ipfsnode.ipns.Names;
import io.pinfold.ipfsnode.ipns.PublishOutcome;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Names and paths: what they stand for. */
final class NameWork {

    private static final String IPFS = "/ipfs/";
    private static final String IPNS = "/ipns/";
    /** How long others may keep what our names stand for before they look again. */
    private static final Duration TTL = Duration.ofMinutes(5);

    private final Names names;
    private final FileWork files;

    NameWork(Names names, FileWork files) {
        this.names = names;
        this.files = files;
    }

    Answer<Bytes> cat(String path, int maxBytes, Duration timeout) {
        return switch (resolve(path, timeout)) {
            case Answer.Got<Cid>(Cid root) -> files.cat(root, maxBytes, timeout);
            case Answer.Failed<Cid>(BackendFailure failure) -> new Answer.Failed<>(failure);
        };
    }

    /** The way from a root down a path. */
    @FunctionalInterface
    interface Descent {

        /** The CID behind {@code names}, name by name from the folder {@code root}. */
        Answer<Cid> go(Cid root, List<String> names);
    }

    Answer<Cid> resolve(String path, Duration timeout) {
        return resolve(path, timeout, (root, names) -> files.resolve(root, names, timeout));
    }

    /** What {@code path} leads to; what names stand for is known here or asked for within {@code timeout}. */
    Answer<Cid> resolve(String path, Duration timeout, Descent descent) {
        if (path.startsWith(IPNS)) {
            return switch (names.resolve(path, timeout)) {
                case NameOutcome.Resolved(String target, Duration _) -> immutable(target, descent);
                case NameOutcome.NotFound(String detail) -> failed(Kind.NOT_FOUND, detail);
                case NameOutcome.Expired(IpnsRecord record) -> failed(Kind.NOT_FOUND,
                        "what " + path + " stood for expired at " + record.validUntil());
                case NameOutcome.BadValue(String detail) -> failed(Kind.BROKEN_ANSWER, detail);
                case NameOutcome.TooDeep(int count) -> failed(Kind.BROKEN_ANSWER,
                        path + " leads through more than " + count + " names");
                case NameOutcome.BadPath(String detail) -> failed(Kind.REFUSED, detail);
                case NameOutcome.Cancelled _ -> new Answer.Failed<>(Failures.cancelled());
            };
        }
        return immutable(path, descent);
    }

    private Answer<Cid> immutable(String path, Descent descent) {
        if (!path.startsWith(IPFS)) {
            return failed(Kind.REFUSED, path + " begins neither with " + IPFS + " nor with " + IPNS);
        }
        List<String> parts = Stream.of(path.substring(IPFS.length()).split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
        return switch (Cid.parse(parts.isEmpty() ? "" : parts.getFirst())) {
            case Decoded.Ok<Cid>(Cid root) -> descent.go(root, parts.subList(1, parts.size()));
            case Decoded.Refused<Cid>(Refusal refusal) -> failed(Kind.REFUSED, path + ": " + refusal.detail());
        };
    }

    Answer<String> publish(String keyName, Cid target, Duration lifetime) {
        return switch (names.publish(keyName, IPFS + target, lifetime, TTL)) {
            case PublishOutcome.Published(IpnsRecord record, var _) -> new Answer.Got<>(record.name().toString());
            case PublishOutcome.NoKey(String detail) -> failed(Kind.REFUSED, detail);
            case PublishOutcome.BadValue(String detail) -> failed(Kind.REFUSED, detail);
            case PublishOutcome.NotKept(var why) -> failed(Kind.REFUSED, "the record cannot be kept: " + why);
        };
    }

    private static <T> Answer<T> failed(Kind kind, String detail) {
        return new Answer.Failed<>(new BackendFailure(kind, detail));
    }
}
