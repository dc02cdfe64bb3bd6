package io.pinfold.api.gateway;

import io.pinfold.api.http.Reply;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The answers that may be under way at once, each within its bounds. */
final class Places {

    private static final int BUFFER = 64 << 10;

    private final Semaphore places;
    private final GatewayLimits limits;

    Places(GatewayLimits limits) {
        this.places = new Semaphore(limits.requests());
        this.limits = limits;
    }

    /** What {@code work} answers, if there is a place. */
    Reply within(Supplier<Reply> work) {
        if (!places.tryAcquire()) {
            return busy();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /** The same for a body; its failures after the first byte cut the connection. */
    Reply.Stream.Body within(Reply.Stream.Body work) {
        return out -> {
            if (!places.tryAcquire()) {
                return Optional.of(new Reply.Stream.Failure(busy(), "busy"));
            }
            try {
                return bounded(work, out);
            } finally {
                places.release();
            }
        };
    }

    private Optional<Reply.Stream.Failure> bounded(Reply.Stream.Body work, OutputStream out) throws IOException {
        OutputStream buffered = new BufferedOutputStream(new BoundedOutput(out, limits.bytes(), limits.time()), BUFFER);
        Optional<Reply.Stream.Failure> failure = work.write(buffered);
        if (failure.isEmpty()) {
            buffered.flush();
        }
        return failure;
    }

    private static Reply busy() {
        return Answers.refusal(429, "too many requests at once; come again", Map.of("Retry-After", "1"));
    }
}
