package io.pinfold.follower.config;

import java.time.Duration;

/**
 * The chain: section {@code chain}.
 *
 * @param staleAfter time without a fresh signed head after which this peer says that it is stale, and removes nothing
 *     (24h). Too short: a publisher's weekend is an alarm. Too long: a frozen view goes unnoticed
 * @param reannounceInterval time between announcements of the best head, on trusted peers (1m). Too short: traffic. Too
 *     long: newcomers and missed messages wait
 * @param syncPeers peers asked for ranges at once (3). 1: one slow peer holds a sync up. Too many: the same blocks twice
 * @param archive whether blocks older than the newest snapshots are kept (false); true takes disk without bound
 */
public record ChainConfig(Duration staleAfter, Duration reannounceInterval, int syncPeers, boolean archive) {}
