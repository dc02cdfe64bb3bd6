package io.pinfold.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A child JVM that runs a main class of the test's own class path: made to be killed in the midst of its work. */
public final class JavaProcess {

    private JavaProcess() {}

    /** Starts {@code main} with {@code arguments} in a JVM with a heap of at most 256 MiB. */
    public static ChildProcess start(Class<?> main, String... arguments) {
        return start(List.of("-Xmx256m"), main, arguments);
    }

    /** Starts {@code main} with {@code arguments} and these options of the JVM. */
    public static ChildProcess start(List<String> options, Class<?> main, String... arguments) {
        return startBehind(List.of(), options, main, arguments);
    }

    /** The same by a command that {@code before} begins, such as {@link SmallDisk#under}. */
    public static ChildProcess startBehind(List<String> before, List<String> options, Class<?> main,
            String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put("CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return ChildProcess.start(builder);
    }
}
