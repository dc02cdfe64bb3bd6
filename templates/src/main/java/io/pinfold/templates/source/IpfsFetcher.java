package io.pinfold.templates.source;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.templates.json.TemplateJson;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches through an IPFS node: first what a name means, then the content, so that it is known which of them failed. */
final class IpfsFetcher {

    private static final Logger log = LoggerFactory.getLogger(IpfsFetcher.class);

    private final IpfsNode node;
    private final Duration timeout;

    IpfsFetcher(IpfsNode node, Duration timeout) {
        this.node = node;
        this.timeout = timeout;
    }

    Fetched fetch(TemplateSource.Name source) {
        source.via().forEach(this::connect);
        return switch (node.resolve(source.toString(), timeout)) {
            case Answer.Got<Cid>(Cid cid) -> cat("/ipfs/" + cid);
            case Answer.Failed<Cid>(BackendFailure failure) -> {
                Fault notFound = source.isDomain() ? Fault.DOMAIN_LINK_NOT_FOUND : Fault.NAME_NOT_FOUND;
                yield new Fetched.Nothing(faultOf(failure, notFound, notFound), failure.detail());
            }
        };
    }

    /** If it fails, the name may be known all the same. */
    private void connect(Multiaddr address) {
        if (node.connect(address, timeout) instanceof Answer.Failed<PeerId>(BackendFailure failure)) {
            log.info("the IPFS node does not reach {}: {}", address, failure.detail());
        }
    }

    Fetched fetch(TemplateSource.Content source) {
        return cat(source.toString());
    }

    private Fetched cat(String path) {
        return switch (node.cat(path, TemplateJson.MAX_BYTES, timeout)) {
            case Answer.Got<Bytes>(Bytes bytes) -> new Fetched.Content(bytes);
            case Answer.Failed<Bytes>(BackendFailure failure) -> new Fetched.Nothing(
                    faultOf(failure, Fault.CONTENT_NOT_FOUND, Fault.NO_FILE), path + ": " + failure.detail());
        };
    }

    /** With no DHT a node does not know that something is nowhere, so running out of time counts as not found. */
    private static Fault faultOf(BackendFailure failure, Fault notFound, Fault refused) {
        return switch (failure.kind()) {
            case UNREACHABLE -> Fault.IPFS_NODE_AWAY;
            case NOT_FOUND, TIMEOUT, STALLED -> notFound;
            case REFUSED, BROKEN_ANSWER -> refused;
            case FULL, UNAUTHORIZED, CANCELLED -> Fault.IPFS_NODE_ERROR;
        };
    }
}
