package io.pinfold.libp2p.ping;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Measures the round trip to peers. */
public final class Ping {

    /** The protocol's name. */
    public static final String PROTOCOL = "/ipfs/ping/1.0.0";
    /** Size of what is sent and echoed. */
    public static final int SIZE = 32;

    private Ping() {}

    /** What a ping came to. */
    public sealed interface Result {

        /** The echo came back after {@code roundTrip}. */
        record Answered(Duration roundTrip) implements Result {}

        /** No stream could be opened. */
        record NotOpened(OpenResult result) implements Result {}

        /** The stream broke, the echo was late, or it was not an echo. */
        record Failed(String detail) implements Result {}
    }

    /** Sends one ping to {@code peer}, dialling if need be. */
    public static Result once(Host host, PeerId peer, RandomGenerator random, Duration timeout) {
        return switch (host.open(peer, List.of(PROTOCOL), timeout)) {
            case OpenResult.Opened(Stream stream) -> measure(stream, random, timeout);
            case OpenResult other -> new Result.NotOpened(other);
        };
    }

    private static Result measure(Stream stream, RandomGenerator random, Duration timeout) {
        byte[] sent = new byte[SIZE];
        random.nextBytes(sent);
        try (stream) {
            stream.setTimeout(timeout);
            long begin = System.nanoTime();
            stream.output().write(sent);
            byte[] echo = stream.input().readNBytes(SIZE);
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - begin);
            return Arrays.equals(sent, echo) ? new Result.Answered(roundTrip) : new Result.Failed("not an echo");
        } catch (IOException e) {
            return new Result.Failed(String.valueOf(e.getMessage()));
        }
    }
}
