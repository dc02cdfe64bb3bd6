package io.pinfold.testkit.programs;

import io.pinfold.testkit.Checkout;
import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.ProcessRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The programs as they are given to users: a folder with {@code bin} and {@code lib}. */
public record Distribution(Path folder) {

    private static final String VARIABLES = "PINFOLD_";

    /** The one that the build of this checkout has made; throws if it has not. */
    public static Distribution built() {
        Path folder = Checkout.root().resolve("cli/target/pinfold");
        if (!Files.isExecutable(folder.resolve("bin/cluster-service"))) {
            throw new IllegalStateException("there is no " + folder + "; mvn package makes it");
        }
        return new Distribution(folder);
    }

    /** The words that run {@code program} with {@code arguments}. */
    public List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(folder.resolve("bin").resolve(program).toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Runs {@code program} to its end. */
    public ProcessRunner.Result run(String program, String... arguments) {
        return new ProcessRunner().run(command(program, arguments));
    }

    /** Starts {@code program}; its standard error is part of its output. */
    public ChildProcess start(String program, String... arguments) {
        return ChildProcess.start(builder(command(program, arguments)));
    }

    /** For a process that sees none of this process's own settings for the programs. */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith(VARIABLES) && !name.equals("PINFOLD_JAVA_HOME"));
        return builder;
    }
}
