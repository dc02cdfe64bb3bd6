package io.pinfold.ipfsnode.bitswap;

/**
 * What Bitswap has done since its start.
 *
 * @param messagesIn messages that came
 * @param messagesOut messages that were sent
 * @param messagesRefused messages that broke a rule; each resets its stream
 * @param streamsStarved streams reset for want of memory
 * @param blocksIn blocks that came and were wanted
 * @param bytesIn bytes of these
 * @param blocksDuplicate blocks that came when another peer's had come before
 * @param blocksUnasked blocks that we never asked that peer for; dropped
 * @param blocksOut blocks that were sent
 * @param bytesOut bytes of these
 * @param wantsDropped wants of others beyond the bounds
 * @param peersUnread peers that did not read what they asked for
 * @param peersStalled times that a peer owed us blocks and was silent
 * @param peersDistrusted times that a session stopped asking a peer for what it sent
 * @param broadcasts wants that were asked anew of everybody
 * @param searches look-ups of providers
 */
public record BitswapMetrics(long messagesIn, long messagesOut, long messagesRefused, long streamsStarved,
        long blocksIn,
        long bytesIn, long blocksDuplicate, long blocksUnasked, long blocksOut, long bytesOut, long wantsDropped,
        long peersUnread, long peersStalled, long peersDistrusted, long broadcasts, long searches) {}
