package io.pinfold.follower.config;

/**
 * Signing: section {@code trust}.
 *
 * @param alone whether to sign without having heard another peer since the start (false). True on a peer whose folder was
 *     restored from an old copy: it reuses sequence numbers that others have seen, and is taken for an equivocator
 */
public record TrustConfig(boolean alone) {}
