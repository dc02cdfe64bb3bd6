package io.pinfold.follower.view;

import java.util.Optional;

/** A wish to unpin something; the idempotency key is as in {@link PinRequest}. */
public record UnpinRequest(PinSubject subject, Optional<String> idempotencyKey) {

    public UnpinRequest {
        if (idempotencyKey.filter(key -> key.isEmpty() || key.length() > PinRequest.MAX_KEY).isPresent()) {
            throw new IllegalArgumentException("idempotency key of " + idempotencyKey.get().length() + " characters");
        }
    }
}
