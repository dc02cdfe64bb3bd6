package io.pinfold.rpc.client;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Counts a client's calls and knows their answers, so that closing can end them. */
final class OpenCalls {

    private final int most;
    private final Set<FramedAnswer> answers = new HashSet<>();
    private int places;
    private boolean closed;

    OpenCalls(int most) {
        this.most = most;
    }

    /** Takes a place for a call; a failure if there is none. */
    synchronized Optional<RpcFailure> begin() {
        if (closed) {
            return Optional.of(new RpcFailure.Cancelled());
        }
        if (places >= most) {
            return Optional.of(new RpcFailure.Busy());
        }
        places++;
        return Optional.empty();
    }

    /** Gives back the place of a call that came to no answer. */
    synchronized void abandon() {
        places--;
    }

    /** The call whose place was taken has {@code answer}; false if everything is closed. */
    synchronized boolean add(FramedAnswer answer) {
        return !closed && answers.add(answer);
    }

    /** The call of {@code answer} has ended; telling it again changes nothing. */
    synchronized void end(FramedAnswer answer) {
        if (answers.remove(answer)) {
            places--;
        }
    }

    /** Ends every call. */
    void close() {
        Set<FramedAnswer> ending;
        synchronized (this) {
            closed = true;
            ending = Set.copyOf(answers);
        }
        ending.forEach(FramedAnswer::close);
    }
}
