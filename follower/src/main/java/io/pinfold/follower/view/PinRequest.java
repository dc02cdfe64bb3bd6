package io.pinfold.follower.view;

import java.util.Optional;

/**
 * A wish to pin something.
 *
 * @param idempotencyKey a text of the client's, at most {@value #MAX_KEY} characters: a second request with it changes
 *        nothing and gets the first one's answer
 */
public record PinRequest(PinSubject subject, PinOptions options, Optional<String> idempotencyKey) {

    /** Longest idempotency key, in characters. */
    public static final int MAX_KEY = 128;

    public PinRequest {
        if (idempotencyKey.filter(key -> key.isEmpty() || key.length() > MAX_KEY).isPresent()) {
            throw new IllegalArgumentException("idempotency key of " + idempotencyKey.get().length() + " characters");
        }
    }
}
