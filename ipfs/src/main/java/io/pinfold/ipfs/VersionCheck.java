package io.pinfold.ipfs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Kubo version is good for. */
public sealed interface VersionCheck {

    /** As new as recommended. */
    record Recommended() implements VersionCheck {}

    /** It works, with what {@code warning} says. */
    record Dated(String warning) implements VersionCheck {}

    /** It does not do what is needed. */
    record TooOld(String reason) implements VersionCheck {}

    /** Not a version that can be told apart, for example another program than Kubo. */
    record Unknown(String version) implements VersionCheck {}

    /** What versions of our own embedded node begin with. */
    String OWN = "pinfold/";

    /** Judges a version as {@link IpfsNode.NodeIdentity#version} gives it, for example {@code 0.43.0} or {@code 0.44.0-rc1}. */
    static VersionCheck of(String version) {
        if (version.startsWith(OWN)) {
            return new Recommended();
        }
        Matcher matcher = Versions.FORM.matcher(version);
        if (!matcher.find()) {
            return new Unknown(version);
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        int number = major > 0 ? Integer.MAX_VALUE : minor;
        if (number < Versions.MINIMUM) {
            return new TooOld("Kubo " + version + " is too old: listing and adding pins can hang for hours before 0."
                    + Versions.MINIMUM + "; install 0." + Versions.RECOMMENDED + " or newer");
        }
        if (number < Versions.NAMES) {
            return new Dated("Kubo " + version + " does not tell the name of a single pin, so nothing can be unpinned;"
                    + " install 0." + Versions.RECOMMENDED + " or newer");
        }
        if (number < Versions.RECOMMENDED) {
            return new Dated("Kubo " + version + " works, but its pubsub can be made to use memory without bound"
                    + " (CVE-2026-46679) and its listings can wait for announcements; install 0."
                    + Versions.RECOMMENDED + " or newer");
        }
        return new Recommended();
    }

    /** Where versions differ. */
    final class Versions {

        private static final Pattern FORM = Pattern.compile("^v?(\\d{1,6})\\.(\\d{1,6})(?![\\d])");
        private static final int MINIMUM = 34;
        private static final int NAMES = 38;
        private static final int RECOMMENDED = 43;

        private Versions() {}
    }
}
