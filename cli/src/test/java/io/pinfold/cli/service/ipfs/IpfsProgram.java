package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.TestConsole;
import io.pinfold.cli.TestConsole.Result;
import io.pinfold.cli.console.CommandLines;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands, as a program whose node is at a socket. */
final class IpfsProgram {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path socket;
    private Consumer<NodeClient> beforehand = _ -> {};
    private final TestConsole console = new TestConsole();

    IpfsProgram(Path socket) {
        this.socket = socket;
    }

    TestConsole console() {
        return console;
    }

    /** Does something with the client before a command uses it. */
    void beforehand(Consumer<NodeClient> action) {
        beforehand = action;
    }

    @Command(name = "test", subcommands = IpfsCommand.class)
    private final class Root implements IpfsContext {

        private final Console console;

        @Option(names = "--json")
        private boolean json;

        private Root(Console console) {
            this.console = console;
        }

        @Override
        public Console console() {
            return console;
        }

        @Override
        public boolean json() {
            return json;
        }

        @Override
        public <T> T withNode(Work<T> work) throws Complaint {
            NodeClient client = new NodeClient(socket, false);
            beforehand.accept(client);
            return work.with(client);
        }
    }

    /** Runs {@code ipfs} with these words. */
    Result run(String... words) {
        return all(Stream.concat(Stream.of("ipfs"), Arrays.stream(words)).toArray(String[]::new));
    }

    private Result all(String... words) {
        return console.run((on, args) -> CommandLines.run(new Root(on), on, IpfsExit.USAGE, args), words);
    }

    /** Runs it to success. */
    Result fine(String... words) {
        Result result = run(words);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    /** Runs it to success and reads the one value that it writes. */
    JsonNode json(String... words) {
        Result result = all(Stream.concat(Stream.of("--json", "ipfs"), Arrays.stream(words)).toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return JSON.readTree(result.out());
    }
}
