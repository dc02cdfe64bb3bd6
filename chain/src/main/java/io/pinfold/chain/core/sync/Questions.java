package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.RangeSource;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was asked whom and is not answered yet.
 *
 * <p>At most {@link PeerTable#MAX_PER_PEER} questions for each connected peer. For one thread.
 */
final class Questions {

    /** How long an answer may take before the request counts as failed, whatever the source says. */
    static final Duration DEADLINE = Duration.ofSeconds(90);

    private final RangeSource source;
    private final PeerTable peers;
    private final LinkedHashMap<Long, Question> open = new LinkedHashMap<>();
    private long lastNumber;

    /**
     * What one peer was asked at one time.
     *
     * @param branch the branch that it is for, none if it is for single blocks
     */
    record Question(PeerId peer, BlocksRequest request, @Nullable Branch branch, long atMillis) {}

    /** No questions; {@code source} sends them, and {@code peers} knows how busy each peer is. */
    Questions(RangeSource source, PeerTable peers) {
        this.source = source;
        this.peers = peers;
    }

    /** Asks {@code peer} for {@code request}. */
    void ask(PeerId peer, BlocksRequest request, @Nullable Branch branch, long nowMillis) {
        long number = ++lastNumber;
        open.put(number, new Question(peer, request, branch, nowMillis));
        peers.asked(peer, 1);
        source.requestBlocks(number, peer, request);
    }

    /** The question {@code number}, which is answered now; empty if it is not open. */
    Optional<Question> answered(long number) {
        Question question = open.remove(number);
        if (question != null) {
            peers.asked(question.peer(), -1);
        }
        return Optional.ofNullable(question);
    }

    /** The numbers of the questions that were open for {@link #DEADLINE}. */
    List<Long> late(long nowMillis) {
        return open.entrySet()
                .stream()
                .filter(entry -> nowMillis - entry.getValue().atMillis() >= DEADLINE.toMillis())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether none is open for {@code branch}. */
    boolean isIdle(Branch branch) {
        return open.values().stream().noneMatch(each -> each.branch() == branch);
    }

    /** When the next one is late, {@link Long#MAX_VALUE} if none is open. */
    long nextMillis() {
        return open.isEmpty() ? Long.MAX_VALUE : open.firstEntry().getValue().atMillis() + DEADLINE.toMillis();
    }
}
