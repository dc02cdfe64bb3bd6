package io.pinfold.follower.config;

/**
 * One line of what is in force.
 *
 * @param key section and name
 * @param value as it could be written on one line; secrets are replaced by {@code ***}
 * @param origin where the value comes from
 */
public record Setting(String key, String value, Origin origin) {}
