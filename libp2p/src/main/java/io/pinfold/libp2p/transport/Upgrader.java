package io.pinfold.libp2p.transport;

import io.pinfold.libp2p.multistream.Multistream;
import io.pinfold.libp2p.noise.Noise;
import io.pinfold.libp2p.noise.NoiseChannel;
import io.pinfold.libp2p.noise.TamperedException;
import io.pinfold.libp2p.pnet.PreSharedKey;
import io.pinfold.libp2p.pnet.PrivateLink;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import io.pinfold.libp2p.yamux.YamuxSession;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.EOFException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a link an authenticated, encrypted channel on which Yamux is agreed.
 *
 * <p>One deadline spans the whole of it: when it passes the link is closed, whatever the other side was about to say.
 * In a private network its encryption is below the first step, and whoever does not take that step with us is in another
 * network: {@link Reason#WRONG_NETWORK}.
 */
public final class Upgrader {

    private static final Logger LOG = LoggerFactory.getLogger(Upgrader.class);
    private static final List<String> SECURITY = List.of(Noise.PROTOCOL);
    private static final List<String> MUXERS = List.of(YamuxSession.PROTOCOL);

    private final PeerId self;
    private final Noise noise;
    private final Optional<PreSharedKey> privateNetwork;
    private final SecureRandom random;
    private final ScheduledExecutorService scheduler;

    /** Upgrades in the name of {@code identity}, within a private network if there is one. */
    public Upgrader(PrivateKey identity, Optional<PreSharedKey> privateNetwork, SecureRandom random,
            ScheduledExecutorService scheduler) {
        this.privateNetwork = privateNetwork;
        this.random = random;
        self = identity.peerId();
        noise = new Noise(identity, MUXERS, random);
        this.scheduler = scheduler;
    }

    /** Upgrades a link that we dialled to reach {@code expected}. On failure the link is closed. */
    public Upgraded outbound(Link plain, PeerId expected, Duration timeout) throws HandshakeException {
        Link link = joined(plain);
        return guarded(link, timeout, () -> {
            inNetwork(() -> Multistream.propose(link.input(), link.output(), SECURITY));
            NoiseChannel channel = noise.initiate(link.input(), link.output(), expected);
            if (!agreedEarly(channel)) {
                Multistream.propose(channel.input(), channel.output(), MUXERS);
            }
            return channel;
        });
    }

    /** Upgrades a link that somebody dialled to us. On failure the link is closed. */
    public Upgraded inbound(Link plain, Duration timeout) throws HandshakeException {
        Link link = joined(plain);
        return guarded(link, timeout, () -> {
            inNetwork(() -> Multistream.answer(link.input(), link.output(), SECURITY::contains));
            NoiseChannel channel = noise.respond(link.input(), link.output());
            if (!agreedEarly(channel)) {
                Multistream.answer(channel.input(), channel.output(), MUXERS::contains);
            }
            return channel;
        });
    }

    private Link joined(Link link) {
        return privateNetwork.<Link>map(key -> new PrivateLink(link, key, Multistream.greeting(), random)).orElse(link);
    }

    private interface FirstStep {
        String run() throws IOException;
    }

    /** Takes the first step, which makes no sense to a peer with another key than ours or none. */
    private void inNetwork(FirstStep step) throws IOException {
        try {
            String agreed = step.run();
            LOG.trace("Agreed on {}", agreed);
        } catch (IOException e) {
            if (privateNetwork.isEmpty()) {
                throw e;
            }
            throw new HandshakeException(Reason.WRONG_NETWORK, "no peer of our private network", e);
        }
    }

    /** Whether the multiplexer was settled within the handshake, which is so when both sides named theirs there. */
    private static boolean agreedEarly(NoiseChannel channel) throws HandshakeException {
        if (channel.remoteMuxers().isEmpty()) {
            return false;
        }
        if (channel.remoteMuxers().stream().noneMatch(MUXERS::contains)) {
            throw new HandshakeException(Reason.NO_COMMON_PROTOCOL, "no common multiplexer");
        }
        return true;
    }

    private interface Handshake {
        NoiseChannel run() throws IOException;
    }

    private Upgraded guarded(Link link, Duration timeout, Handshake handshake) throws HandshakeException {
        Watchdog watchdog = new Watchdog(scheduler, timeout, link::close);
        boolean done = false;
        try (watchdog) {
            NoiseChannel channel = handshake.run();
            if (channel.remoteKey().peerId().equals(self)) {
                throw new HandshakeException(Reason.SELF, "the other side has our identity");
            }
            done = true;
            return new Upgraded(channel.remoteKey(), channel.input(), channel.output());
        } catch (IOException e) {
            throw watchdog.fired() ? new HandshakeException(Reason.TIMEOUT, "no handshake in " + timeout, e) : typed(e);
        } finally {
            if (!done) {
                link.close();
            }
        }
    }

    private static HandshakeException typed(IOException e) {
        return switch (e) {
            case HandshakeException typed -> typed;
            case TamperedException _ -> new HandshakeException(Reason.TAMPERED, "a message is not authentic", e);
            case EOFException _ -> new HandshakeException(Reason.TRUNCATED, "the link ended", e);
            default -> new HandshakeException(Reason.LINK, String.valueOf(e.getMessage()), e);
        };
    }
}
