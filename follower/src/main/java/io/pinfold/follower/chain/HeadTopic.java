package io.pinfold.follower.chain;

import io.pinfold.chain.HeadChannel;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.codec.HeadCodec;
import io.pinfold.chain.core.head.HeadGate;
import io.pinfold.chain.core.head.HeadVerdict;
import io.pinfold.chain.core.machine.ChainEvent;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.libp2p.pubsub.PubSub.PublishResult;
import io.pinfold.libp2p.pubsub.PubSub.Verdict;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.rpc.RpcMeter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heads over publish-subscribe, on the topic {@code /pinfold/1/<chain id>/heads}.
 *
 * <p>A message's id is the sha2-256 of topic and data, so that relayed copies are one. The gate judges each before it is
 * delivered or forwarded.
 */
public final class HeadTopic implements HeadChannel, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HeadTopic.class);

    private final HeadGate gate;
    private final InstantSource clock;
    private final RpcMeter meter;
    private final PubSub.Topic topic;

    /** Joins the topic; heads that pass the gate become {@code events}. */
    public HeadTopic(PubSub pubsub, Cid chainId, HeadGate gate, InstantSource clock, RpcMeter meter,
            Consumer<? super ChainEvent> events) {
        this.gate = gate;
        this.clock = clock;
        this.meter = meter;
        this.topic = pubsub.join(name(chainId), HeadTopic::id, this::judge, message -> {
            SignedHead head = HeadCodec.decode(message.data()).orElseThrow();
            events.accept(new ChainEvent.HeadArrived(head, message.via()));
        });
    }

    /** The topic of the cluster {@code chainId}. */
    public static String name(Cid chainId) {
        return "/pinfold/1/" + chainId + "/heads";
    }

    @Override
    public void announce(SignedHead head) {
        PublishResult result = topic.publish(head.bytes());
        if (result == PublishResult.TOO_LARGE) {
            log.error("a head of {} bytes is too large to announce", head.bytes().size());
        }
        meter.count("heads_announced_" + result.name().toLowerCase(Locale.ROOT), 1);
    }

    /** Leaves the topic. */
    @Override
    public void close() {
        topic.close();
    }

    private Verdict judge(Message message) {
        return switch (gate.judge(message.data(), message.via(), clock.millis())) {
            case HeadVerdict.Accept _ -> {
                meter.count("heads_accepted", 1);
                yield Verdict.ACCEPT;
            }
            case HeadVerdict.Ignore(HeadVerdict.Reason reason) -> {
                meter.count("heads_ignored_" + reason.name().toLowerCase(Locale.ROOT), 1);
                yield Verdict.IGNORE;
            }
            case HeadVerdict.Reject(HeadVerdict.Reason reason) -> {
                meter.count("heads_rejected_" + reason.name().toLowerCase(Locale.ROOT), 1);
                log.debug("{} passed on a head that is refused: {}", message.via(), reason);
                yield Verdict.REJECT;
            }
        };
    }

    private static Bytes id(Message message) {
        Bytes topicName = Bytes.copyOf(message.topic().getBytes(StandardCharsets.UTF_8));
        return Multihash.sha256(topicName.concat(message.data())).digest();
    }
}
