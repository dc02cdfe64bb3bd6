package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.tracker.operation.OperationEvent;

/** What a worker brings back: what happened to the operation, and what that says of the backend. */
record WorkResult(OperationEvent event, Effect effect) {

    /** What is known now. */
    enum Effect {
        /** Nothing new. */
        NONE,
        /** It is held. */
        HELD,
        /** It is not wanted, or not held any more. */
        GONE,
        /** It is wanted, and not held any more. */
        TO_PIN
    }

    static WorkResult of(OperationEvent event) {
        return new WorkResult(event, Effect.NONE);
    }

    static WorkResult done(Effect effect) {
        return new WorkResult(new OperationEvent.Succeeded(), effect);
    }
}
