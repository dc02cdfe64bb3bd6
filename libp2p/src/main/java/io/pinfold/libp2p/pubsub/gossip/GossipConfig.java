package io.pinfold.libp2p.pubsub.gossip;

import java.time.Duration;

/**
 * The parameters and bounds of GossipSub.
 *
 * @param degree mesh neighbours aimed at in a topic (D)
 * @param degreeLow below it neighbours are added (D_lo)
 * @param degreeHigh from it on grafts of others are refused (D_hi)
 * @param degreeLazy least number of peers that hear of messages by gossip in a heartbeat (D_lazy)
 * @param heartbeat time between rounds of mesh and gossip upkeep; shorter costs traffic, longer delays repair
 * @param history heartbeats for which messages can be asked for
 * @param historyGossip heartbeats for which messages are gossiped about, at most {@code history}
 * @param seenLifetime how long a message is known as seen; too short lets copies circulate
 * @param maxSeen most messages known as seen; past it the oldest are forgotten early
 * @param maxFrame largest RPC on the wire, in bytes
 * @param maxMessage largest payload of a message, in bytes
 * @param pruneBackoff time without a new graft after a prune
 * @param unsubscribeBackoff the same after leaving a topic
 * @param promiseTime within which a peer delivers what it announced and was asked for, or is penalised
 * @param maxTopicsPerPeer most topics that one peer's subscriptions are kept for, besides those we are in ourselves
 * @param maxIdsPerRpc most message identifiers in one IHAVE or IWANT
 * @param maxIHavesPerHeartbeat most IHAVE that one peer is listened to between heartbeats
 * @param maxRetransmissions how often one message is sent to one peer for its IWANT
 * @param outboundQueue most RPCs waiting for one slow peer; past it gossip to it is dropped, never held
 * @param deliveryQueue most accepted messages of a topic waiting for its receiver; past it reading waits
 */
public record GossipConfig(
        int degree,
        int degreeLow,
        int degreeHigh,
        int degreeLazy,
        Duration heartbeat,
        int history,
        int historyGossip,
        Duration seenLifetime,
        int maxSeen,
        int maxFrame,
        int maxMessage,
        Duration pruneBackoff,
        Duration unsubscribeBackoff,
        Duration promiseTime,
        int maxTopicsPerPeer,
        int maxIdsPerRpc,
        int maxIHavesPerHeartbeat,
        int maxRetransmissions,
        int outboundQueue,
        int deliveryQueue) {

    /** The values that the specification recommends, with a message bound of 64 KiB. */
    public static final GossipConfig DEFAULT = new GossipConfig(6, 5, 12, 6, Duration.ofSeconds(1), 5, 3,
            Duration.ofMinutes(2), 100_000, 1 << 20, 1 << 16, Duration.ofMinutes(1), Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            64, 5_000, 10, 3, 512, 1_024);

    public GossipConfig {
        if (degreeLow > degree || degree > degreeHigh || degreeLow < 1) {
            throw new IllegalArgumentException(
                    "mesh degrees must be 1 <= low <= degree <= high: " + degreeLow + ", " + degree + ", "
                            + degreeHigh);
        }
        if (historyGossip > history || historyGossip < 1) {
            throw new IllegalArgumentException("history must be >= historyGossip >= 1");
        }
    }

    /** These parameters with another heartbeat. */
    public GossipConfig withHeartbeat(Duration interval) {
        return new GossipConfig(degree, degreeLow, degreeHigh, degreeLazy, interval, history, historyGossip,
                seenLifetime, maxSeen, maxFrame, maxMessage, pruneBackoff, unsubscribeBackoff, promiseTime,
                maxTopicsPerPeer,
                maxIdsPerRpc, maxIHavesPerHeartbeat, maxRetransmissions, outboundQueue, deliveryQueue);
    }
}
