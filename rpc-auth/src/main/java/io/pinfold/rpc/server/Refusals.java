package io.pinfold.rpc.server;

import io.pinfold.libp2p.Stream;
import io.pinfold.rpc.Deadline;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.RpcProtocol;
import io.pinfold.rpc.frame.Frame;
import io.pinfold.rpc.frame.FrameWriter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Tells callers why they get no answer. */
final class Refusals {

    /** A caller who does not take the few bytes of an error in this time is not told. */
    private static final Duration TIME_TO_TELL = Duration.ofSeconds(2);

    private static final int MOST_TO_DRAIN = 2 * RpcProtocol.MAX_REQUEST_FRAME;

    private final InstantSource clock;
    private final RpcMeter meter;

    Refusals(InstantSource clock, RpcMeter meter) {
        this.clock = clock;
        this.meter = meter;
    }

    /** Sends an error, counts it, and closes the stream; a caller who cannot be told is cut off. */
    void send(Stream stream, ErrorCode code, String detail, Optional<Duration> retryAfter) {
        meter.count(RpcMeter.refused(code), 1);
        Deadline deadline = Deadline.after(TIME_TO_TELL, clock);
        try {
            deadline.applyTo(stream);
            FrameWriter.write(stream.output(), new Frame.Failure(code, Frame.Failure.shortened(detail), retryAfter));
            stream.closeWrite();
            drain(deadline.input(stream));
            stream.close();
        } catch (IOException _) {
            stream.reset();
        }
    }

    /** Takes what the caller is still sending, within bounds, so that it does not see a reset before the error. */
    private static void drain(InputStream in) throws IOException {
        byte[] sink = new byte[4096];
        int left = MOST_TO_DRAIN;
        for (int read = 0; read >= 0 && left > 0; left -= read) {
            read = in.read(sink);
        }
    }
}
