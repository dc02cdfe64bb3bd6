package io.pinfold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a process holds: memory as the kernel counts it, and a folder's bytes on disk. */
public final class ProcessFigures {

    private ProcessFigures() {}

    /** A line of {@code /proc/PID/status} in bytes, such as {@code VmRSS} or {@code VmHWM}; empty where there is none. */
    public static OptionalLong memory(long pid, String line) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        List<String> lines = Files.readAllLines(status);
        return lines.stream()
                .filter(text -> text.startsWith(line + ":"))
                .mapToLong(text -> 1024 * Long.parseLong(text.replaceAll("[^0-9]", "")))
                .findFirst();
    }

    /** Processor time that a process has used, in user and system mode together; zero where the kernel does not tell. */
    static Duration cpu(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).orElse(Duration.ZERO);
    }

    /** Bytes of all files below {@code folder}. */
    static long disk(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
