package io.pinfold.ipfsnode.bitswap;

import io.pinfold.ipfsnode.bitswap.wire.BitswapVersion;
import io.pinfold.ipfsnode.bitswap.wire.FrameReader;
import io.pinfold.ipfsnode.bitswap.wire.Message;
import io.pinfold.ipfsnode.bitswap.wire.MessageEncoder;
import io.pinfold.ipfsnode.bitswap.wire.Presence;
import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A peer that says what a test has it say, and keeps what it is told. */
public final class ScriptedPeer {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Host host;
    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();

    /** A peer on {@code host} that speaks {@code version}. */
    public ScriptedPeer(Host host, BitswapVersion version) {
        this.host = host;
        host.handle(version.protocol(), stream -> {
            FrameReader reader = new FrameReader(stream, new MemoryBudget(64 << 20), PATIENCE);
            while (reader.next() instanceof FrameReader.Frame.Arrived(Message message, int _)) {
                heard.add(message);
                reader.release();
            }
        });
    }

    /** A peer that speaks the newest version. */
    public ScriptedPeer(Host host) {
        this(host, BitswapVersion.V1_2);
    }

    /** The next message that it was sent. */
    public Message next() throws InterruptedException {
        Message message = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message in " + PATIENCE);
        }
        return message;
    }

    /** Whether it was sent nothing that it has not been asked about. */
    public boolean heardNothing() {
        return heard.isEmpty();
    }

    /** The next wants, until there are so many. */
    public List<Want> wants(int count) throws InterruptedException {
        List<Want> wants = new ArrayList<>();
        while (wants.size() < count) {
            wants.addAll(next().wants());
        }
        return wants;
    }

    /** The answers that come, until there are so many blocks and presences together. */
    public Message answers(int count) throws InterruptedException {
        List<Block> blocks = new ArrayList<>();
        List<Presence> presences = new ArrayList<>();
        while (blocks.size() + presences.size() < count) {
            Message message = next();
            blocks.addAll(message.blocks());
            presences.addAll(message.presences());
        }
        return Message.ofAnswers(blocks, presences, 0);
    }

    /** Opens a stream to {@code peer}. */
    public Stream open(PeerId peer) {
        return open(host, peer);
    }

    /** Opens a stream from {@code host} to {@code peer}. */
    public static Stream open(Host host, PeerId peer) {
        return switch (host.open(peer, BitswapVersion.protocols(), PATIENCE)) {
            case OpenResult.Opened(Stream stream) -> {
                stream.setTimeout(PATIENCE);
                yield stream;
            }
            case OpenResult other -> throw new AssertionError(other);
        };
    }

    /** Sends messages on one stream. */
    public void send(PeerId peer, Message... messages) throws IOException {
        try (Stream stream = open(peer)) {
            BitswapVersion version = BitswapVersion.of(stream.protocol()).orElseThrow();
            for (Message message : messages) {
                stream.output().write(MessageEncoder.frame(message, version));
            }
        }
    }
}
