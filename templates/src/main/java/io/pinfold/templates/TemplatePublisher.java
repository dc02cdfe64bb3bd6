package io.pinfold.templates;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.templates.json.TemplateJson;
import java.io.ByteArrayInputStream;
import java.time.Duration;

/** Puts templates into IPFS, as a UnixFS file, and their CID under a name that stays. */
public final class TemplatePublisher {

    /** How long a published name holds when nobody publishes it again. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    /** What the name of a template's pin begins with; it is not the mark of the pins that a tracker may remove. */
    public static final String PIN_PREFIX = "pinfold-template/";

    private final IpfsNode node;

    /** A publisher through {@code node}, which it does not close. */
    public TemplatePublisher(IpfsNode node) {
        this.node = node;
    }

    /** What became of publishing. */
    public sealed interface Outcome {

        /** It is out, as {@code /ipns/NAME} for good and as {@code /ipfs/CONTENT} in this version. */
        record Published(String name, Cid content) implements Outcome {}

        /** The file could not be added. */
        record NotAdded(BackendFailure failure) implements Outcome {}

        /** The file is in IPFS, and the name still means what it meant before. */
        record NotNamed(Cid content, BackendFailure failure) implements Outcome {}
    }

    /** Adds {@code template} and publishes it under the node's key {@code keyName}, which is made if it is not there. */
    public Outcome publish(Template template, String keyName) {
        Bytes json = TemplateJson.write(template);
        Answer<Cid> added = node.add(new ByteArrayInputStream(json.toArray()), PIN_PREFIX + template.clusterId());
        return switch (added) {
            case Answer.Failed<Cid>(BackendFailure failure) -> new Outcome.NotAdded(failure);
            case Answer.Got<Cid>(Cid content) -> switch (node.publishName(keyName, content, LIFETIME)) {
                case Answer.Failed<String>(BackendFailure failure) -> new Outcome.NotNamed(content, failure);
                case Answer.Got<String>(String name) -> new Outcome.Published(name, content);
            };
        };
    }
}
