package io.pinfold.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A tiny shell process that kills another process, and removes its folders, once this JVM is gone, however it ended.
 *
 * <p>It waits for the end of its standard input, which the operating system brings about when the JVM dies. It is
 * itself ended by {@link #close}, which does none of that.
 */
final class ProcessGuard implements AutoCloseable {

    private static final String SCRIPT = "cat >/dev/null; kill -9 \"$1\" 2>/dev/null; shift; [ $# -eq 0 ] || rm -rf -- \"$@\"";

    private final Process guard;

    private ProcessGuard(Process guard) {
        this.guard = guard;
    }

    static ProcessGuard over(Process process, List<Path> folders) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "guard", Long.toString(process.pid())));
        folders.forEach(folder -> command.add(folder.toAbsolutePath().toString()));
        return new ProcessGuard(ProcessRunner.start(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)));
    }

    @Override
    public void close() {
        guard.destroyForcibly();
    }
}
