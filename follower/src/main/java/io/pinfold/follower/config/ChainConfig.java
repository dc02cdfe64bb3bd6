package io.pinfold.follower.config;

import java.time.Duration;

/**
 * The chain: section {@code chain}.
 *
 * @param staleAfter time without a fresh signed head after which this peer says that it is stale, and removes nothing
 *     (24h). Too short: a publisher's weekend is an alarm. Too long: a frozen view goes unnoticed
 * @param reannounceInterval time between announcements of the best head, on trusted peers (1m). Too short: traffic. Too
 *     long: newcomers and missed messages wait
 */
public record ChainConfig(Duration staleAfter, Duration reannounceInterval) {}
