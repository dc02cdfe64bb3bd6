package io.pinfold.bench.node;

import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.TempFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An embedded node in a process of its own, started as a peer is. */
final class OwnNode implements Subject {

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration END = Duration.ofSeconds(20);

    private final Path folder = TempFolder.create("pinfold-bench-");
    private final ChildProcess process;

    /** @param launcher starts {@link NodeProcess} with the options of a peer */
    OwnNode(Path launcher) {
        process = ChildProcess.start(new ProcessBuilder(launcher.toString(), folder.resolve("node").toString()),
                folder);
    }

    private String ask(String line) {
        process.send(line);
        String answer = process.awaitLine(text -> text.startsWith("ok ") || text.startsWith("error "), LIMIT);
        if (!answer.startsWith("ok ")) {
            throw new IllegalStateException(line + ": " + answer);
        }
        return answer.substring("ok ".length());
    }

    @Override
    public String importPath(Path path) {
        return ask("import " + path);
    }

    @Override
    public String address() {
        return ask("address");
    }

    @Override
    public void connect(String address) {
        ask("connect " + address);
    }

    @Override
    public void pin(List<String> roots, int atATime) throws Exception {
        Path list = Files.write(folder.resolve("roots"), roots);
        ask("pin " + list + " " + atATime);
    }

    @Override
    public long pins() {
        return Long.parseLong(ask("pins"));
    }

    @Override
    public long cat(String root) {
        return Long.parseLong(ask("cat " + root));
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.closeInput();
        process.awaitExit(END);
        TempFolder.delete(folder);
    }
}
