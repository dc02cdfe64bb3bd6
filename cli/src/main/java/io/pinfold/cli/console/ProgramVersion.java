package io.pinfold.cli.console;

/** The version of the programs. */
public final class ProgramVersion {

    private static final String UNPACKED = "0-development";

    private ProgramVersion() {}

    /** The version that the jar's manifest tells; {@value #UNPACKED} when run from a folder of classes. */
    public static String get() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return version == null ? UNPACKED : version;
    }
}
