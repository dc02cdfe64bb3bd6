package io.pinfold.ipfs.kubo;

/** When a running call last showed that it gets on; safe for use by many threads. */
final class Pulse {

    private final Runnable onAnswer;
    private volatile long last = System.nanoTime();
    private volatile boolean answered;

    /** {@code onAnswer} runs when the daemon begins to answer. */
    Pulse(Runnable onAnswer) {
        this.onAnswer = onAnswer;
    }

    /** It got on. */
    void beat() {
        last = System.nanoTime();
    }

    /** The daemon has begun to answer. */
    void answered() {
        answered = true;
        onAnswer.run();
    }

    /** Whether the daemon has begun to answer. */
    boolean hasAnswered() {
        return answered;
    }

    /** {@link System#nanoTime} when it last got on. */
    long last() {
        return last;
    }
}
